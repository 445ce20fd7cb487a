-- Rollback of iteration 2 of desk, made by dbgen 0.1.0
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

-- drop trigger dbgen_stamp on users, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.users;

-- drop trigger dbgen_soft_delete on users, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.users;

-- drop trigger dbgen_audit on users, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.users;

-- drop trigger dbgen_stamp on tasks, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.tasks;

-- drop trigger dbgen_soft_delete on tasks, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.tasks;

-- drop trigger dbgen_audit on tasks, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.tasks;

-- drop trigger dbgen_stamp on organizations, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.organizations;

-- drop trigger dbgen_soft_delete on organizations, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.organizations;

-- drop trigger dbgen_audit on organizations, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.organizations;

-- drop trigger dbgen_stamp on notes, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.notes;

-- drop trigger dbgen_soft_delete on notes, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.notes;

-- drop trigger dbgen_audit on notes, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.notes;

-- drop trigger dbgen_audit on note_countries, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.note_countries;

-- drop trigger dbgen_stamp on memberships, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.memberships;

-- drop trigger dbgen_soft_delete on memberships, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.memberships;

-- drop trigger dbgen_audit on memberships, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.memberships;

-- drop trigger dbgen_stamp on countries, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.countries;

-- drop trigger dbgen_soft_delete on countries, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.countries;

-- drop trigger dbgen_audit on countries, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.countries;

-- drop policy users_update_owner on users for UPDATE
DROP POLICY users_update_owner ON public.users;

-- drop policy users_select_owner on users for SELECT
DROP POLICY users_select_owner ON public.users;

-- drop policy users_insert_owner on users for INSERT
DROP POLICY users_insert_owner ON public.users;

-- drop policy users_delete_owner on users for DELETE
DROP POLICY users_delete_owner ON public.users;

-- drop policy tasks_update_shared on tasks for UPDATE
DROP POLICY tasks_update_shared ON public.tasks;

-- drop policy tasks_select_shared on tasks for SELECT
DROP POLICY tasks_select_shared ON public.tasks;

-- drop policy tasks_insert_shared on tasks for INSERT
DROP POLICY tasks_insert_shared ON public.tasks;

-- drop policy tasks_delete_shared on tasks for DELETE
DROP POLICY tasks_delete_shared ON public.tasks;

-- drop policy organizations_update_tenant on organizations for UPDATE
DROP POLICY organizations_update_tenant ON public.organizations;

-- drop policy organizations_select_tenant on organizations for SELECT
DROP POLICY organizations_select_tenant ON public.organizations;

-- drop policy notes_update_owner on notes for UPDATE
DROP POLICY notes_update_owner ON public.notes;

-- drop policy notes_select_owner on notes for SELECT
DROP POLICY notes_select_owner ON public.notes;

-- drop policy notes_insert_owner on notes for INSERT
DROP POLICY notes_insert_owner ON public.notes;

-- drop policy notes_delete_owner on notes for DELETE
DROP POLICY notes_delete_owner ON public.notes;

-- drop policy note_countries_update_junction on note_countries for UPDATE
DROP POLICY note_countries_update_junction ON public.note_countries;

-- drop policy note_countries_select_junction on note_countries for SELECT
DROP POLICY note_countries_select_junction ON public.note_countries;

-- drop policy note_countries_insert_junction on note_countries for INSERT
DROP POLICY note_countries_insert_junction ON public.note_countries;

-- drop policy note_countries_delete_junction on note_countries for DELETE
DROP POLICY note_countries_delete_junction ON public.note_countries;

-- drop policy memberships_select_tenant on memberships for SELECT
DROP POLICY memberships_select_tenant ON public.memberships;

-- drop policy countries_select_reference on countries for SELECT
DROP POLICY countries_select_reference ON public.countries;

-- drop policy audit_log_nobody on audit_log for all commands
DROP POLICY audit_log_nobody ON public.audit_log;

-- turn row level security of users off
ALTER TABLE public.users DISABLE ROW LEVEL SECURITY;

-- turn row level security of tasks off
ALTER TABLE public.tasks DISABLE ROW LEVEL SECURITY;

-- turn row level security of organizations off
ALTER TABLE public.organizations DISABLE ROW LEVEL SECURITY;

-- turn row level security of notes off
ALTER TABLE public.notes DISABLE ROW LEVEL SECURITY;

