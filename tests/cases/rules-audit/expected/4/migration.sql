-- Iteration 4 of shop, made by dbgen 0.1.0
-- Touches 1 table, 11 columns, 1 row security setting, 1 policy, 7 triggers, 4 functions
-- Not exact: drop column accounts.updated_by (data-kept); drop column accounts.created_by (data-kept); drop column accounts.updated_at (data-kept); drop column lines.updated_by (data-kept); drop column lines.created_by (data-kept); drop column lines.updated_at (data-kept); drop column lines.created_at (data-kept); drop column tags.updated_by (data-kept); drop column tags.created_by (data-kept); drop column tags.updated_at (data-kept); and 2 more

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

-- drop trigger dbgen_audit on account_tags, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.account_tags;

-- drop trigger dbgen_audit on accounts, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.accounts;

-- drop trigger dbgen_stamp on accounts, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.accounts;

-- drop policy audit_log_nobody on audit_log for all commands
DROP POLICY audit_log_nobody ON public.audit_log;

-- drop trigger dbgen_audit on lines, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.lines;

-- drop trigger dbgen_stamp on lines, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.lines;

-- drop trigger dbgen_audit on tags, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.tags;

-- drop trigger dbgen_stamp on tags, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.tags;

-- turn row level security of audit_log off
ALTER TABLE public.audit_log DISABLE ROW LEVEL SECURITY;

-- keep the values of accounts.created_by, accounts.updated_at, accounts.updated_by in dbgen_archive
-- keep the rows of audit_log in dbgen_archive
-- keep the values of lines.created_at, lines.created_by, lines.updated_at, lines.updated_by in dbgen_archive
-- keep the values of tags.created_at, tags.created_by, tags.updated_at, tags.updated_by in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(4, 'forward', 'accounts', ARRAY['created_by', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_table(4, 'forward', 'audit_log');
    PERFORM dbgen.keep_columns(4, 'forward', 'lines', ARRAY['created_at', 'created_by', 'updated_at', 'updated_by'], ARRAY['account_id', 'position']);
    PERFORM dbgen.keep_columns(4, 'forward', 'tags', ARRAY['created_at', 'created_by', 'updated_at', 'updated_by'], ARRAY['id']);
END
$dbgen$;

-- drop function dbgen.actor
DROP FUNCTION dbgen.actor;

-- drop function dbgen.audit
DROP FUNCTION dbgen.audit;

-- drop function dbgen.prune_audit_log
DROP FUNCTION dbgen.prune_audit_log;

-- drop function dbgen.stamp
DROP FUNCTION dbgen.stamp;

-- drop column accounts.updated_by
-- drop column accounts.created_by
-- drop column accounts.updated_at
ALTER TABLE public.accounts
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at;

-- drop column lines.updated_by
-- drop column lines.created_by
-- drop column lines.updated_at
-- drop column lines.created_at
ALTER TABLE public.lines
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop column tags.updated_by
-- drop column tags.created_by
-- drop column tags.updated_at
-- drop column tags.created_at
ALTER TABLE public.tags
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop table audit_log
DROP TABLE public.audit_log;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
