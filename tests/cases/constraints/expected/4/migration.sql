-- Iteration 4 of shop, made by dbgen 0.1.0
-- Touches 16 constraints
-- The rollback restores everything exactly

-- drop check ck_products_code_min_length of products
-- drop check ck_products_contact_pattern of products
-- drop check ck_products_notes_max_length of products
-- drop check ck_products_notes_pattern of products
-- drop check ck_products_price_max of products
-- drop check ck_products_price_min of products
-- drop check ck_products_rating_max of products
-- drop check ck_products_scores_max of products
-- drop check ck_products_scores_min of products
-- drop check ck_products_sku_length of products
-- drop check ck_products_sku_pattern of products
-- drop check ck_products_sold_at_max of products
-- drop check ck_products_sold_from_min of products
-- drop check ck_products_state_enum of products
-- drop check ck_products_title_min_length of products
-- drop check ck_products_weight_min of products
ALTER TABLE public.products
    DROP CONSTRAINT ck_products_code_min_length,
    DROP CONSTRAINT ck_products_contact_pattern,
    DROP CONSTRAINT ck_products_notes_max_length,
    DROP CONSTRAINT ck_products_notes_pattern,
    DROP CONSTRAINT ck_products_price_max,
    DROP CONSTRAINT ck_products_price_min,
    DROP CONSTRAINT ck_products_rating_max,
    DROP CONSTRAINT ck_products_scores_max,
    DROP CONSTRAINT ck_products_scores_min,
    DROP CONSTRAINT ck_products_sku_length,
    DROP CONSTRAINT ck_products_sku_pattern,
    DROP CONSTRAINT ck_products_sold_at_max,
    DROP CONSTRAINT ck_products_sold_from_min,
    DROP CONSTRAINT ck_products_state_enum,
    DROP CONSTRAINT ck_products_title_min_length,
    DROP CONSTRAINT ck_products_weight_min;

-- bring back the rows of products that ck_products_code_min_length had refused, if any
-- bring back the rows of products that ck_products_contact_pattern had refused, if any
-- bring back the rows of products that ck_products_notes_max_length had refused, if any
-- bring back the rows of products that ck_products_notes_pattern had refused, if any
-- bring back the rows of products that ck_products_price_max had refused, if any
-- bring back the rows of products that ck_products_price_min had refused, if any
-- bring back the rows of products that ck_products_rating_max had refused, if any
-- bring back the rows of products that ck_products_scores_max had refused, if any
-- bring back the rows of products that ck_products_scores_min had refused, if any
-- bring back the rows of products that ck_products_sku_length had refused, if any
-- bring back the rows of products that ck_products_sku_pattern had refused, if any
-- bring back the rows of products that ck_products_sold_at_max had refused, if any
-- bring back the rows of products that ck_products_sold_from_min had refused, if any
-- bring back the rows of products that ck_products_state_enum had refused, if any
-- bring back the rows of products that ck_products_title_min_length had refused, if any
-- bring back the rows of products that ck_products_weight_min had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_code_min_length');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_contact_pattern');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_notes_max_length');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_notes_pattern');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_price_max');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_price_min');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_rating_max');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_scores_max');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_scores_min');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_sku_length');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_sku_pattern');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_sold_at_max');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_sold_from_min');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_state_enum');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_title_min_length');
        PERFORM dbgen.unmend(4, 'rollback', 'products', 'products.ck_products_weight_min');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
