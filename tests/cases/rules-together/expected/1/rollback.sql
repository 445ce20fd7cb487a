-- Rollback of iteration 1 of desk, made by dbgen 0.1.0
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

-- drop foreign key tasks (organization_id) to organizations (id)
ALTER TABLE public.tasks DROP CONSTRAINT fk_tasks_organization_id;

-- drop foreign key notes (author_id) to users (id)
ALTER TABLE public.notes DROP CONSTRAINT fk_notes_author_id;

-- drop foreign key note_countries (note_id) to notes (id)
-- drop foreign key note_countries (country_id) to countries (id)
ALTER TABLE public.note_countries
    DROP CONSTRAINT fk_note_countries_note_id,
    DROP CONSTRAINT fk_note_countries_country_id;

-- drop foreign key memberships (user_id) to users (id)
-- drop foreign key memberships (organization_id) to organizations (id)
ALTER TABLE public.memberships
    DROP CONSTRAINT fk_memberships_user_id,
    DROP CONSTRAINT fk_memberships_organization_id;

-- bring back the rows of tasks that fk_tasks_organization_id had refused, if any
-- bring back the rows of notes that fk_notes_author_id had refused, if any
-- bring back the rows of note_countries that fk_note_countries_note_id had refused, if any
-- bring back the rows of note_countries that fk_note_countries_country_id had refused, if any
-- bring back the rows of memberships that fk_memberships_user_id had refused, if any
-- bring back the rows of memberships that fk_memberships_organization_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'tasks', 'tasks.fk_tasks_organization_id');
        PERFORM dbgen.unmend(1, 'forward', 'notes', 'notes.fk_notes_author_id');
        PERFORM dbgen.unmend(1, 'forward', 'note_countries', 'note_countries.fk_note_countries_note_id');
        PERFORM dbgen.unmend(1, 'forward', 'note_countries', 'note_countries.fk_note_countries_country_id');
        PERFORM dbgen.unmend(1, 'forward', 'memberships', 'memberships.fk_memberships_user_id');
        PERFORM dbgen.unmend(1, 'forward', 'memberships', 'memberships.fk_memberships_organization_id');
    END IF;
END
$dbgen$;

-- keep the rows of users in dbgen_archive
-- keep the rows of tasks in dbgen_archive
-- keep the rows of organizations in dbgen_archive
-- keep the rows of notes in dbgen_archive
-- keep the rows of note_countries in dbgen_archive
-- keep the rows of memberships in dbgen_archive
-- keep the rows of countries in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'users');
    PERFORM dbgen.keep_table(1, 'rollback', 'tasks');
    PERFORM dbgen.keep_table(1, 'rollback', 'organizations');
    PERFORM dbgen.keep_table(1, 'rollback', 'notes');
    PERFORM dbgen.keep_table(1, 'rollback', 'note_countries');
    PERFORM dbgen.keep_table(1, 'rollback', 'memberships');
    PERFORM dbgen.keep_table(1, 'rollback', 'countries');
END
$dbgen$;

-- drop table users
DROP TABLE public.users;

-- drop table tasks
DROP TABLE public.tasks;

-- drop table organizations
DROP TABLE public.organizations;

-- drop table notes
DROP TABLE public.notes;

-- drop table note_countries
DROP TABLE public.note_countries;

-- drop table memberships
DROP TABLE public.memberships;

-- drop table countries
DROP TABLE public.countries;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 1;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter1_desk';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
