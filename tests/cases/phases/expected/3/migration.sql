-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 2 columns
-- The rollback restores everything exactly

-- add column products.weight DOUBLE PRECISION
ALTER TABLE public.products ADD COLUMN weight DOUBLE PRECISION;

-- mark the values of products.name that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(3, 'rollback', 'products', 'name');
    END IF;
END
$dbgen$;

-- alter column products.name: VARCHAR(80) to VARCHAR(120)
ALTER TABLE public.products ALTER COLUMN name TYPE VARCHAR(120);

-- bring back the original values of products.name, if any were changed
-- bring back the values of products.weight that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.after_cast(3, 'rollback', 'products', 'name');
        PERFORM dbgen.restore_columns(3, 'rollback', 'products', ARRAY['weight']);
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
