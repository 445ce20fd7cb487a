-- Iteration 2 of m, made by dbgen 0.1.0
-- Touches 7 columns, 44 policies, 7 triggers, 3 functions
-- The rollback restores everything exactly

-- drop policy Memberships_select_tenant on Memberships for SELECT
DROP POLICY "Memberships_select_tenant" ON public."Memberships";

-- drop policy Select_delete_owner on Select for DELETE
DROP POLICY "Select_delete_owner" ON public."Select";

-- drop policy Select_insert_owner on Select for INSERT
DROP POLICY "Select_insert_owner" ON public."Select";

-- drop policy Select_select_owner on Select for SELECT
DROP POLICY "Select_select_owner" ON public."Select";

-- drop policy Select_update_owner on Select for UPDATE
DROP POLICY "Select_update_owner" ON public."Select";

-- drop policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_delete_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for DELETE
DROP POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_delete_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs";

-- drop policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_insert_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for INSERT
DROP POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_insert_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs";

-- drop policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_select_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for SELECT
DROP POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_select_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs";

-- drop policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_update_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for UPDATE
DROP POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_update_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs";

-- drop policy e_delete_owner on e for DELETE
DROP POLICY e_delete_owner ON public.e;

-- drop policy e_insert_owner on e for INSERT
DROP POLICY e_insert_owner ON public.e;

-- drop policy e_select_owner on e for SELECT
DROP POLICY e_select_owner ON public.e;

-- drop policy e_update_owner on e for UPDATE
DROP POLICY e_update_owner ON public.e;

-- drop policy f_delete_parent on f for DELETE
DROP POLICY f_delete_parent ON public.f;

-- drop policy f_select_parent on f for SELECT
DROP POLICY f_select_parent ON public.f;

-- drop policy f_update_parent on f for UPDATE
DROP POLICY f_update_parent ON public.f;

-- drop policy g.h_delete_shared on g.h for DELETE
DROP POLICY "g.h_delete_shared" ON public."g.h";

-- drop policy g.h_insert_shared on g.h for INSERT
DROP POLICY "g.h_insert_shared" ON public."g.h";

-- drop policy g.h_update_shared on g.h for UPDATE
DROP POLICY "g.h_update_shared" ON public."g.h";

-- drop policy who's "who" on g.h for SELECT
DROP POLICY "who's ""who""" ON public."g.h";

-- drop policy o'dd "team"_select_tenant on o'dd "team" for SELECT
DROP POLICY "o'dd ""team""_select_tenant" ON public."o'dd ""team""";

-- drop policy o'dd "team"_update_tenant on o'dd "team" for UPDATE
DROP POLICY "o'dd ""team""_update_tenant" ON public."o'dd ""team""";

-- add column Memberships.deletedAt TIMESTAMPTZ
ALTER TABLE public."Memberships" ADD COLUMN "deletedAt" TIMESTAMPTZ;

-- add column Select.deletedAt TIMESTAMPTZ
ALTER TABLE public."Select" ADD COLUMN "deletedAt" TIMESTAMPTZ;

-- add column ThingVeryLongVeryLongVeryLongVeryLongVeryLongs.deletedAt TIMESTAMPTZ
ALTER TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    ADD COLUMN "deletedAt" TIMESTAMPTZ;

-- add column e.deletedAt TIMESTAMPTZ
ALTER TABLE public.e ADD COLUMN "deletedAt" TIMESTAMPTZ;

-- add column f.deletedAt TIMESTAMPTZ
ALTER TABLE public.f ADD COLUMN "deletedAt" TIMESTAMPTZ;

-- add column g.h.deletedAt TIMESTAMPTZ
ALTER TABLE public."g.h" ADD COLUMN "deletedAt" TIMESTAMPTZ;

-- add column o'dd "team".deletedAt TIMESTAMPTZ
ALTER TABLE public."o'dd ""team""" ADD COLUMN "deletedAt" TIMESTAMPTZ;

-- bring back the values of Memberships.deletedAt that were kept, if any
-- bring back the values of Select.deletedAt that were kept, if any
-- bring back the values of ThingVeryLongVeryLongVeryLongVeryLongVeryLongs.deletedAt that were kept, if any
-- bring back the values of e.deletedAt that were kept, if any
-- bring back the values of f.deletedAt that were kept, if any
-- bring back the values of g.h.deletedAt that were kept, if any
-- bring back the values of o'dd "team".deletedAt that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'rollback', 'Memberships', ARRAY['deletedAt']);
        PERFORM dbgen.restore_columns(2, 'rollback', 'Select', ARRAY['deletedAt']);
        PERFORM dbgen.restore_columns(2, 'rollback', 'ThingVeryLongVeryLongVeryLongVeryLongVeryLongs', ARRAY['deletedAt']);
        PERFORM dbgen.restore_columns(2, 'rollback', 'e', ARRAY['deletedAt']);
        PERFORM dbgen.restore_columns(2, 'rollback', 'f', ARRAY['deletedAt']);
        PERFORM dbgen.restore_columns(2, 'rollback', 'g.h', ARRAY['deletedAt']);
        PERFORM dbgen.restore_columns(2, 'rollback', 'o''dd "team"', ARRAY['deletedAt']);
    END IF;
