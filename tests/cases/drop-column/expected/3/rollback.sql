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

-- drop unique constraint uq_products_sku (sku) of products
ALTER TABLE public.products DROP CONSTRAINT uq_products_sku;

-- bring back the rows of products that uq_products_sku had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'forward', 'products', 'products.uq_products_sku');
    END IF;
END
$dbgen$;

-- keep the values of products.notes, products.sku in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'rollback', 'products', ARRAY['notes', 'sku'], ARRAY['id']);
END
$dbgen$;

-- drop column products.sku
-- drop column products.notes
ALTER TABLE public.products
    DROP COLUMN sku,
    DROP COLUMN notes;

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
