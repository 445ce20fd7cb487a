-- Iteration 3 of desk, made by dbgen 0.1.0
-- Touches 3 tables, 2 columns, 4 constraints, 1 index, 2 row security settings, 13 policies
-- Not exact: drop table note_countries (data-kept); drop table secrets (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.portable
-- dbgen.types_of
-- dbgen.back_cast
-- dbgen.cast_row
-- dbgen.enter
-- dbgen.key_of
-- dbgen.known_by
-- dbgen.conflict
-- dbgen.reserve
-- dbgen.seal
-- dbgen.keep_values
-- dbgen.matching
-- dbgen.keep_cast
-- dbgen.mode
-- dbgen.leave
-- dbgen.referrers
-- dbgen.quarantine
-- dbgen.fit
-- dbgen.mark_values
-- dbgen.rows_where
-- dbgen.spared
-- dbgen.before_cast
-- dbgen.belongings
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.is_shared
-- dbgen.refuse_dependents
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

-- turn row level security of note_countries off
ALTER TABLE public.note_countries DISABLE ROW LEVEL SECURITY;

-- turn row level security of secrets off
ALTER TABLE public.secrets DISABLE ROW LEVEL SECURITY;

-- drop foreign key note_countries (country_id) to countries (id)
-- drop foreign key note_countries (note_id) to memos (id)
ALTER TABLE public.note_countries
    DROP CONSTRAINT fk_note_countries_country_id,
    DROP CONSTRAINT fk_note_countries_note_id;

-- look for values of memos.body that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(3, 'forward', 'memos', 'body', 'body::VARCHAR(200)', 'body::TEXT', false);
END
$dbgen$;

-- alter column memos.body: TEXT to VARCHAR(200)
ALTER TABLE public.memos ALTER COLUMN body TYPE VARCHAR(200);

-- bring back the original values of memos.body, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(3, 'rollback', 'memos', 'body');
    END IF;
END
$dbgen$;

-- create policy everybody_reads_public_memos on memos for SELECT
CREATE POLICY everybody_reads_public_memos ON public.memos
    FOR SELECT
    TO anon, authenticated
    USING (is_public AND length(body) > 0);

-- create policy memos_delete_owner on memos for DELETE
CREATE POLICY memos_delete_owner ON public.memos
    FOR DELETE
    TO authenticated
    USING (writer_id = (SELECT auth.uid()));

-- create policy memos_insert_owner on memos for INSERT
CREATE POLICY memos_insert_owner ON public.memos
    FOR INSERT
    TO authenticated
    WITH CHECK (writer_id = (SELECT auth.uid()));

-- create policy memos_update_owner on memos for UPDATE
CREATE POLICY memos_update_owner ON public.memos
    FOR UPDATE
    TO authenticated
    USING (writer_id = (SELECT auth.uid()))
    WITH CHECK (writer_id = (SELECT auth.uid()));

-- create policy auditors on tasks for SELECT
CREATE POLICY auditors ON public.tasks
    FOR SELECT
    TO service_role
    USING (true);

-- keep the rows of note_countries in dbgen_archive
-- keep the rows of secrets in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(3, 'forward', 'note_countries');
    PERFORM dbgen.keep_table(3, 'forward', 'secrets');
END
$dbgen$;

-- drop table note_countries
DROP TABLE public.note_countries;

-- drop table secrets
DROP TABLE public.secrets;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
