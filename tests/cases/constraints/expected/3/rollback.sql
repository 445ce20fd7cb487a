-- Rollback of iteration 3 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop check ck_products_title_min_length of products
-- drop check ck_products_price_min of products
-- drop check ck_products_price_max of products
ALTER TABLE public.products
    DROP CONSTRAINT ck_products_title_min_length,
    DROP CONSTRAINT ck_products_price_min,
    DROP CONSTRAINT ck_products_price_max;

-- bring back the rows of products that ck_products_price_min had refused, if any
-- bring back the rows of products that ck_products_price_max had refused, if any
-- bring back the rows of products that ck_products_title_min_length had refused, if any
-- look for rows of products that ck_products_price_min would refuse
-- look for rows of products that ck_products_price_max would refuse
-- look for rows of products that ck_products_name_min_length would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_check') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'forward', 'products', 'products.ck_products_price_min');
        PERFORM dbgen.unmend(3, 'forward', 'products', 'products.ck_products_price_max');
        PERFORM dbgen.unmend(3, 'forward', 'products', 'products.ck_products_title_min_length');
        PERFORM dbgen.mend_check(3, 'rollback', 'products', 'ck_products_price_min', ARRAY['price'], 'price >= 0.05');
        PERFORM dbgen.mend_check(3, 'rollback', 'products', 'ck_products_price_max', ARRAY['price'], 'price <= 999999.99');
        PERFORM dbgen.mend_check(3, 'rollback', 'products', 'ck_products_name_min_length', ARRAY['title'], 'char_length(title) >= 3');
    END IF;
END
$dbgen$;

-- add check ck_products_price_min to products
-- add check ck_products_price_max to products
-- add check ck_products_name_min_length to products
ALTER TABLE public.products
    ADD CONSTRAINT ck_products_price_min CHECK (price >= 0.05),
    ADD CONSTRAINT ck_products_price_max CHECK (price <= 999999.99),
    ADD CONSTRAINT ck_products_name_min_length CHECK (char_length(title) >= 3);

-- rename column products.title to name
ALTER TABLE public.products RENAME COLUMN title TO name;

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
