-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 column, 6 constraints
-- The rollback restores everything exactly

-- rename column products.name to title
ALTER TABLE public.products RENAME COLUMN name TO title;

-- drop check ck_products_name_min_length of products
-- drop check ck_products_price_max of products
-- drop check ck_products_price_min of products
ALTER TABLE public.products
    DROP CONSTRAINT ck_products_name_min_length,
    DROP CONSTRAINT ck_products_price_max,
    DROP CONSTRAINT ck_products_price_min;

-- bring back the rows of products that ck_products_name_min_length had refused, if any
-- bring back the rows of products that ck_products_price_max had refused, if any
-- bring back the rows of products that ck_products_price_min had refused, if any
-- look for rows of products that ck_products_title_min_length would refuse
-- look for rows of products that ck_products_price_max would refuse
-- look for rows of products that ck_products_price_min would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_check') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'rollback', 'products', 'products.ck_products_name_min_length');
        PERFORM dbgen.unmend(3, 'rollback', 'products', 'products.ck_products_price_max');
        PERFORM dbgen.unmend(3, 'rollback', 'products', 'products.ck_products_price_min');
        PERFORM dbgen.mend_check(3, 'forward', 'products', 'ck_products_title_min_length', ARRAY['title'], 'char_length(title) >= 2');
        PERFORM dbgen.mend_check(3, 'forward', 'products', 'ck_products_price_max', ARRAY['price'], 'price <= 1000000');
        PERFORM dbgen.mend_check(3, 'forward', 'products', 'ck_products_price_min', ARRAY['price'], 'price >= 0');
    END IF;
END
$dbgen$;

-- add check ck_products_price_max to products
-- add check ck_products_price_min to products
-- add check ck_products_title_min_length to products
ALTER TABLE public.products
    ADD CONSTRAINT ck_products_price_max CHECK (price <= 1000000),
    ADD CONSTRAINT ck_products_price_min CHECK (price >= 0),
    ADD CONSTRAINT ck_products_title_min_length CHECK (char_length(title) >= 2);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
