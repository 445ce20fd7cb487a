-- Iteration 4 of desk, made by dbgen 0.1.0
-- Touches 1 table, 30 columns, 2 constraints, 3 indexes, 1 enum, 7 row security settings, 17 policies, 18 triggers, 7 functions
-- Not exact: drop column countries.deleted_at (data-kept); drop column countries.updated_by (data-kept); drop column countries.created_by (data-kept); drop column countries.updated_at (data-kept); drop column countries.created_at (data-kept); drop column memberships.deleted_at (data-kept); drop column memberships.updated_by (data-kept); drop column memberships.created_by (data-kept); drop column memberships.updated_at (data-kept); drop column memberships.created_at (data-kept); and 20 more

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.portable
-- dbgen.types_of
-- dbgen.back_cast
-- dbgen.cast_row
-- dbgen.enter
-- dbgen.key_of
-- dbgen.known_by
-- dbgen.conflict
-- dbgen.reserve
-- dbgen.seal
-- dbgen.keep_values
-- dbgen.matching
-- dbgen.keep_cast
-- dbgen.mode
-- dbgen.leave
-- dbgen.referrers
-- dbgen.quarantine
-- dbgen.fit
-- dbgen.mark_values
-- dbgen.rows_where
-- dbgen.spared
-- dbgen.before_cast
-- dbgen.belongings
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.is_shared
-- dbgen.refuse_dependents
-- dbgen.keep_columns
-- dbgen.keep_table

-- drop policy audit_log_nobody on audit_log for all commands
DROP POLICY audit_log_nobody ON public.audit_log;

-- drop policy countries_select_reference on countries for SELECT
DROP POLICY countries_select_reference ON public.countries;

-- drop trigger dbgen_audit on countries, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.countries;

-- drop trigger dbgen_soft_delete on countries, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.countries;

-- drop trigger dbgen_stamp on countries, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.countries;

-- drop trigger dbgen_audit on memberships, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.memberships;

-- drop trigger dbgen_soft_delete on memberships, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.memberships;

-- drop trigger dbgen_stamp on memberships, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.memberships;

-- drop policy memberships_select_tenant on memberships for SELECT
DROP POLICY memberships_select_tenant ON public.memberships;

-- drop trigger dbgen_audit on memos, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.memos;

-- drop trigger dbgen_soft_delete on memos, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.memos;

-- drop trigger dbgen_stamp on memos, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.memos;

-- drop policy memos_delete_owner on memos for DELETE
DROP POLICY memos_delete_owner ON public.memos;

-- drop policy memos_insert_owner on memos for INSERT
DROP POLICY memos_insert_owner ON public.memos;

-- drop policy memos_select_owner on memos for SELECT
DROP POLICY memos_select_owner ON public.memos;

-- drop policy memos_update_owner on memos for UPDATE
DROP POLICY memos_update_owner ON public.memos;

-- drop trigger dbgen_audit on organizations, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.organizations;

-- drop trigger dbgen_soft_delete on organizations, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.organizations;

-- drop trigger dbgen_stamp on organizations, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.organizations;

-- drop policy organizations_select_tenant on organizations for SELECT
DROP POLICY organizations_select_tenant ON public.organizations;

-- drop policy organizations_update_tenant on organizations for UPDATE
DROP POLICY organizations_update_tenant ON public.organizations;

-- drop trigger dbgen_audit on tasks, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.tasks;

-- drop trigger dbgen_soft_delete on tasks, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.tasks;

-- drop trigger dbgen_stamp on tasks, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.tasks;

-- drop policy tasks_delete_shared on tasks for DELETE
DROP POLICY tasks_delete_shared ON public.tasks;

-- drop policy tasks_insert_shared on tasks for INSERT
DROP POLICY tasks_insert_shared ON public.tasks;

-- drop policy tasks_select_shared on tasks for SELECT
DROP POLICY tasks_select_shared ON public.tasks;

-- drop policy tasks_update_shared on tasks for UPDATE
DROP POLICY tasks_update_shared ON public.tasks;

-- drop trigger dbgen_audit on users, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.users;

-- drop trigger dbgen_soft_delete on users, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.users;

-- drop trigger dbgen_stamp on users, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.users;

-- drop policy users_delete_owner on users for DELETE
DROP POLICY users_delete_owner ON public.users;

-- drop policy users_insert_owner on users for INSERT
DROP POLICY users_insert_owner ON public.users;

-- drop policy users_select_owner on users for SELECT
DROP POLICY users_select_owner ON public.users;

-- drop policy users_update_owner on users for UPDATE
DROP POLICY users_update_owner ON public.users;

-- turn row level security of audit_log off
ALTER TABLE public.audit_log DISABLE ROW LEVEL SECURITY;

-- turn row level security of countries off
ALTER TABLE public.countries DISABLE ROW LEVEL SECURITY;

-- turn row level security of memberships off
ALTER TABLE public.memberships DISABLE ROW LEVEL SECURITY;

-- turn row level security of memos off
ALTER TABLE public.memos DISABLE ROW LEVEL SECURITY;

-- turn row level security of organizations off
ALTER TABLE public.organizations DISABLE ROW LEVEL SECURITY;

