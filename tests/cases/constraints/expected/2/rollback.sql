-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop check ck_products_weight_min of products
-- drop check ck_products_state_enum of products
-- drop check ck_products_sold_from_min of products
-- drop check ck_products_sold_at_max of products
-- drop check ck_products_sku_pattern of products
-- drop check ck_products_sku_length of products
-- drop check ck_products_scores_min of products
-- drop check ck_products_scores_max of products
-- drop check ck_products_rating_max of products
-- drop check ck_products_price_min of products
-- drop check ck_products_price_max of products
-- drop check ck_products_notes_pattern of products
-- drop check ck_products_notes_max_length of products
-- drop check ck_products_name_min_length of products
-- drop check ck_products_contact_pattern of products
-- drop check ck_products_code_min_length of products
ALTER TABLE public.products
    DROP CONSTRAINT ck_products_weight_min,
    DROP CONSTRAINT ck_products_state_enum,
    DROP CONSTRAINT ck_products_sold_from_min,
    DROP CONSTRAINT ck_products_sold_at_max,
    DROP CONSTRAINT ck_products_sku_pattern,
    DROP CONSTRAINT ck_products_sku_length,
    DROP CONSTRAINT ck_products_scores_min,
    DROP CONSTRAINT ck_products_scores_max,
    DROP CONSTRAINT ck_products_rating_max,
    DROP CONSTRAINT ck_products_price_min,
    DROP CONSTRAINT ck_products_price_max,
    DROP CONSTRAINT ck_products_notes_pattern,
    DROP CONSTRAINT ck_products_notes_max_length,
    DROP CONSTRAINT ck_products_name_min_length,
    DROP CONSTRAINT ck_products_contact_pattern,
    DROP CONSTRAINT ck_products_code_min_length;

-- bring back the rows of products that ck_products_weight_min had refused, if any
-- bring back the rows of products that ck_products_state_enum had refused, if any
-- bring back the rows of products that ck_products_sold_from_min had refused, if any
-- bring back the rows of products that ck_products_sold_at_max had refused, if any
-- bring back the rows of products that ck_products_sku_pattern had refused, if any
-- bring back the rows of products that ck_products_sku_length had refused, if any
-- bring back the rows of products that ck_products_scores_min had refused, if any
-- bring back the rows of products that ck_products_scores_max had refused, if any
-- bring back the rows of products that ck_products_rating_max had refused, if any
-- bring back the rows of products that ck_products_price_min had refused, if any
-- bring back the rows of products that ck_products_price_max had refused, if any
-- bring back the rows of products that ck_products_notes_pattern had refused, if any
-- bring back the rows of products that ck_products_notes_max_length had refused, if any
-- bring back the rows of products that ck_products_name_min_length had refused, if any
-- bring back the rows of products that ck_products_contact_pattern had refused, if any
-- bring back the rows of products that ck_products_code_min_length had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_weight_min');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_state_enum');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_sold_from_min');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_sold_at_max');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_sku_pattern');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_sku_length');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_scores_min');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_scores_max');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_rating_max');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_price_min');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_price_max');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_notes_pattern');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_notes_max_length');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_name_min_length');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_contact_pattern');
        PERFORM dbgen.unmend(2, 'forward', 'products', 'products.ck_products_code_min_length');
    END IF;
END
$dbgen$;

-- keep the values of products.origin in dbgen_archive
-- look for values of products.sku that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'rollback', 'products', ARRAY['origin'], ARRAY['id']);
    PERFORM dbgen.before_cast(2, 'rollback', 'products', 'sku', 'sku::VARCHAR(8)', 'sku::VARCHAR(20)', false);
END
$dbgen$;

-- alter column products.sku: VARCHAR(20) to VARCHAR(8)
ALTER TABLE public.products ALTER COLUMN sku TYPE VARCHAR(8);

-- bring back the original values of products.sku, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'products', 'sku');
    END IF;
END
$dbgen$;

-- drop column products.origin
ALTER TABLE public.products DROP COLUMN origin;

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
