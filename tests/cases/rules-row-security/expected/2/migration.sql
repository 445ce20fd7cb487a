-- Iteration 2 of desk, made by dbgen 0.1.0
-- Touches 1 index, 8 row security settings, 20 policies, 1 function
-- The rollback restores everything exactly

-- make schema dbgen, for functions
CREATE SCHEMA IF NOT EXISTS dbgen;

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

-- turn row level security of countries on
ALTER TABLE public.countries ENABLE ROW LEVEL SECURITY;

-- turn row level security of memberships on
ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

-- turn row level security of note_countries on
ALTER TABLE public.note_countries ENABLE ROW LEVEL SECURITY;

-- turn row level security of notes on
ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;

-- turn row level security of organizations on
ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;

-- turn row level security of secrets on
ALTER TABLE public.secrets ENABLE ROW LEVEL SECURITY;

-- turn row level security of tasks on
ALTER TABLE public.tasks ENABLE ROW LEVEL SECURITY;

-- turn row level security of users on
ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

-- create policy countries_select_reference on countries for SELECT
CREATE POLICY countries_select_reference ON public.countries
    FOR SELECT
    TO authenticated
    USING (true);

-- create policy memberships_select_tenant on memberships for SELECT
CREATE POLICY memberships_select_tenant ON public.memberships
    FOR SELECT
    TO authenticated
    USING (organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create policy note_countries_delete_junction on note_countries for DELETE
CREATE POLICY note_countries_delete_junction ON public.note_countries
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.countries AS e WHERE e.id = note_countries.country_id) AND EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = note_countries.note_id));

-- create policy note_countries_insert_junction on note_countries for INSERT
CREATE POLICY note_countries_insert_junction ON public.note_countries
    FOR INSERT
    TO authenticated
    WITH CHECK (EXISTS (SELECT 1 FROM public.countries AS e WHERE e.id = note_countries.country_id) AND EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = note_countries.note_id));

-- create policy note_countries_select_junction on note_countries for SELECT
CREATE POLICY note_countries_select_junction ON public.note_countries
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.countries AS e WHERE e.id = note_countries.country_id) AND EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = note_countries.note_id));

-- create policy note_countries_update_junction on note_countries for UPDATE
CREATE POLICY note_countries_update_junction ON public.note_countries
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.countries AS e WHERE e.id = note_countries.country_id) AND EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = note_countries.note_id))
    WITH CHECK (EXISTS (SELECT 1 FROM public.countries AS e WHERE e.id = note_countries.country_id) AND EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = note_countries.note_id));

-- create policy notes_delete_owner on notes for DELETE
CREATE POLICY notes_delete_owner ON public.notes
    FOR DELETE
    TO authenticated
    USING (author_id = (SELECT auth.uid()));

-- create policy notes_insert_owner on notes for INSERT
CREATE POLICY notes_insert_owner ON public.notes
    FOR INSERT
    TO authenticated
    WITH CHECK (author_id = (SELECT auth.uid()));

-- create policy notes_select_owner on notes for SELECT
CREATE POLICY notes_select_owner ON public.notes
    FOR SELECT
    TO authenticated
    USING (author_id = (SELECT auth.uid()));

-- create policy notes_update_owner on notes for UPDATE
CREATE POLICY notes_update_owner ON public.notes
    FOR UPDATE
    TO authenticated
    USING (author_id = (SELECT auth.uid()))
    WITH CHECK (author_id = (SELECT auth.uid()));

-- create policy organizations_select_tenant on organizations for SELECT
CREATE POLICY organizations_select_tenant ON public.organizations
    FOR SELECT
    TO authenticated
    USING (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create policy organizations_update_tenant on organizations for UPDATE
CREATE POLICY organizations_update_tenant ON public.organizations
    FOR UPDATE
    TO authenticated
    USING (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())))
    WITH CHECK (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create policy tasks_delete_shared on tasks for DELETE
CREATE POLICY tasks_delete_shared ON public.tasks
    FOR DELETE
    TO authenticated
    USING ((assignee_id = (SELECT auth.uid()) OR organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user()))));

-- create policy tasks_insert_shared on tasks for INSERT
CREATE POLICY tasks_insert_shared ON public.tasks
    FOR INSERT
    TO authenticated
    WITH CHECK (assignee_id = (SELECT auth.uid()) AND (organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user())) OR organization_id IS NULL));

-- create policy tasks_select_shared on tasks for SELECT
CREATE POLICY tasks_select_shared ON public.tasks
    FOR SELECT
    TO authenticated
    USING ((assignee_id = (SELECT auth.uid()) OR organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user()))));

-- create policy tasks_update_shared on tasks for UPDATE
CREATE POLICY tasks_update_shared ON public.tasks
    FOR UPDATE
    TO authenticated
    USING ((assignee_id = (SELECT auth.uid()) OR organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user()))))
    WITH CHECK ((organization_id = ANY (ARRAY(SELECT dbgen.tenants_of_user())) OR (organization_id IS NULL AND assignee_id = (SELECT auth.uid()))));

-- create policy users_delete_owner on users for DELETE
CREATE POLICY users_delete_owner ON public.users
    FOR DELETE
    TO authenticated
    USING (id = (SELECT auth.uid()));

-- create policy users_insert_owner on users for INSERT
CREATE POLICY users_insert_owner ON public.users
    FOR INSERT
    TO authenticated
    WITH CHECK (id = (SELECT auth.uid()));

-- create policy users_select_owner on users for SELECT
CREATE POLICY users_select_owner ON public.users
    FOR SELECT
    TO authenticated
    USING (id = (SELECT auth.uid()));

-- create policy users_update_owner on users for UPDATE
CREATE POLICY users_update_owner ON public.users
    FOR UPDATE
    TO authenticated
    USING (id = (SELECT auth.uid()))
    WITH CHECK (id = (SELECT auth.uid()));

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
