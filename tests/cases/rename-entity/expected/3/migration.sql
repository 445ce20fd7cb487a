-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 column, 1 constraint
-- Not exact: drop column customers.code (data-kept)

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

-- drop unique constraint uq_customers_code (code) of customers
ALTER TABLE public.customers DROP CONSTRAINT uq_customers_code;

-- bring back the rows of customers that uq_customers_code had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'rollback', 'customers', 'customers.uq_customers_code');
    END IF;
END
$dbgen$;

-- keep the values of customers.code in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'forward', 'customers', ARRAY['code'], ARRAY['id']);
END
$dbgen$;

-- drop column customers.code
ALTER TABLE public.customers DROP COLUMN code;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
