-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
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

-- look for rows of notes that fk_notes_owner_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'notes', 'fk_notes_owner_id', ARRAY['owner_id'], 'auth.users', ARRAY['id']);
    END IF;
END
$dbgen$;

-- drop index idx_notes_editor_id on notes
DROP INDEX public.idx_notes_editor_id;

-- drop foreign key notes (owner_id) to auth.users (id)
ALTER TABLE public.notes DROP CONSTRAINT fk_notes_owner_id;

-- bring back the rows of notes that fk_notes_owner_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'notes', 'notes.fk_notes_owner_id');
    END IF;
END
$dbgen$;

-- drop foreign key notes (editor_id) to auth.users (id)
ALTER TABLE public.notes DROP CONSTRAINT fk_notes_editor_id;

-- bring back the rows of notes that fk_notes_editor_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'notes', 'notes.fk_notes_editor_id');
    END IF;
END
$dbgen$;

-- keep the values of notes.editor_id in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'rollback', 'notes', ARRAY['editor_id'], ARRAY['id']);
END
$dbgen$;

-- drop column notes.editor_id
-- add foreign key notes (owner_id) to auth.users (id)
ALTER TABLE public.notes
    DROP COLUMN editor_id,
    ADD CONSTRAINT fk_notes_owner_id FOREIGN KEY (owner_id) REFERENCES auth.users (id);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