-- turn row level security of note_countries off
ALTER TABLE public.note_countries DISABLE ROW LEVEL SECURITY;

-- turn row level security of memberships off
ALTER TABLE public.memberships DISABLE ROW LEVEL SECURITY;

-- turn row level security of countries off
ALTER TABLE public.countries DISABLE ROW LEVEL SECURITY;

-- turn row level security of audit_log off
ALTER TABLE public.audit_log DISABLE ROW LEVEL SECURITY;

-- drop index idx_users_name on users
DROP INDEX public.idx_users_name;

-- drop index idx_users_email on users
DROP INDEX public.idx_users_email;

-- drop index idx_tasks_assignee_id on tasks
DROP INDEX public.idx_tasks_assignee_id;

-- drop index idx_notes_author_id_body on notes
DROP INDEX public.idx_notes_author_id_body;

-- drop check ck_users_name_min_length of users
ALTER TABLE public.users DROP CONSTRAINT ck_users_name_min_length;

-- bring back the rows of users that ck_users_name_min_length had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'users', 'users.ck_users_name_min_length');
    END IF;
END
$dbgen$;

-- drop function dbgen.tenants_of_user
DROP FUNCTION dbgen.tenants_of_user;

-- drop function dbgen.stamp
DROP FUNCTION dbgen.stamp;

-- drop function dbgen.soft_delete
DROP FUNCTION dbgen.soft_delete;

-- drop function dbgen.restore_row
DROP FUNCTION dbgen.restore_row;

-- drop function dbgen.prune_audit_log
DROP FUNCTION dbgen.prune_audit_log;

-- drop function dbgen.audit
DROP FUNCTION dbgen.audit;

-- drop function dbgen.actor
DROP FUNCTION dbgen.actor;

-- keep the values of users.created_at, users.created_by, users.deleted_at, users.updated_at, users.updated_by in dbgen_archive
-- keep the values of tasks.created_at, tasks.created_by, tasks.deleted_at, tasks.updated_at, tasks.updated_by in dbgen_archive
-- keep the values of organizations.created_at, organizations.created_by, organizations.deleted_at, organizations.updated_at, organizations.updated_by in dbgen_archive
-- keep the values of notes.created_by, notes.deleted_at, notes.updated_at, notes.updated_by in dbgen_archive
-- keep the values of memberships.created_at, memberships.created_by, memberships.deleted_at, memberships.updated_at, memberships.updated_by in dbgen_archive
-- keep the values of countries.created_at, countries.created_by, countries.deleted_at, countries.updated_at, countries.updated_by in dbgen_archive
-- look for values of notes.mood that the type change would not keep
-- keep the rows of audit_log in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'rollback', 'users', ARRAY['created_at', 'created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'tasks', ARRAY['created_at', 'created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'organizations', ARRAY['created_at', 'created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'notes', ARRAY['created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'memberships', ARRAY['created_at', 'created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['organization_id', 'user_id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'countries', ARRAY['created_at', 'created_by', 'deleted_at', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.before_cast(2, 'rollback', 'notes', 'mood', 'mood::VARCHAR(50)', 'mood::public.mood', false);
    PERFORM dbgen.keep_table(2, 'rollback', 'audit_log');
END
$dbgen$;

-- alter column notes.mood: public.mood to VARCHAR(50)
ALTER TABLE public.notes ALTER COLUMN mood TYPE VARCHAR(50);

-- bring back the original values of notes.mood, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'notes', 'mood');
    END IF;
END
$dbgen$;

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

-- drop column notes.deleted_at
-- drop column notes.updated_by
-- drop column notes.created_by
-- drop column notes.updated_at
ALTER TABLE public.notes
    DROP COLUMN deleted_at,
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at;

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

-- drop table audit_log
DROP TABLE public.audit_log;

-- drop enum mood
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.keep_type(2, 'rollback', 'mood');
    END IF;
END
$dbgen$;
DROP TYPE public.mood;

-- look for rows of users that uq_users_email would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL THEN
        PERFORM dbgen.mend_unique(2, 'rollback', 'users', 'uq_users_email', ARRAY['email']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_users_email (email) to users
ALTER TABLE public.users ADD CONSTRAINT uq_users_email UNIQUE (email);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_desk';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
