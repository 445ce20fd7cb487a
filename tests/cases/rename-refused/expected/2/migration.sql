-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 1 index
-- Not exact: drop column accounts.name (data-kept)

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

-- drop index idx_accounts_name on accounts
DROP INDEX public.idx_accounts_name;

-- add column accounts.title VARCHAR(80)
ALTER TABLE public.accounts ADD COLUMN title VARCHAR(80);

-- bring back the values of accounts.title that were kept, if any
-- keep the values of accounts.name in dbgen_archive
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL AND to_regproc('dbgen.unmend_not_null') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'rollback', 'accounts', ARRAY['title']);
        PERFORM dbgen.unmend_not_null(2, 'rollback', 'accounts', 'name');
    END IF;
END
$dbgen$;
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'forward', 'accounts', ARRAY['name'], ARRAY['id']);
END
$dbgen$;

-- drop column accounts.name
ALTER TABLE public.accounts DROP COLUMN name;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
