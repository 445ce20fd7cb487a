-- Rollback of iteration 2 of m, made by dbgen 0.1.0
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

-- drop trigger dbgen_soft_delete on o'dd "team", BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public."o'dd ""team""";

-- drop trigger dbgen_soft_delete on g.h, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public."g.h";

-- drop trigger dbgen_soft_delete on f, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.f;

-- drop trigger dbgen_soft_delete on e, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.e;

-- drop trigger dbgen_soft_delete on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs";

-- drop trigger dbgen_soft_delete on Select, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public."Select";

-- drop trigger dbgen_soft_delete on Memberships, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public."Memberships";

-- drop policy o'dd "team"_update_tenant on o'dd "team" for UPDATE
DROP POLICY "o'dd ""team""_update_tenant" ON public."o'dd ""team""";

-- drop policy o'dd "team"_select_tenant on o'dd "team" for SELECT
DROP POLICY "o'dd ""team""_select_tenant" ON public."o'dd ""team""";

-- drop policy who's "who" on g.h for SELECT
DROP POLICY "who's ""who""" ON public."g.h";

-- drop policy g.h_update_shared on g.h for UPDATE
DROP POLICY "g.h_update_shared" ON public."g.h";

-- drop policy g.h_insert_shared on g.h for INSERT
DROP POLICY "g.h_insert_shared" ON public."g.h";

-- drop policy g.h_delete_shared on g.h for DELETE
DROP POLICY "g.h_delete_shared" ON public."g.h";

-- drop policy f_update_parent on f for UPDATE
DROP POLICY f_update_parent ON public.f;

-- drop policy f_select_parent on f for SELECT
DROP POLICY f_select_parent ON public.f;

-- drop policy f_delete_parent on f for DELETE
DROP POLICY f_delete_parent ON public.f;

-- drop policy e_update_owner on e for UPDATE
DROP POLICY e_update_owner ON public.e;

-- drop policy e_select_owner on e for SELECT
DROP POLICY e_select_owner ON public.e;

-- drop policy e_insert_owner on e for INSERT
DROP POLICY e_insert_owner ON public.e;

-- drop policy e_delete_owner on e for DELETE
DROP POLICY e_delete_owner ON public.e;

-- drop policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_update_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for UPDATE
DROP POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_update_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs";

-- drop policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_select_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for SELECT
DROP POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_select_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs";

-- drop policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_insert_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for INSERT
DROP POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_insert_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs";

-- drop policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_delete_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for DELETE
DROP POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_delete_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs";

-- drop policy Select_update_owner on Select for UPDATE
DROP POLICY "Select_update_owner" ON public."Select";

-- drop policy Select_select_owner on Select for SELECT
DROP POLICY "Select_select_owner" ON public."Select";

-- drop policy Select_insert_owner on Select for INSERT
DROP POLICY "Select_insert_owner" ON public."Select";

-- drop policy Select_delete_owner on Select for DELETE
DROP POLICY "Select_delete_owner" ON public."Select";

-- drop policy Memberships_select_tenant on Memberships for SELECT
DROP POLICY "Memberships_select_tenant" ON public."Memberships";

-- replace function dbgen.tenants_of_user
CREATE OR REPLACE FUNCTION dbgen.tenants_of_user()
    RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $body$
BEGIN
    RETURN QUERY SELECT m."teamId" FROM public."Memberships" AS m WHERE m."userId" = (SELECT auth.uid());
END
$body$;

-- drop function dbgen.soft_delete
DROP FUNCTION dbgen.soft_delete;

-- drop function dbgen.restore_row
DROP FUNCTION dbgen.restore_row;

