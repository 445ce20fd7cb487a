-- Iteration 1 of m, made by dbgen 0.1.0
-- Touches 9 tables, 17 columns, 20 constraints, 8 indexes, 18 grants, 9 row security settings, 31 policies, 1 function
-- The rollback restores everything exactly

-- make schema dbgen, for functions
CREATE SCHEMA IF NOT EXISTS dbgen;

-- create table E-G
CREATE TABLE public."E-G" (
    "eId" UUID NOT NULL,
    "gId" UUID NOT NULL,
    PRIMARY KEY ("eId", "gId")
);
CREATE INDEX "idx_E-G_gId" ON public."E-G" ("gId");
COMMENT ON TABLE public."E-G" IS 'Created in iteration 1 for m module';
REVOKE ALL ON TABLE public."E-G" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."E-G" TO authenticated, service_role;

-- create table Memberships
CREATE TABLE public."Memberships" (
    "teamId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    PRIMARY KEY ("teamId", "userId")
);
CREATE INDEX "idx_Memberships_userId" ON public."Memberships" ("userId");
COMMENT ON TABLE public."Memberships" IS 'Created in iteration 1 for m module';
REVOKE ALL ON TABLE public."Memberships" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."Memberships" TO authenticated, service_role;

-- create table Select
CREATE TABLE public."Select" (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public."Select" IS 'Created in iteration 1 for m module';
REVOKE ALL ON TABLE public."Select" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."Select" TO authenticated, service_role;

-- create table ThingVeryLongVeryLongVeryLongVeryLongVeryLongs
CREATE TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs" (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    "aVeryLongColumnVeryLongColumnVeryLongColumn" UUID NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX "idx_ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_aVe_8882cbcc" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs" ("aVeryLongColumnVeryLongColumnVeryLongColumn");
COMMENT ON TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs" IS 'Created in iteration 1 for m module';
REVOKE ALL ON TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs" TO authenticated, service_role;

-- create table e
CREATE TABLE public.e (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    "order" UUID NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX idx_e_order ON public.e ("order");
COMMENT ON TABLE public.e IS 'Created in iteration 1 for m module';
REVOKE ALL ON TABLE public.e FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.e TO authenticated, service_role;

-- create table e_e
CREATE TABLE public.e_e (
    "fId" UUID NOT NULL,
    "relatedFId" UUID NOT NULL,
    PRIMARY KEY ("fId", "relatedFId")
);
CREATE INDEX "idx_e_e_relatedFId" ON public.e_e ("relatedFId");
COMMENT ON TABLE public.e_e IS 'Created in iteration 1 for m module';
REVOKE ALL ON TABLE public.e_e FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.e_e TO authenticated, service_role;

-- create table f
CREATE TABLE public.f (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    e UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_f_e ON public.f (e);
COMMENT ON TABLE public.f IS 'Created in iteration 1 for m module';
REVOKE ALL ON TABLE public.f FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.f TO authenticated, service_role;

-- create table g.h
CREATE TABLE public."g.h" (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    "teamId" UUID,
    "authorId" UUID NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX "idx_g.h_authorId" ON public."g.h" ("authorId");
CREATE INDEX "idx_g.h_teamId" ON public."g.h" ("teamId");
COMMENT ON TABLE public."g.h" IS 'Created in iteration 1 for m module';
REVOKE ALL ON TABLE public."g.h" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."g.h" TO authenticated, service_role;

-- create table o'dd "team"
CREATE TABLE public."o'dd ""team""" (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public."o'dd ""team""" IS 'Created in iteration 1 for m module';
REVOKE ALL ON TABLE public."o'dd ""team""" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."o'dd ""team""" TO authenticated, service_role;

-- bring back the rows of E-G that were kept, if any
-- bring back the rows of Memberships that were kept, if any
-- bring back the rows of Select that were kept, if any
-- bring back the rows of ThingVeryLongVeryLongVeryLongVeryLongVeryLongs that were kept, if any
-- bring back the rows of e that were kept, if any
-- bring back the rows of e_e that were kept, if any
-- bring back the rows of f that were kept, if any
-- bring back the rows of g.h that were kept, if any
-- bring back the rows of o'dd "team" that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'E-G');
        PERFORM dbgen.restore_table(1, 'rollback', 'Memberships');
        PERFORM dbgen.restore_table(1, 'rollback', 'Select');
        PERFORM dbgen.restore_table(1, 'rollback', 'ThingVeryLongVeryLongVeryLongVeryLongVeryLongs');
        PERFORM dbgen.restore_table(1, 'rollback', 'e');
        PERFORM dbgen.restore_table(1, 'rollback', 'e_e');
        PERFORM dbgen.restore_table(1, 'rollback', 'f');
        PERFORM dbgen.restore_table(1, 'rollback', 'g.h');
        PERFORM dbgen.restore_table(1, 'rollback', 'o''dd "team"');
    END IF;
END
$dbgen$;

-- create function dbgen.tenants_of_user
CREATE OR REPLACE FUNCTION dbgen.tenants_of_user()
    RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $body$
BEGIN
    RETURN QUERY SELECT m."teamId" FROM public."Memberships" AS m WHERE m."userId" = (SELECT auth.uid());
END
$body$;
REVOKE ALL ON FUNCTION dbgen.tenants_of_user FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dbgen.tenants_of_user TO authenticated;
COMMENT ON FUNCTION dbgen.tenants_of_user IS 'The tenants that whoever asks is a member of, for policies.';

-- look for rows of E-G that fk_E-G_eId would refuse
-- look for rows of E-G that fk_E-G_gId would refuse
-- look for rows of Memberships that fk_Memberships_teamId would refuse
-- look for rows of Memberships that fk_Memberships_userId would refuse
-- look for rows of ThingVeryLongVeryLongVeryLongVeryLongVeryLongs that fk_ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_aVer_02516ffd would refuse
-- look for rows of e that fk_e_order would refuse
-- look for rows of e_e that fk_e_e_fId would refuse
-- look for rows of e_e that fk_e_e_relatedFId would refuse
-- look for rows of f that fk_f_e would refuse
-- look for rows of g.h that fk_g.h_authorId would refuse
-- look for rows of g.h that fk_g.h_teamId would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'E-G', 'fk_E-G_eId', ARRAY['eId'], 'public.e', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'E-G', 'fk_E-G_gId', ARRAY['gId'], 'public."g.h"', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'Memberships', 'fk_Memberships_teamId', ARRAY['teamId'], 'public."o''dd ""team"""', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'Memberships', 'fk_Memberships_userId', ARRAY['userId'], 'public."Select"', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'ThingVeryLongVeryLongVeryLongVeryLongVeryLongs', 'fk_ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_aVer_02516ffd', ARRAY['aVeryLongColumnVeryLongColumnVeryLongColumn'], 'public."Select"', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'e', 'fk_e_order', ARRAY['order'], 'public."Select"', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'e_e', 'fk_e_e_fId', ARRAY['fId'], 'public.f', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'e_e', 'fk_e_e_relatedFId', ARRAY['relatedFId'], 'public.f', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'f', 'fk_f_e', ARRAY['e'], 'public.e', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'g.h', 'fk_g.h_authorId', ARRAY['authorId'], 'public."Select"', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'g.h', 'fk_g.h_teamId', ARRAY['teamId'], 'public."o''dd ""team"""', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key E-G (eId) to e (id)
-- add foreign key E-G (gId) to g.h (id)
ALTER TABLE public."E-G"
    ADD CONSTRAINT "fk_E-G_eId" FOREIGN KEY ("eId") REFERENCES public.e (id) ON DELETE CASCADE,
    ADD CONSTRAINT "fk_E-G_gId" FOREIGN KEY ("gId") REFERENCES public."g.h" (id) ON DELETE CASCADE;

-- add foreign key Memberships (teamId) to o'dd "team" (id)
-- add foreign key Memberships (userId) to Select (id)
ALTER TABLE public."Memberships"
    ADD CONSTRAINT "fk_Memberships_teamId" FOREIGN KEY ("teamId") REFERENCES public."o'dd ""team""" (id),
    ADD CONSTRAINT "fk_Memberships_userId" FOREIGN KEY ("userId") REFERENCES public."Select" (id);

-- add foreign key ThingVeryLongVeryLongVeryLongVeryLongVeryLongs (aVeryLongColumnVeryLongColumnVeryLongColumn) to Select (id)
ALTER TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    ADD CONSTRAINT "fk_ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_aVer_02516ffd" FOREIGN KEY ("aVeryLongColumnVeryLongColumnVeryLongColumn") REFERENCES public."Select" (id);

-- add foreign key e (order) to Select (id)
ALTER TABLE public.e ADD CONSTRAINT fk_e_order FOREIGN KEY ("order") REFERENCES public."Select" (id);

-- add foreign key e_e (fId) to f (id)
-- add foreign key e_e (relatedFId) to f (id)
ALTER TABLE public.e_e
    ADD CONSTRAINT "fk_e_e_fId" FOREIGN KEY ("fId") REFERENCES public.f (id) ON DELETE CASCADE,
    ADD CONSTRAINT "fk_e_e_relatedFId" FOREIGN KEY ("relatedFId") REFERENCES public.f (id) ON DELETE CASCADE;

-- add foreign key f (e) to e (id)
ALTER TABLE public.f ADD CONSTRAINT fk_f_e FOREIGN KEY (e) REFERENCES public.e (id);

-- add foreign key g.h (authorId) to Select (id)
-- add foreign key g.h (teamId) to o'dd "team" (id)
ALTER TABLE public."g.h"
    ADD CONSTRAINT "fk_g.h_authorId" FOREIGN KEY ("authorId") REFERENCES public."Select" (id),
    ADD CONSTRAINT "fk_g.h_teamId" FOREIGN KEY ("teamId") REFERENCES public."o'dd ""team""" (id);

-- turn row level security of E-G on
ALTER TABLE public."E-G" ENABLE ROW LEVEL SECURITY;

-- turn row level security of Memberships on
ALTER TABLE public."Memberships" ENABLE ROW LEVEL SECURITY;

-- turn row level security of Select on
ALTER TABLE public."Select" ENABLE ROW LEVEL SECURITY;

-- turn row level security of ThingVeryLongVeryLongVeryLongVeryLongVeryLongs on
ALTER TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs" ENABLE ROW LEVEL SECURITY;

-- turn row level security of e on
ALTER TABLE public.e ENABLE ROW LEVEL SECURITY;

-- turn row level security of e_e on
ALTER TABLE public.e_e ENABLE ROW LEVEL SECURITY;

-- turn row level security of f on
ALTER TABLE public.f ENABLE ROW LEVEL SECURITY;

-- turn row level security of g.h on
ALTER TABLE public."g.h" ENABLE ROW LEVEL SECURITY;

-- turn row level security of o'dd "team" on
ALTER TABLE public."o'dd ""team""" ENABLE ROW LEVEL SECURITY;

-- create policy E-G_delete_junction on E-G for DELETE
CREATE POLICY "E-G_delete_junction" ON public."E-G"
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = "E-G"."eId") AND EXISTS (SELECT 1 FROM public."g.h" AS e WHERE e.id = "E-G"."gId"));

-- create policy E-G_insert_junction on E-G for INSERT
CREATE POLICY "E-G_insert_junction" ON public."E-G"
    FOR INSERT
    TO authenticated
    WITH CHECK (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = "E-G"."eId") AND EXISTS (SELECT 1 FROM public."g.h" AS e WHERE e.id = "E-G"."gId"));

-- create policy E-G_select_junction on E-G for SELECT
CREATE POLICY "E-G_select_junction" ON public."E-G"
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = "E-G"."eId") AND EXISTS (SELECT 1 FROM public."g.h" AS e WHERE e.id = "E-G"."gId"));

