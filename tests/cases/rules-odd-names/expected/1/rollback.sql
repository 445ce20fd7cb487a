-- Rollback of iteration 1 of m, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 1) THEN
            RAISE EXCEPTION 'iteration 1 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

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

-- drop policy f_insert_parent on f for INSERT
DROP POLICY f_insert_parent ON public.f;

-- drop policy f_delete_parent on f for DELETE
DROP POLICY f_delete_parent ON public.f;

-- drop policy e_e_update_junction on e_e for UPDATE
DROP POLICY e_e_update_junction ON public.e_e;

-- drop policy e_e_select_junction on e_e for SELECT
DROP POLICY e_e_select_junction ON public.e_e;

-- drop policy e_e_insert_junction on e_e for INSERT
DROP POLICY e_e_insert_junction ON public.e_e;

-- drop policy e_e_delete_junction on e_e for DELETE
DROP POLICY e_e_delete_junction ON public.e_e;

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

-- drop policy E-G_update_junction on E-G for UPDATE
DROP POLICY "E-G_update_junction" ON public."E-G";

-- drop policy E-G_select_junction on E-G for SELECT
DROP POLICY "E-G_select_junction" ON public."E-G";

-- drop policy E-G_insert_junction on E-G for INSERT
DROP POLICY "E-G_insert_junction" ON public."E-G";

-- drop policy E-G_delete_junction on E-G for DELETE
DROP POLICY "E-G_delete_junction" ON public."E-G";

-- turn row level security of o'dd "team" off
ALTER TABLE public."o'dd ""team""" DISABLE ROW LEVEL SECURITY;

-- turn row level security of g.h off
ALTER TABLE public."g.h" DISABLE ROW LEVEL SECURITY;

-- turn row level security of f off
ALTER TABLE public.f DISABLE ROW LEVEL SECURITY;

-- turn row level security of e_e off
ALTER TABLE public.e_e DISABLE ROW LEVEL SECURITY;

-- turn row level security of e off
ALTER TABLE public.e DISABLE ROW LEVEL SECURITY;

-- turn row level security of ThingVeryLongVeryLongVeryLongVeryLongVeryLongs off
ALTER TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs" DISABLE ROW LEVEL SECURITY;

-- turn row level security of Select off
ALTER TABLE public."Select" DISABLE ROW LEVEL SECURITY;

-- turn row level security of Memberships off
ALTER TABLE public."Memberships" DISABLE ROW LEVEL SECURITY;

-- turn row level security of E-G off
ALTER TABLE public."E-G" DISABLE ROW LEVEL SECURITY;

-- drop foreign key g.h (teamId) to o'dd "team" (id)
-- drop foreign key g.h (authorId) to Select (id)
ALTER TABLE public."g.h"
    DROP CONSTRAINT "fk_g.h_teamId",
    DROP CONSTRAINT "fk_g.h_authorId";

-- drop foreign key f (e) to e (id)
ALTER TABLE public.f DROP CONSTRAINT fk_f_e;

-- drop foreign key e_e (relatedFId) to f (id)
-- drop foreign key e_e (fId) to f (id)
ALTER TABLE public.e_e
    DROP CONSTRAINT "fk_e_e_relatedFId",
    DROP CONSTRAINT "fk_e_e_fId";

-- drop foreign key e (order) to Select (id)
ALTER TABLE public.e DROP CONSTRAINT fk_e_order;

-- drop foreign key ThingVeryLongVeryLongVeryLongVeryLongVeryLongs (aVeryLongColumnVeryLongColumnVeryLongColumn) to Select (id)
ALTER TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs"
    DROP CONSTRAINT "fk_ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_aVer_02516ffd";

-- drop foreign key Memberships (userId) to Select (id)
-- drop foreign key Memberships (teamId) to o'dd "team" (id)
ALTER TABLE public."Memberships"
    DROP CONSTRAINT "fk_Memberships_userId",
    DROP CONSTRAINT "fk_Memberships_teamId";

-- drop foreign key E-G (gId) to g.h (id)
-- drop foreign key E-G (eId) to e (id)
ALTER TABLE public."E-G"
    DROP CONSTRAINT "fk_E-G_gId",
    DROP CONSTRAINT "fk_E-G_eId";

