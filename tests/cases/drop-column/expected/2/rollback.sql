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

-- add column products.sku VARCHAR(20)
-- add column products.price NUMERIC(12,2)
-- add column products.notes TEXT
ALTER TABLE public.products
    ADD COLUMN sku VARCHAR(20),
    ADD COLUMN price NUMERIC(12,2) NOT NULL DEFAULT 0,
    ADD COLUMN notes TEXT;

-- bring back the values of products.notes, products.price, products.sku that were kept, if any
-- look for rows of products that uq_products_sku would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'forward', 'products', ARRAY['notes', 'price', 'sku']);
        PERFORM dbgen.mend_unique(2, 'rollback', 'products', 'uq_products_sku', ARRAY['sku']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_products_sku (sku) to products
ALTER TABLE public.products ADD CONSTRAINT uq_products_sku UNIQUE (sku);

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