-- create policy E-G_update_junction on E-G for UPDATE
CREATE POLICY "E-G_update_junction" ON public."E-G"
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = "E-G"."eId") AND EXISTS (SELECT 1 FROM public."g.h" AS e WHERE e.id = "E-G"."gId"))
    WITH CHECK (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = "E-G"."eId") AND EXISTS (SELECT 1 FROM public."g.h" AS e WHERE e.id = "E-G"."gId"));

-- create policy Memberships_select_tenant on Memberships for SELECT
CREATE POLICY "Memberships_select_tenant" ON public."Memberships"
    FOR SELECT
    TO authenticated
    USING ("teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create policy Select_delete_owner on Select for DELETE
CREATE POLICY "Select_delete_owner" ON public."Select"
    FOR DELETE
    TO authenticated
    USING (id = (SELECT auth.uid()));

-- create policy Select_insert_owner on Select for INSERT
CREATE POLICY "Select_insert_owner" ON public."Select"
    FOR INSERT
    TO authenticated
    WITH CHECK (id = (SELECT auth.uid()));

-- create policy Select_select_owner on Select for SELECT
CREATE POLICY "Select_select_owner" ON public."Select"
    FOR SELECT
    TO authenticated
    USING (id = (SELECT auth.uid()));

-- create policy Select_update_owner on Select for UPDATE
CREATE POLICY "Select_update_owner" ON public."Select"
    FOR UPDATE
    TO authenticated
    USING (id = (SELECT auth.uid()))
    WITH CHECK (id = (SELECT auth.uid()));

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_delete_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for DELETE
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_delete_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR DELETE
    TO authenticated
    USING ("aVeryLongColumnVeryLongColumnVeryLongColumn" = (SELECT auth.uid()));

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_insert_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for INSERT
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_insert_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR INSERT
    TO authenticated
    WITH CHECK ("aVeryLongColumnVeryLongColumnVeryLongColumn" = (SELECT auth.uid()));

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_select_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for SELECT
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_select_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR SELECT
    TO authenticated
    USING ("aVeryLongColumnVeryLongColumnVeryLongColumn" = (SELECT auth.uid()));

-- create policy ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_update_owner on ThingVeryLongVeryLongVeryLongVeryLongVeryLongs for UPDATE
CREATE POLICY "ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_update_owner" ON public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    FOR UPDATE
    TO authenticated
    USING ("aVeryLongColumnVeryLongColumnVeryLongColumn" = (SELECT auth.uid()))
    WITH CHECK ("aVeryLongColumnVeryLongColumnVeryLongColumn" = (SELECT auth.uid()));

-- create policy e_delete_owner on e for DELETE
CREATE POLICY e_delete_owner ON public.e
    FOR DELETE
    TO authenticated
    USING ("order" = (SELECT auth.uid()));

-- create policy e_insert_owner on e for INSERT
CREATE POLICY e_insert_owner ON public.e
    FOR INSERT
    TO authenticated
    WITH CHECK ("order" = (SELECT auth.uid()));

-- create policy e_select_owner on e for SELECT
CREATE POLICY e_select_owner ON public.e
    FOR SELECT
    TO authenticated
    USING ("order" = (SELECT auth.uid()));

-- create policy e_update_owner on e for UPDATE
CREATE POLICY e_update_owner ON public.e
    FOR UPDATE
    TO authenticated
    USING ("order" = (SELECT auth.uid()))
    WITH CHECK ("order" = (SELECT auth.uid()));

-- create policy e_e_delete_junction on e_e for DELETE
CREATE POLICY e_e_delete_junction ON public.e_e
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.f AS e WHERE e.id = e_e."fId") AND EXISTS (SELECT 1 FROM public.f AS e WHERE e.id = e_e."relatedFId"));

