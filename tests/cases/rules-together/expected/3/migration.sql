-- Iteration 3 of desk, made by dbgen 0.1.0
-- Touches 2 tables, 2 columns, 4 constraints, 2 indexes, 1 row security setting, 12 policies, 1 trigger
-- Not exact: drop column memos.is_public (data-kept); drop table note_countries (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.belongings
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.is_shared
-- dbgen.portable
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_columns
-- dbgen.keep_table

-- drop policy note_countries_delete_junction on note_countries for DELETE
DROP POLICY note_countries_delete_junction ON public.note_countries;

-- drop policy note_countries_insert_junction on note_countries for INSERT
DROP POLICY note_countries_insert_junction ON public.note_countries;

-- drop policy note_countries_select_junction on note_countries for SELECT
DROP POLICY note_countries_select_junction ON public.note_countries;

-- drop policy note_countries_update_junction on note_countries for UPDATE
DROP POLICY note_countries_update_junction ON public.note_countries;

-- drop policy notes_delete_owner on notes for DELETE
DROP POLICY notes_delete_owner ON public.notes;

-- drop policy notes_insert_owner on notes for INSERT
DROP POLICY notes_insert_owner ON public.notes;

-- drop policy notes_select_owner on notes for SELECT
DROP POLICY notes_select_owner ON public.notes;

-- drop policy notes_update_owner on notes for UPDATE
DROP POLICY notes_update_owner ON public.notes;

-- rename table notes to memos
ALTER TABLE public.notes RENAME TO memos;

-- rename column memos.author_id to writer_id
ALTER TABLE public.memos RENAME COLUMN author_id TO writer_id;

-- rename constraint fk_notes_author_id of memos to fk_memos_writer_id
ALTER TABLE public.memos RENAME CONSTRAINT fk_notes_author_id TO fk_memos_writer_id;

-- rename index idx_notes_author_id to idx_memos_writer_id
ALTER INDEX public.idx_notes_author_id RENAME TO idx_memos_writer_id;

-- rename constraint notes_pkey of memos to memos_pkey
ALTER TABLE public.memos RENAME CONSTRAINT notes_pkey TO memos_pkey;

-- drop trigger dbgen_audit on note_countries, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.note_countries;

-- turn row level security of note_countries off
-- drop foreign key note_countries (country_id) to countries (id)
-- drop foreign key note_countries (note_id) to memos (id)
ALTER TABLE public.note_countries
    DISABLE ROW LEVEL SECURITY,
    DROP CONSTRAINT fk_note_countries_country_id,
    DROP CONSTRAINT fk_note_countries_note_id;

-- drop index idx_notes_author_id_body on memos
DROP INDEX public.idx_notes_author_id_body;

-- create policy memos_delete_owner on memos for DELETE
CREATE POLICY memos_delete_owner ON public.memos
    FOR DELETE
    TO authenticated
    USING (writer_id = (SELECT auth.uid()) AND deleted_at IS NULL);

-- create policy memos_insert_owner on memos for INSERT
CREATE POLICY memos_insert_owner ON public.memos
    FOR INSERT
    TO authenticated
    WITH CHECK (writer_id = (SELECT auth.uid()));

-- create policy memos_select_owner on memos for SELECT
CREATE POLICY memos_select_owner ON public.memos
    FOR SELECT
    TO authenticated
    USING (writer_id = (SELECT auth.uid()) AND deleted_at IS NULL);

-- create policy memos_update_owner on memos for UPDATE
CREATE POLICY memos_update_owner ON public.memos
    FOR UPDATE
    TO authenticated
    USING (writer_id = (SELECT auth.uid()) AND deleted_at IS NULL)
    WITH CHECK (writer_id = (SELECT auth.uid()));

-- keep the values of memos.is_public in dbgen_archive
-- keep the rows of note_countries in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'forward', 'memos', ARRAY['is_public'], ARRAY['id']);
    PERFORM dbgen.keep_table(3, 'forward', 'note_countries');
END
$dbgen$;

-- drop column memos.is_public
ALTER TABLE public.memos DROP COLUMN is_public;

-- drop table note_countries
DROP TABLE public.note_countries;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
