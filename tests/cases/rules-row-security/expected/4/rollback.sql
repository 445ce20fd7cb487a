-- Rollback of iteration 4 of desk, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 4) THEN
            RAISE EXCEPTION 'iteration 4 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- create function dbgen.tenants_of_user
CREATE OR REPLACE FUNCTION dbgen.tenants_of_user()
    RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $body$
BEGIN
    RETURN QUERY SELECT m.organization_id FROM public.memberships AS m WHERE m.user_id = (SELECT auth.uid());
END
$body$;
REVOKE ALL ON FUNCTION dbgen.tenants_of_user FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dbgen.tenants_of_user TO authenticated;
COMMENT ON FUNCTION dbgen.tenants_of_user IS 'The tenants that whoever asks is a member of, for policies.';

-- create index idx_tasks_assignee_id on tasks (assignee_id)
CREATE INDEX idx_tasks_assignee_id ON public.tasks (assignee_id);

-- turn row level security of users on
ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

-- turn row level security of tasks on
ALTER TABLE public.tasks ENABLE ROW LEVEL SECURITY;

-- turn row level security of organizations on
ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;

-- turn row level security of memos on
ALTER TABLE public.memos ENABLE ROW LEVEL SECURITY;

-- turn row level security of memberships on
ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

-- turn row level security of countries on
ALTER TABLE public.countries ENABLE ROW LEVEL SECURITY;

-- create policy users_update_owner on users for UPDATE
CREATE POLICY users_update_owner ON public.users
    FOR UPDATE
    TO authenticated
    USING (id = (SELECT auth.uid()))
    WITH CHECK (id = (SELECT auth.uid()));

-- create policy users_select_owner on users for SELECT
CREATE POLICY users_select_owner ON public.users
    FOR SELECT
    TO authenticated
    USING (id = (SELECT auth.uid()));

-- create policy users_insert_owner on users for INSERT
CREATE POLICY users_insert_owner ON public.users
    FOR INSERT
    TO authenticated
    WITH CHECK (id = (SELECT auth.uid()));

-- create policy users_delete_owner on users for DELETE
CREATE POLICY users_delete_owner ON public.users
    FOR DELETE
    TO authenticated
    USING (id = (SELECT auth.uid()));

-- create policy tasks_update_shared on tasks for UPDATE
CREATE POLICY tasks_update_shared ON public.tasks
    FOR UPDATE
    TO authenticated
    USING ((assignee_id = (SELECT auth.uid()) OR organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user()))))
    WITH CHECK ((organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user())) OR (organization_id IS NULL AND assignee_id = (SELECT auth.uid()))));

-- create policy tasks_select_shared on tasks for SELECT
CREATE POLICY tasks_select_shared ON public.tasks
    FOR SELECT
    TO authenticated
    USING ((assignee_id = (SELECT auth.uid()) OR organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user()))));

-- create policy tasks_insert_shared on tasks for INSERT
CREATE POLICY tasks_insert_shared ON public.tasks
    FOR INSERT
    TO authenticated
    WITH CHECK (assignee_id = (SELECT auth.uid()) AND (organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user())) OR organization_id IS NULL));

-- create policy tasks_delete_shared on tasks for DELETE
CREATE POLICY tasks_delete_shared ON public.tasks
    FOR DELETE
    TO authenticated
    USING ((assignee_id = (SELECT auth.uid()) OR organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user()))));

-- create policy auditors on tasks for SELECT
CREATE POLICY auditors ON public.tasks
    FOR SELECT
    TO service_role
    USING (true);

-- create policy organizations_update_tenant on organizations for UPDATE
CREATE POLICY organizations_update_tenant ON public.organizations
    FOR UPDATE
    TO authenticated
    USING (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())))
    WITH CHECK (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create policy organizations_select_tenant on organizations for SELECT
CREATE POLICY organizations_select_tenant ON public.organizations
    FOR SELECT
    TO authenticated
    USING (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create policy memos_update_owner on memos for UPDATE
CREATE POLICY memos_update_owner ON public.memos
    FOR UPDATE
    TO authenticated
    USING (writer_id = (SELECT auth.uid()))
    WITH CHECK (writer_id = (SELECT auth.uid()));

-- create policy memos_insert_owner on memos for INSERT
CREATE POLICY memos_insert_owner ON public.memos
    FOR INSERT
    TO authenticated
    WITH CHECK (writer_id = (SELECT auth.uid()));

-- create policy memos_delete_owner on memos for DELETE
CREATE POLICY memos_delete_owner ON public.memos
    FOR DELETE
    TO authenticated
    USING (writer_id = (SELECT auth.uid()));

-- create policy everybody_reads_public_memos on memos for SELECT
CREATE POLICY everybody_reads_public_memos ON public.memos
    FOR SELECT
    TO anon, authenticated
    USING (is_public AND length(body) > 0);

-- create policy memberships_select_tenant on memberships for SELECT
CREATE POLICY memberships_select_tenant ON public.memberships
    FOR SELECT
    TO authenticated
    USING (organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create policy countries_select_reference on countries for SELECT
CREATE POLICY countries_select_reference ON public.countries
    FOR SELECT
    TO authenticated
    USING (true);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 4;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter4_desk';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