END
$dbgen$;

-- create function dbgen.restore_row
CREATE OR REPLACE FUNCTION dbgen.restore_row(target regclass, key jsonb)
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE SET search_path = ''
AS $body$
DECLARE
    _same text := (SELECT string_agg(format('t.%1$I = k.%1$I', name), ' AND ') FROM jsonb_object_keys(key) AS name);
    _restored bigint;
BEGIN
    IF _same IS NULL THEN
        RAISE EXCEPTION 'The key names no column' USING ERRCODE = '22023', HINT = 'For example {"id": 1}.';
    END IF;
    EXECUTE format(
        'UPDATE %1$s AS t SET %2$I = NULL FROM jsonb_populate_record(NULL::%1$s, $1) AS k'
        ' WHERE t.%2$I IS NOT NULL AND %3$s', target, 'deletedAt', _same
    ) USING key;
    GET DIAGNOSTICS _restored = ROW_COUNT;
    RETURN _restored > 0;
END
$body$;
REVOKE ALL ON FUNCTION dbgen.restore_row FROM PUBLIC;
COMMENT ON FUNCTION dbgen.restore_row IS 'Brings a row back that was deleted softly, and says whether there was one.';

-- create function dbgen.soft_delete
CREATE OR REPLACE FUNCTION dbgen.soft_delete()
    RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ''
AS $body$
BEGIN
    EXECUTE format(
        'UPDATE %I.%I AS t SET %I = now() WHERE t.%I IS NULL AND %s',
        TG_TABLE_SCHEMA, TG_TABLE_NAME, 'deletedAt', 'deletedAt',
        (SELECT string_agg(format('t.%1$I = ($1).%1$I', name), ' AND ') FROM unnest(TG_ARGV) AS name)
    ) USING OLD;
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION dbgen.soft_delete FROM PUBLIC;
COMMENT ON FUNCTION dbgen.soft_delete IS 'Marks a row as deleted instead of deleting it. Arguments: the key''s columns.';

-- replace function dbgen.tenants_of_user
CREATE OR REPLACE FUNCTION dbgen.tenants_of_user()
    RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $body$
BEGIN
    RETURN QUERY SELECT m."teamId" FROM public."Memberships" AS m WHERE m."userId" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND m."deletedAt" IS NULL;
END
$body$;

-- create policy Memberships_select_tenant on Memberships for SELECT
CREATE POLICY "Memberships_select_tenant" ON public."Memberships"
    FOR SELECT
    TO authenticated
    USING ("teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user())) AND "deletedAt" IS NULL);

-- create policy Select_delete_owner on Select for DELETE
CREATE POLICY "Select_delete_owner" ON public."Select"
    FOR DELETE
    TO authenticated
    USING (id = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND "deletedAt" IS NULL);

-- create policy Select_insert_owner on Select for INSERT
CREATE POLICY "Select_insert_owner" ON public."Select"
    FOR INSERT
    TO authenticated
    WITH CHECK (id = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid);

-- create policy Select_select_owner on Select for SELECT
CREATE POLICY "Select_select_owner" ON public."Select"
    FOR SELECT
    TO authenticated
    USING (id = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND "deletedAt" IS NULL);

-- create policy Select_update_owner on Select for UPDATE
CREATE POLICY "Select_update_owner" ON public."Select"
    FOR UPDATE
    TO authenticated
    USING (id = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND "deletedAt" IS NULL)
    WITH CHECK (id = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid);

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_delete_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for DELETE
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_delete_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR DELETE
    TO authenticated
    USING ("aVeryLongColumnVeryLongColumnVeryLongColumn" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND "deletedAt" IS NULL);

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_insert_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for INSERT
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_insert_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR INSERT
    TO authenticated
    WITH CHECK ("aVeryLongColumnVeryLongColumnVeryLongColumn" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid);

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_select_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for SELECT
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_select_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR SELECT
    TO authenticated
    USING ("aVeryLongColumnVeryLongColumnVeryLongColumn" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND "deletedAt" IS NULL);

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_update_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for UPDATE
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_update_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR UPDATE
    TO authenticated
    USING ("aVeryLongColumnVeryLongColumnVeryLongColumn" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND "deletedAt" IS NULL)
    WITH CHECK ("aVeryLongColumnVeryLongColumnVeryLongColumn" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid);

-- create policy e_delete_owner on e for DELETE
CREATE POLICY e_delete_owner ON public.e
    FOR DELETE
    TO authenticated
    USING ("order" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND "deletedAt" IS NULL);

-- create policy e_insert_owner on e for INSERT
CREATE POLICY e_insert_owner ON public.e
    FOR INSERT
    TO authenticated
    WITH CHECK ("order" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid);

-- create policy e_select_owner on e for SELECT
CREATE POLICY e_select_owner ON public.e
    FOR SELECT
    TO authenticated
    USING ("order" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND "deletedAt" IS NULL);

-- create policy e_update_owner on e for UPDATE
CREATE POLICY e_update_owner ON public.e
    FOR UPDATE
    TO authenticated
    USING ("order" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND "deletedAt" IS NULL)
    WITH CHECK ("order" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid);

-- create policy f_delete_parent on f for DELETE
CREATE POLICY f_delete_parent ON public.f
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e) AND "deletedAt" IS NULL);