-- turn row level security of tasks off
ALTER TABLE public.tasks DISABLE ROW LEVEL SECURITY;

-- turn row level security of users off
ALTER TABLE public.users DISABLE ROW LEVEL SECURITY;

-- drop index idx_tasks_assignee_id on tasks
DROP INDEX public.idx_tasks_assignee_id;

-- drop check ck_users_name_min_length of users
ALTER TABLE public.users DROP CONSTRAINT ck_users_name_min_length;

-- drop index idx_users_email on users
DROP INDEX public.idx_users_email;

-- drop index idx_users_name on users
DROP INDEX public.idx_users_name;

-- bring back the rows of users that ck_users_name_min_length had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(4, 'rollback', 'users', 'users.ck_users_name_min_length');
    END IF;
END
$dbgen$;

-- look for values of memos.mood that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(4, 'forward', 'memos', 'mood', 'mood::VARCHAR(50)', 'mood::public.mood', false);
END
$dbgen$;

-- alter column memos.mood: public.mood to VARCHAR(50)
ALTER TABLE public.memos ALTER COLUMN mood TYPE VARCHAR(50);

-- bring back the original values of memos.mood, if any were changed
-- look for rows of users that uq_users_email would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.mend_unique') IS NOT NULL THEN
        PERFORM dbgen.after_cast(4, 'rollback', 'memos', 'mood');
        PERFORM dbgen.mend_unique(4, 'forward', 'users', 'uq_users_email', ARRAY['email']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_users_email (email) to users
ALTER TABLE public.users ADD CONSTRAINT uq_users_email UNIQUE (email);

-- keep the rows of audit_log in dbgen_archive
-- keep the values of countries.created_at, countries.created_by, countries.deleted_at, countries.updated_at, countries.updated_by in dbgen_archive
-- keep the values of memberships.created_at, memberships.created_by, memberships.deleted_at, memberships.updated_at, memberships.updated_by in dbgen_archive
-- keep the values of memos.created_by, memos.deleted_at, memos.updated_at, memos.updated_by in dbgen_archive
-- keep the values of organizations.created_at, organizations.created_by, organizations.deleted_at, organizations.updated_at, organizations.updated_by in dbgen_archive
-- keep the values of tasks.created_at, tasks.created_by, tasks.deleted_at, tasks.updated_at, tasks.updated_by in dbgen_archive
-- keep the values of users.created_at, users.created_by, users.deleted_at, users.updated_at, users.updated_by in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(4, 'forward', 'audit_log');
    PERFORM dbgen.keep_columns(4, 'forward', 'countries', ARRAY['created_at', 'created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(4, 'forward', 'memberships', ARRAY['created_at', 'created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['organization_id', 'user_id']);
    PERFORM dbgen.keep_columns(4, 'forward', 'memos', ARRAY['created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(4, 'forward', 'organizations', ARRAY['created_at', 'created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(4, 'forward', 'tasks', ARRAY['created_at', 'created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(4, 'forward', 'users', ARRAY['created_at', 'created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['id']);
END
$dbgen$;

-- drop function dbgen.actor
DROP FUNCTION dbgen.actor;

-- drop function dbgen.audit
DROP FUNCTION dbgen.audit;

-- drop function dbgen.prune_audit_log
DROP FUNCTION dbgen.prune_audit_log;

-- drop function dbgen.restore_row
DROP FUNCTION dbgen.restore_row;

-- drop function dbgen.soft_delete
DROP FUNCTION dbgen.soft_delete;

-- drop function dbgen.stamp
DROP FUNCTION dbgen.stamp;

-- drop function dbgen.tenants_of_user
DROP FUNCTION dbgen.tenants_of_user;

-- drop column countries.deleted_at
-- drop column countries.updated_by
-- drop column countries.created_by
-- drop column countries.updated_at
-- drop column countries.created_at
ALTER TABLE public.countries
    DROP COLUMN deleted_at,
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop column memberships.deleted_at
-- drop column memberships.updated_by
-- drop column memberships.created_by
-- drop column memberships.updated_at
-- drop column memberships.created_at
ALTER TABLE public.memberships
    DROP COLUMN deleted_at,
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop column memos.deleted_at
-- drop column memos.updated_by
-- drop column memos.created_by
-- drop column memos.updated_at
ALTER TABLE public.memos
    DROP COLUMN deleted_at,
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at;

-- drop column organizations.deleted_at
-- drop column organizations.updated_by
-- drop column organizations.created_by
-- drop column organizations.updated_at
-- drop column organizations.created_at
ALTER TABLE public.organizations
    DROP COLUMN deleted_at,
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop column tasks.deleted_at
-- drop column tasks.updated_by
-- drop column tasks.created_by
-- drop column tasks.updated_at
-- drop column tasks.created_at
ALTER TABLE public.tasks
    DROP COLUMN deleted_at,
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop column users.deleted_at
-- drop column users.updated_by
-- drop column users.created_by
-- drop column users.updated_at
-- drop column users.created_at
ALTER TABLE public.users
    DROP COLUMN deleted_at,
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop table audit_log
DROP TABLE public.audit_log;

-- drop enum mood
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.keep_type(4, 'forward', 'mood');
    END IF;
END
$dbgen$;
DROP TYPE public.mood;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
