-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 3 columns, 1 constraint
-- Not exact: drop column products.notes (data-kept); drop column products.price (data-kept); drop column products.sku (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.portable
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_columns

-- drop unique constraint uq_products_sku (sku) of products
ALTER TABLE public.products DROP CONSTRAINT uq_products_sku;

-- bring back the rows of products that uq_products_sku had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'products', 'products.uq_products_sku');
    END IF;
END
$dbgen$;

-- keep the values of products.notes, products.price, products.sku in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'forward', 'products', ARRAY['notes', 'price', 'sku'], ARRAY['id']);
END
$dbgen$;

-- drop column products.notes
-- drop column products.price
-- drop column products.sku
ALTER TABLE public.products
    DROP COLUMN notes,
    DROP COLUMN price,
    DROP COLUMN sku;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
