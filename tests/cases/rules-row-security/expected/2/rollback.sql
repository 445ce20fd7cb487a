-- Rollback of iteration 2 of desk, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

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

-- turn row level security of users off
ALTER TABLE public.users DISABLE ROW LEVEL SECURITY;

-- turn row level security of tasks off
ALTER TABLE public.tasks DISABLE ROW LEVEL SECURITY;

-- turn row level security of secrets off
ALTER TABLE public.secrets DISABLE ROW LEVEL SECURITY;

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

-- drop index idx_tasks_assignee_id on tasks
DROP INDEX public.idx_tasks_assignee_id;

-- drop function dbgen.tenants_of_user
DROP FUNCTION dbgen.tenants_of_user;

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
