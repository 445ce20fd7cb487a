-- Rollback of iteration 1 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 1) THEN
            RAISE EXCEPTION 'iteration 1 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop foreign key lines (account_id) to accounts (id)
ALTER TABLE public.lines DROP CONSTRAINT fk_lines_account_id;

-- drop foreign key account_tags (tag_id) to tags (id)
-- drop foreign key account_tags (account_id) to accounts (id)
ALTER TABLE public.account_tags
    DROP CONSTRAINT fk_account_tags_tag_id,
    DROP CONSTRAINT fk_account_tags_account_id;

-- bring back the rows of lines that fk_lines_account_id had refused, if any
-- bring back the rows of account_tags that fk_account_tags_tag_id had refused, if any
-- bring back the rows of account_tags that fk_account_tags_account_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'lines', 'lines.fk_lines_account_id');
        PERFORM dbgen.unmend(1, 'forward', 'account_tags', 'account_tags.fk_account_tags_tag_id');
        PERFORM dbgen.unmend(1, 'forward', 'account_tags', 'account_tags.fk_account_tags_account_id');
    END IF;
END
$dbgen$;

-- keep the rows of tags in dbgen_archive
-- keep the rows of lines in dbgen_archive
-- keep the rows of accounts in dbgen_archive
-- keep the rows of account_tags in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'tags');
    PERFORM dbgen.keep_table(1, 'rollback', 'lines');
    PERFORM dbgen.keep_table(1, 'rollback', 'accounts');
    PERFORM dbgen.keep_table(1, 'rollback', 'account_tags');
END
$dbgen$;

-- drop table tags
DROP TABLE public.tags;

-- drop table lines
DROP TABLE public.lines;

-- drop table accounts
DROP TABLE public.accounts;

-- drop table account_tags
DROP TABLE public.account_tags;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 1;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter1_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
