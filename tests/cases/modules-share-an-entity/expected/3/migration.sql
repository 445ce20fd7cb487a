-- Iteration 3 of billing, made by dbgen 0.1.0
-- Touches 1 column
-- Not exact: drop column accounts.credit_limit (data-kept)

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

-- keep the values of accounts.credit_limit in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'forward', 'accounts', ARRAY['credit_limit'], ARRAY['id']);
END
$dbgen$;

-- drop column accounts.credit_limit
ALTER TABLE public.accounts DROP COLUMN credit_limit;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
