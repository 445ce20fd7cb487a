-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 column, 1 constraint
-- Not exact: drop column products.code (data-kept)

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

-- drop unique constraint uq_products_code (code) of products
ALTER TABLE public.products DROP CONSTRAINT uq_products_code;

-- bring back the rows of products that uq_products_code had refused, if any
-- keep the values of products.code in dbgen_archive
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL AND to_regproc('dbgen.unmend_not_null') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'products', 'products.uq_products_code');
        PERFORM dbgen.unmend_not_null(2, 'rollback', 'products', 'code');
    END IF;
END
$dbgen$;
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'forward', 'products', ARRAY['code'], ARRAY['id']);
END
$dbgen$;

-- drop column products.code
ALTER TABLE public.products DROP COLUMN code;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