-- create policy f_select_parent on f for SELECT
CREATE POLICY f_select_parent ON public.f
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e) AND "deletedAt" IS NULL);

-- create policy f_update_parent on f for UPDATE
CREATE POLICY f_update_parent ON public.f
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e) AND "deletedAt" IS NULL)
    WITH CHECK (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e));

-- create policy g.h_delete_shared on g.h for DELETE
CREATE POLICY "g.h_delete_shared" ON public."g.h"
    FOR DELETE
    TO authenticated
    USING (("authorId" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid OR "teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user()))) AND "deletedAt" IS NULL);

-- create policy g.h_insert_shared on g.h for INSERT
CREATE POLICY "g.h_insert_shared" ON public."g.h"
    FOR INSERT
    TO authenticated
    WITH CHECK ("authorId" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid AND ("teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user())) OR "teamId" IS NULL));

-- create policy g.h_update_shared on g.h for UPDATE
CREATE POLICY "g.h_update_shared" ON public."g.h"
    FOR UPDATE
    TO authenticated
    USING (("authorId" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid OR "teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user()))) AND "deletedAt" IS NULL)
    WITH CHECK (("teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user())) OR ("teamId" IS NULL AND "authorId" = NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid)));

-- create policy who's "who" on g.h for SELECT
CREATE POLICY "who's ""who""" ON public."g.h"
    FOR SELECT
    TO anon, authenticated
    USING (("authorId" IS NOT NULL) AND "deletedAt" IS NULL);

-- create policy o'dd "team"_select_tenant on o'dd "team" for SELECT
CREATE POLICY "o'dd ""team""_select_tenant" ON public."o'dd ""team"""
    FOR SELECT
    TO authenticated
    USING (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())) AND "deletedAt" IS NULL);

-- create policy o'dd "team"_update_tenant on o'dd "team" for UPDATE
CREATE POLICY "o'dd ""team""_update_tenant" ON public."o'dd ""team"""
    FOR UPDATE
    TO authenticated
    USING (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())) AND "deletedAt" IS NULL)
    WITH CHECK (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create trigger dbgen_soft_delete on Memberships, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public."Memberships"
    FOR EACH ROW WHEN (((CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name])) OR (current_setting('app.user_id'::text, true) <> ''::text)) AND (pg_trigger_depth() = 0))
    EXECUTE FUNCTION dbgen.soft_delete('teamId', 'userId');

-- create trigger dbgen_soft_delete on Select, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public."Select"
    FOR EACH ROW WHEN (((CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name])) OR (current_setting('app.user_id'::text, true) <> ''::text)) AND (pg_trigger_depth() = 0))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR EACH ROW WHEN (((CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name])) OR (current_setting('app.user_id'::text, true) <> ''::text)) AND (pg_trigger_depth() = 0))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on e, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.e
    FOR EACH ROW WHEN (((CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name])) OR (current_setting('app.user_id'::text, true) <> ''::text)) AND (pg_trigger_depth() = 0))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on f, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.f
    FOR EACH ROW WHEN (((CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name])) OR (current_setting('app.user_id'::text, true) <> ''::text)) AND (pg_trigger_depth() = 0))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on g.h, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public."g.h"
    FOR EACH ROW WHEN (((CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name])) OR (current_setting('app.user_id'::text, true) <> ''::text)) AND (pg_trigger_depth() = 0))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on o'dd "team", BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public."o'dd ""team"""
    FOR EACH ROW WHEN (((CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name])) OR (current_setting('app.user_id'::text, true) <> ''::text)) AND (pg_trigger_depth() = 0))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
