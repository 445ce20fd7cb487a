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

-- drop trigger dbgen_stamp on tags, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.tags;

-- drop trigger dbgen_audit on tags, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.tags;

-- drop trigger dbgen_stamp on lines, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.lines;

-- drop trigger dbgen_audit on lines, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.lines;

-- drop trigger dbgen_stamp on accounts, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.accounts;

-- drop trigger dbgen_audit on accounts, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.accounts;

-- drop trigger dbgen_audit on account_tags, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.account_tags;

-- drop policy audit_log_nobody on audit_log for all commands
DROP POLICY audit_log_nobody ON public.audit_log;

-- turn row level security of audit_log off
ALTER TABLE public.audit_log DISABLE ROW LEVEL SECURITY;

-- drop function dbgen.stamp
DROP FUNCTION dbgen.stamp;

-- drop function dbgen.prune_audit_log
DROP FUNCTION dbgen.prune_audit_log;

-- drop function dbgen.audit
DROP FUNCTION dbgen.audit;

-- drop function dbgen.actor
DROP FUNCTION dbgen.actor;

-- keep the values of tags.created_at, tags.created_by, tags.updated_at, tags.updated_by in dbgen_archive
-- keep the values of lines.created_at, lines.created_by, lines.updated_at, lines.updated_by in dbgen_archive
-- keep the values of accounts.created_by, accounts.updated_at, accounts.updated_by in dbgen_archive
-- keep the rows of audit_log in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'rollback', 'tags', ARRAY['created_at', 'created_by', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'lines', ARRAY['created_at', 'created_by', 'updated_at', 'updated_by'], ARRAY['account_id', 'number']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'accounts', ARRAY['created_by', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_table(2, 'rollback', 'audit_log');
END
$dbgen$;

-- drop column tags.updated_by
-- drop column tags.created_by
-- drop column tags.updated_at
-- drop column tags.created_at
ALTER TABLE public.tags
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop column lines.updated_by
-- drop column lines.created_by
-- drop column lines.updated_at
-- drop column lines.created_at
ALTER TABLE public.lines
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop column accounts.updated_by
-- drop column accounts.created_by
-- drop column accounts.updated_at
ALTER TABLE public.accounts
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at;

-- drop table audit_log
DROP TABLE public.audit_log;

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
