-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- add column products.code VARCHAR(10)
ALTER TABLE public.products ADD COLUMN code VARCHAR(10);

-- bring back the values of products.code that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_not_null') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'forward', 'products', ARRAY['code']);
        PERFORM dbgen.mend_not_null(2, 'rollback', 'products', 'code');
    END IF;
END
$dbgen$;
ALTER TABLE public.products ALTER COLUMN code SET NOT NULL;

-- look for rows of products that uq_products_code would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL THEN
        PERFORM dbgen.mend_unique(2, 'rollback', 'products', 'uq_products_code', ARRAY['code']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_products_code (code) to products
ALTER TABLE public.products ADD CONSTRAINT uq_products_code UNIQUE (code);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
