-- Iteration 4 of desk, made by dbgen 0.1.0
-- Touches 1 index, 6 row security settings, 17 policies, 1 function
-- The rollback restores everything exactly

-- drop policy countries_select_reference on countries for SELECT
DROP POLICY countries_select_reference ON public.countries;

-- drop policy memberships_select_tenant on memberships for SELECT
DROP POLICY memberships_select_tenant ON public.memberships;

-- drop policy everybody_reads_public_memos on memos for SELECT
DROP POLICY everybody_reads_public_memos ON public.memos;

-- drop policy memos_delete_owner on memos for DELETE
DROP POLICY memos_delete_owner ON public.memos;

-- drop policy memos_insert_owner on memos for INSERT
DROP POLICY memos_insert_owner ON public.memos;

-- drop policy memos_update_owner on memos for UPDATE
DROP POLICY memos_update_owner ON public.memos;

-- drop policy organizations_select_tenant on organizations for SELECT
DROP POLICY organizations_select_tenant ON public.organizations;

-- drop policy organizations_update_tenant on organizations for UPDATE
DROP POLICY organizations_update_tenant ON public.organizations;

-- drop policy auditors on tasks for SELECT
DROP POLICY auditors ON public.tasks;

-- drop policy tasks_delete_shared on tasks for DELETE
DROP POLICY tasks_delete_shared ON public.tasks;

-- drop policy tasks_insert_shared on tasks for INSERT
DROP POLICY tasks_insert_shared ON public.tasks;

-- drop policy tasks_select_shared on tasks for SELECT
DROP POLICY tasks_select_shared ON public.tasks;

-- drop policy tasks_update_shared on tasks for UPDATE
DROP POLICY tasks_update_shared ON public.tasks;

-- drop policy users_delete_owner on users for DELETE
DROP POLICY users_delete_owner ON public.users;

-- drop policy users_insert_owner on users for INSERT
DROP POLICY users_insert_owner ON public.users;

-- drop policy users_select_owner on users for SELECT
DROP POLICY users_select_owner ON public.users;

-- drop policy users_update_owner on users for UPDATE
DROP POLICY users_update_owner ON public.users;

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

-- drop function dbgen.tenants_of_user
DROP FUNCTION dbgen.tenants_of_user;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