-- create policy e_e_insert_junction on e_e for INSERT
CREATE POLICY e_e_insert_junction ON public.e_e
    FOR INSERT
    TO authenticated
    WITH CHECK (EXISTS (SELECT 1 FROM public.f AS e WHERE e.id = e_e."fId") AND EXISTS (SELECT 1 FROM public.f AS e WHERE e.id = e_e."relatedFId"));

-- create policy e_e_select_junction on e_e for SELECT
CREATE POLICY e_e_select_junction ON public.e_e
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.f AS e WHERE e.id = e_e."fId") AND EXISTS (SELECT 1 FROM public.f AS e WHERE e.id = e_e."relatedFId"));

-- create policy e_e_update_junction on e_e for UPDATE
CREATE POLICY e_e_update_junction ON public.e_e
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.f AS e WHERE e.id = e_e."fId") AND EXISTS (SELECT 1 FROM public.f AS e WHERE e.id = e_e."relatedFId"))
    WITH CHECK (EXISTS (SELECT 1 FROM public.f AS e WHERE e.id = e_e."fId") AND EXISTS (SELECT 1 FROM public.f AS e WHERE e.id = e_e."relatedFId"));

-- create policy f_delete_parent on f for DELETE
CREATE POLICY f_delete_parent ON public.f
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e));