-- bring back the rows of g.h that fk_g.h_teamId had refused, if any
-- bring back the rows of g.h that fk_g.h_authorId had refused, if any
-- bring back the rows of f that fk_f_e had refused, if any
-- bring back the rows of e_e that fk_e_e_relatedFId had refused, if any
-- bring back the rows of e_e that fk_e_e_fId had refused, if any
-- bring back the rows of e that fk_e_order had refused, if any
-- bring back the rows of ThingVeryLongVeryLongVeryLongVeryLongVeryLongs that fk_ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_aVer_02516ffd had refused, if any
-- bring back the rows of Memberships that fk_Memberships_userId had refused, if any
-- bring back the rows of Memberships that fk_Memberships_teamId had refused, if any
-- bring back the rows of E-G that fk_E-G_gId had refused, if any
-- bring back the rows of E-G that fk_E-G_eId had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'g.h', 'g.h.fk_g.h_teamId');
        PERFORM dbgen.unmend(1, 'forward', 'g.h', 'g.h.fk_g.h_authorId');
        PERFORM dbgen.unmend(1, 'forward', 'f', 'f.fk_f_e');
        PERFORM dbgen.unmend(1, 'forward', 'e_e', 'e_e.fk_e_e_relatedFId');
        PERFORM dbgen.unmend(1, 'forward', 'e_e', 'e_e.fk_e_e_fId');
        PERFORM dbgen.unmend(1, 'forward', 'e', 'e.fk_e_order');
        PERFORM dbgen.unmend(1, 'forward', 'ThingVeryLongVeryLongVeryLongVeryLongVeryLongs', 'ThingVeryLongVeryLongVeryLongVeryLongVeryLongs.fk_ThingVeryLongVeryLongVeryLongVeryLongVeryLongs_aVer_02516ffd');
        PERFORM dbgen.unmend(1, 'forward', 'Memberships', 'Memberships.fk_Memberships_userId');
        PERFORM dbgen.unmend(1, 'forward', 'Memberships', 'Memberships.fk_Memberships_teamId');
        PERFORM dbgen.unmend(1, 'forward', 'E-G', 'E-G.fk_E-G_gId');
        PERFORM dbgen.unmend(1, 'forward', 'E-G', 'E-G.fk_E-G_eId');
    END IF;
END
$dbgen$;

-- drop function dbgen.tenants_of_user
DROP FUNCTION dbgen.tenants_of_user;

-- keep the rows of o'dd "team" in dbgen_archive
-- keep the rows of g.h in dbgen_archive
-- keep the rows of f in dbgen_archive
-- keep the rows of e_e in dbgen_archive
-- keep the rows of e in dbgen_archive
-- keep the rows of ThingVeryLongVeryLongVeryLongVeryLongVeryLongs in dbgen_archive
-- keep the rows of Select in dbgen_archive
-- keep the rows of Memberships in dbgen_archive
-- keep the rows of E-G in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'o''dd "team"');
    PERFORM dbgen.keep_table(1, 'rollback', 'g.h');
    PERFORM dbgen.keep_table(1, 'rollback', 'f');
    PERFORM dbgen.keep_table(1, 'rollback', 'e_e');
    PERFORM dbgen.keep_table(1, 'rollback', 'e');
    PERFORM dbgen.keep_table(1, 'rollback', 'ThingVeryLongVeryLongVeryLongVeryLongVeryLongs');
    PERFORM dbgen.keep_table(1, 'rollback', 'Select');
    PERFORM dbgen.keep_table(1, 'rollback', 'Memberships');
    PERFORM dbgen.keep_table(1, 'rollback', 'E-G');
END
$dbgen$;

-- drop table o'dd "team"
DROP TABLE public."o'dd ""team""";

-- drop table g.h
DROP TABLE public."g.h";

-- drop table f
DROP TABLE public.f;

-- drop table e_e
DROP TABLE public.e_e;

-- drop table e
DROP TABLE public.e;

-- drop table ThingVeryLongVeryLongVeryLongVeryLongVeryLongs
DROP TABLE public."ThingVeryLongVeryLongVeryLongVeryLongVeryLongs";

-- drop table Select
DROP TABLE public."Select";

-- drop table Memberships
DROP TABLE public."Memberships";

-- drop table E-G
DROP TABLE public."E-G";

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 1;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter1_m';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
