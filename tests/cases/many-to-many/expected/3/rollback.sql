-- Rollback of iteration 3 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop foreign key post_people (post_id) to posts (id)
-- drop foreign key post_people (person_id) to people (id)
ALTER TABLE public.post_people
    DROP CONSTRAINT fk_post_people_post_id,
    DROP CONSTRAINT fk_post_people_person_id;

-- drop foreign key person_people (related_person_id) to people (id)
-- drop foreign key person_people (person_id) to people (id)
ALTER TABLE public.person_people
    DROP CONSTRAINT fk_person_people_related_person_id,
    DROP CONSTRAINT fk_person_people_person_id;

-- bring back the rows of post_people that fk_post_people_post_id had refused, if any
-- bring back the rows of post_people that fk_post_people_person_id had refused, if any
-- bring back the rows of person_people that fk_person_people_related_person_id had refused, if any
-- bring back the rows of person_people that fk_person_people_person_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'forward', 'post_people', 'post_people.fk_post_people_post_id');
        PERFORM dbgen.unmend(3, 'forward', 'post_people', 'post_people.fk_post_people_person_id');
        PERFORM dbgen.unmend(3, 'forward', 'person_people', 'person_people.fk_person_people_related_person_id');
        PERFORM dbgen.unmend(3, 'forward', 'person_people', 'person_people.fk_person_people_person_id');
    END IF;
END
$dbgen$;

-- keep the rows of post_people in dbgen_archive
-- keep the rows of person_people in dbgen_archive
-- keep the rows of people in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(3, 'rollback', 'post_people');
    PERFORM dbgen.keep_table(3, 'rollback', 'person_people');
    PERFORM dbgen.keep_table(3, 'rollback', 'people');
END
$dbgen$;

-- drop table post_people
DROP TABLE public.post_people;

-- drop table person_people
DROP TABLE public.person_people;

-- drop table people
DROP TABLE public.people;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 3;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter3_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