-- create policy f_insert_parent on f for INSERT
CREATE POLICY f_insert_parent ON public.f
    FOR INSERT
    TO authenticated
    WITH CHECK (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e));

-- create policy f_select_parent on f for SELECT
CREATE POLICY f_select_parent ON public.f
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e));

-- create policy f_update_parent on f for UPDATE
CREATE POLICY f_update_parent ON public.f
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e))
    WITH CHECK (EXISTS (SELECT 1 FROM public.e AS e WHERE e.id = f.e));

-- create policy g.h_delete_shared on g.h for DELETE
CREATE POLICY "g.h_delete_shared" ON public."g.h"
    FOR DELETE
    TO authenticated
    USING (("authorId" = (SELECT auth.uid()) OR "teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user()))));

-- create policy g.h_insert_shared on g.h for INSERT
CREATE POLICY "g.h_insert_shared" ON public."g.h"
    FOR INSERT
    TO authenticated
    WITH CHECK ("authorId" = (SELECT auth.uid()) AND ("teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user())) OR "teamId" IS NULL));

-- create policy g.h_update_shared on g.h for UPDATE
CREATE POLICY "g.h_update_shared" ON public."g.h"
    FOR UPDATE
    TO authenticated
    USING (("authorId" = (SELECT auth.uid()) OR "teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user()))))
    WITH CHECK (("teamId" = ANY (ARRAY(SELECT dbgen.tenants_of_user())) OR ("teamId" IS NULL AND "authorId" = (SELECT auth.uid()))));

-- create policy who's "who" on g.h for SELECT
CREATE POLICY "who's ""who""" ON public."g.h"
    FOR SELECT
    TO anon, authenticated
    USING ("authorId" IS NOT NULL);

-- create policy o'dd "team"_select_tenant on o'dd "team" for SELECT
CREATE POLICY "o'dd ""team""_select_tenant" ON public."o'dd ""team"""
    FOR SELECT
    TO authenticated
    USING (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- create policy o'dd "team"_update_tenant on o'dd "team" for UPDATE
CREATE POLICY "o'dd ""team""_update_tenant" ON public."o'dd ""team"""
    FOR UPDATE
    TO authenticated
    USING (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())))
    WITH CHECK (id = ANY (ARRAY(SELECT dbgen.tenants_of_user())));

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
