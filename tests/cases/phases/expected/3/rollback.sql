-- Rollback of iteration 3 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- keep the values of products.weight in dbgen_archive
-- look for values of products.name that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'rollback', 'products', ARRAY['weight'], ARRAY['id']);
    PERFORM dbgen.before_cast(3, 'rollback', 'products', 'name', 'name::VARCHAR(80)', 'name::VARCHAR(120)', false);
END
$dbgen$;

-- alter column products.name: VARCHAR(120) to VARCHAR(80)
ALTER TABLE public.products ALTER COLUMN name TYPE VARCHAR(80);

-- bring back the original values of products.name, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(3, 'forward', 'products', 'name');
    END IF;
END
$dbgen$;

-- drop column products.weight
ALTER TABLE public.products DROP COLUMN weight;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 3;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter3_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