-- keep the values of o'dd "team".deletedAt in dbgen_archive
-- keep the values of g.h.deletedAt in dbgen_archive
-- keep the values of f.deletedAt in dbgen_archive
-- keep the values of e.deletedAt in dbgen_archive
-- keep the values of ThingVeryLongVeryLongVeryLongVeryLongVeryLongs.deletedAt in dbgen_archive
-- keep the values of Select.deletedAt in dbgen_archive
-- keep the values of Memberships.deletedAt in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'rollback', 'o''dd "team"', ARRAY['deletedAt'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'g.h', ARRAY['deletedAt'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'f', ARRAY['deletedAt'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'e', ARRAY['deletedAt'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'ThingVeryLongVeryLongVeryLongVeryLongVeryLongs', ARRAY['deletedAt'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'Select', ARRAY['deletedAt'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'Memberships', ARRAY['deletedAt'], ARRAY['teamId', 'userId']);
END
$dbgen$;

-- drop column o'dd "team".deletedAt
ALTER TABLE public."o'dd ""team""" DROP COLUMN "deletedAt";

-- drop column g.h.deletedAt
ALTER TABLE public."g.h" DROP COLUMN "deletedAt";

-- drop column f.deletedAt
ALTER TABLE public.f DROP COLUMN "deletedAt";

-- drop column e.deletedAt
ALTER TABLE public.e DROP COLUMN "deletedAt";

-- drop column ThingVeryLongVeryLongVeryLongVeryLongVeryLongs.deletedAt
ALTER TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs" DROP COLUMN "deletedAt";

-- drop column Select.deletedAt
ALTER TABLE public."Select" DROP COLUMN "deletedAt";

-- drop column Memberships.deletedAt
ALTER TABLE public."Memberships" DROP COLUMN "deletedAt";

-- create policy o'dd "team"_update_tenant on o'dd "team" for UPDATE
CREATE POLICY "o'dd ""team""_update_tenant" ON public."o'dd ""team"""
    FOR UPDATE
    TO authenticated
    USING (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())))
    WITH CHECK (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create policy o'dd "team"_select_tenant on o'dd "team" for SELECT
CREATE POLICY "o'dd ""team""_select_tenant" ON public."o'dd ""team"""
    FOR SELECT
    TO authenticated
    USING (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create policy who's "who" on g.h for SELECT
CREATE POLICY "who's ""who""" ON public."g.h"
    FOR SELECT
    TO anon, authenticated
    USING ("authorId" IS NOT NULL);

-- create policy g.h_update_shared on g.h for UPDATE
CREATE POLICY "g.h_update_shared" ON public."g.h"
    FOR UPDATE
    TO authenticated
    USING (("authorId" = (SELECT auth.uid()) OR "teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user()))))
    WITH CHECK (("teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user())) OR ("teamId" IS NULL AND "authorId" = (SELECT auth.uid()))));

-- create policy g.h_insert_shared on g.h for INSERT
CREATE POLICY "g.h_insert_shared" ON public."g.h"
    FOR INSERT
    TO authenticated
    WITH CHECK ("authorId" = (SELECT auth.uid()) AND ("teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user())) OR "teamId" IS NULL));

-- create policy g.h_delete_shared on g.h for DELETE
CREATE POLICY "g.h_delete_shared" ON public."g.h"
    FOR DELETE
    TO authenticated
    USING (("authorId" = (SELECT auth.uid()) OR "teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user()))));

-- create policy f_update_parent on f for UPDATE
CREATE POLICY f_update_parent ON public.f
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e))
    WITH CHECK (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e));

-- create policy f_select_parent on f for SELECT
CREATE POLICY f_select_parent ON public.f
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e));

-- create policy f_delete_parent on f for DELETE
CREATE POLICY f_delete_parent ON public.f
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e));

-- create policy e_update_owner on e for UPDATE
CREATE POLICY e_update_owner ON public.e
    FOR UPDATE
    TO authenticated
    USING ("order" = (SELECT auth.uid()))
    WITH CHECK ("order" = (SELECT auth.uid()));

-- create policy e_select_owner on e for SELECT
CREATE POLICY e_select_owner ON public.e
    FOR SELECT
    TO authenticated
    USING ("order" = (SELECT auth.uid()));

-- create policy e_insert_owner on e for INSERT
CREATE POLICY e_insert_owner ON public.e
    FOR INSERT
    TO authenticated
    WITH CHECK ("order" = (SELECT auth.uid()));

-- create policy e_delete_owner on e for DELETE
CREATE POLICY e_delete_owner ON public.e
    FOR DELETE
    TO authenticated
    USING ("order" = (SELECT auth.uid()));

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_update_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for UPDATE
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_update_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR UPDATE
    TO authenticated
    USING ("aVeryLongColumnVeryLongColumnVeryLongColumn" = (SELECT auth.uid()))
    WITH CHECK ("aVeryLongColumnVeryLongColumnVeryLongColumn" = (SELECT auth.uid()));

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_select_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for SELECT
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_select_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR SELECT
    TO authenticated
    USING ("aVeryLongColumnVeryLongColumnVeryLongColumn" = (SELECT auth.uid()));

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_insert_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for INSERT
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_insert_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR INSERT
    TO authenticated
    WITH CHECK ("aVeryLongColumnVeryLongColumnVeryLongColumn" = (SELECT auth.uid()));

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_delete_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for DELETE
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_delete_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR DELETE
    TO authenticated
    USING ("aVeryLongColumnVeryLongColumnVeryLongColumn" = (SELECT auth.uid()));

-- create policy Select_update_owner on Select for UPDATE
CREATE POLICY "Select_update_owner" ON public."Select"
    FOR UPDATE
    TO authenticated
    USING (id = (SELECT auth.uid()))
    WITH CHECK (id = (SELECT auth.uid()));

-- create policy Select_select_owner on Select for SELECT
CREATE POLICY "Select_select_owner" ON public."Select"
    FOR SELECT
    TO authenticated
    USING (id = (SELECT auth.uid()));

-- create policy Select_insert_owner on Select for INSERT
CREATE POLICY "Select_insert_owner" ON public."Select"
    FOR INSERT
    TO authenticated
    WITH CHECK (id = (SELECT auth.uid()));

-- create policy Select_delete_owner on Select for DELETE
CREATE POLICY "Select_delete_owner" ON public."Select"
    FOR DELETE
    TO authenticated
    USING (id = (SELECT auth.uid()));

-- create policy Memberships_select_tenant on Memberships for SELECT
CREATE POLICY "Memberships_select_tenant" ON public."Memberships"
    FOR SELECT
    TO authenticated
    USING ("teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_m';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
