-- Iteration 2 of billing, made by dbgen 0.1.0
-- Touches 1 table, 1 column, 1 constraint
-- Not exact: drop column accounts.rank (data-kept); drop table deals (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.belongings
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.is_shared
-- dbgen.portable
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_columns
-- dbgen.keep_table

-- drop foreign key deals (account_id) to accounts (id)
ALTER TABLE public.deals DROP CONSTRAINT fk_deals_account_id;

-- keep the values of accounts.rank in dbgen_archive
-- keep the rows of deals in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'forward', 'accounts', ARRAY['rank'], ARRAY['id']);
    PERFORM dbgen.keep_table(2, 'forward', 'deals');
END
$dbgen$;

-- drop column accounts.rank
ALTER TABLE public.accounts DROP COLUMN rank;

-- drop table deals
DROP TABLE public.deals;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
