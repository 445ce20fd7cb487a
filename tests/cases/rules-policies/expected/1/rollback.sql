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

-- drop policy users_update_owner on users for UPDATE
DROP POLICY users_update_owner ON public.users;

-- drop policy users_select_owner on users for SELECT
DROP POLICY users_select_owner ON public.users;

-- drop policy users_insert_owner on users for INSERT
DROP POLICY users_insert_owner ON public.users;

-- drop policy users_delete_owner on users for DELETE
DROP POLICY users_delete_owner ON public.users;

-- drop policy notes_insert_owner on notes for INSERT
DROP POLICY notes_insert_owner ON public.notes;

-- drop policy notes_delete_owner on notes for DELETE
DROP POLICY notes_delete_owner ON public.notes;

-- drop policy everybody's on notes for SELECT
DROP POLICY "everybody's" ON public.notes;

-- drop policy editors on notes for UPDATE
DROP POLICY editors ON public.notes;

-- drop policy items_update_parent on items for UPDATE
DROP POLICY items_update_parent ON public.items;

-- drop policy items_select_parent on items for SELECT
DROP POLICY items_select_parent ON public.items;

-- drop policy items_insert_parent on items for INSERT
DROP POLICY items_insert_parent ON public.items;

-- drop policy items_delete_parent on items for DELETE
DROP POLICY items_delete_parent ON public.items;

-- turn row level security of users off
ALTER TABLE public.users DISABLE ROW LEVEL SECURITY;

-- turn row level security of notes off
ALTER TABLE public.notes DISABLE ROW LEVEL SECURITY;

-- turn row level security of items off
ALTER TABLE public.items DISABLE ROW LEVEL SECURITY;

-- drop foreign key notes (author_id) to users (id)
ALTER TABLE public.notes DROP CONSTRAINT fk_notes_author_id;

-- drop foreign key items (note_id) to notes (id)
ALTER TABLE public.items DROP CONSTRAINT fk_items_note_id;

-- bring back the rows of notes that fk_notes_author_id had refused, if any
-- bring back the rows of items that fk_items_note_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'notes', 'notes.fk_notes_author_id');
        PERFORM dbgen.unmend(1, 'forward', 'items', 'items.fk_items_note_id');
    END IF;
END
$dbgen$;

-- keep the rows of users in dbgen_archive
-- keep the rows of notes in dbgen_archive
-- keep the rows of items in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'users');
    PERFORM dbgen.keep_table(1, 'rollback', 'notes');
    PERFORM dbgen.keep_table(1, 'rollback', 'items');
END
$dbgen$;

-- drop table users
DROP TABLE public.users;

-- drop table notes
DROP TABLE public.notes;

-- drop table items
DROP TABLE public.items;

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
