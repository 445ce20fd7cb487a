-- Rollback of iteration 3 of desk, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- create table note_countries
CREATE TABLE public.note_countries (
    note_id UUID NOT NULL,
    country_id UUID NOT NULL,
    PRIMARY KEY (note_id, country_id)
);
CREATE INDEX idx_note_countries_country_id ON public.note_countries (country_id);
COMMENT ON TABLE public.note_countries IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.note_countries FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.note_countries TO authenticated, service_role;

-- add column memos.is_public BOOLEAN
ALTER TABLE public.memos ADD COLUMN is_public BOOLEAN NOT NULL DEFAULT false;

-- bring back the rows of note_countries that were kept, if any
-- bring back the values of memos.is_public that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(3, 'forward', 'note_countries');
        PERFORM dbgen.restore_columns(3, 'forward', 'memos', ARRAY['is_public']);
    END IF;
END
$dbgen$;

-- drop policy memos_update_owner on memos for UPDATE
DROP POLICY memos_update_owner ON public.memos;

-- drop policy memos_select_owner on memos for SELECT
DROP POLICY memos_select_owner ON public.memos;

-- drop policy memos_insert_owner on memos for INSERT
DROP POLICY memos_insert_owner ON public.memos;

-- drop policy memos_delete_owner on memos for DELETE
DROP POLICY memos_delete_owner ON public.memos;

-- create unique index idx_notes_author_id_body on memos (writer_id, body)
CREATE UNIQUE INDEX idx_notes_author_id_body ON public.memos (writer_id, body) WHERE deleted_at IS NULL;

-- add foreign key note_countries (note_id) to memos (id)
-- add foreign key note_countries (country_id) to countries (id)
-- turn row level security of note_countries on
ALTER TABLE public.note_countries
    ADD CONSTRAINT fk_note_countries_note_id FOREIGN KEY (note_id) REFERENCES public.memos (id) ON DELETE CASCADE,
    ADD CONSTRAINT fk_note_countries_country_id FOREIGN KEY (country_id) REFERENCES public.countries (id) ON DELETE CASCADE,
    ENABLE ROW LEVEL SECURITY;

-- create trigger dbgen_audit on note_countries, AFTER DELETE or INSERT or UPDATE
CREATE TRIGGER dbgen_audit
    AFTER DELETE OR INSERT OR UPDATE ON public.note_countries
    FOR EACH ROW
    EXECUTE FUNCTION dbgen.audit('{"note_id","country_id"}', '{}');

-- rename constraint memos_pkey of memos to notes_pkey
ALTER TABLE public.memos RENAME CONSTRAINT memos_pkey TO notes_pkey;

-- rename index idx_memos_writer_id to idx_notes_author_id
ALTER INDEX public.idx_memos_writer_id RENAME TO idx_notes_author_id;

-- rename constraint fk_memos_writer_id of memos to fk_notes_author_id
ALTER TABLE public.memos RENAME CONSTRAINT fk_memos_writer_id TO fk_notes_author_id;

-- rename column memos.writer_id to author_id
ALTER TABLE public.memos RENAME COLUMN writer_id TO author_id;

-- rename table memos to notes
ALTER TABLE public.memos RENAME TO notes;

-- create policy notes_update_owner on notes for UPDATE
CREATE POLICY notes_update_owner ON public.notes
    FOR UPDATE
    TO authenticated
    USING (author_id = (SELECT auth.uid()) AND deleted_at IS NULL)
    WITH CHECK (author_id = (SELECT auth.uid()));

-- create policy notes_select_owner on notes for SELECT
CREATE POLICY notes_select_owner ON public.notes
    FOR SELECT
    TO authenticated
    USING (author_id = (SELECT auth.uid()) AND deleted_at IS NULL);

-- create policy notes_insert_owner on notes for INSERT
CREATE POLICY notes_insert_owner ON public.notes
    FOR INSERT
    TO authenticated
    WITH CHECK (author_id = (SELECT auth.uid()));

-- create policy notes_delete_owner on notes for DELETE
CREATE POLICY notes_delete_owner ON public.notes
    FOR DELETE
    TO authenticated
    USING (author_id = (SELECT auth.uid()) AND deleted_at IS NULL);

-- create policy note_countries_update_junction on note_countries for UPDATE
CREATE POLICY note_countries_update_junction ON public.note_countries
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.countries AS e WHERE e.id = note_countries.country_id) AND EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = note_countries.note_id))
    WITH CHECK (EXISTS (SELECT 1 FROM public.countries AS e WHERE e.id = note_countries.country_id) AND EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = note_countries.note_id));

-- create policy note_countries_select_junction on note_countries for SELECT
CREATE POLICY note_countries_select_junction ON public.note_countries
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.countries AS e WHERE e.id = note_countries.country_id) AND EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = note_countries.note_id));

-- create policy note_countries_insert_junction on note_countries for INSERT
CREATE POLICY note_countries_insert_junction ON public.note_countries
    FOR INSERT
    TO authenticated
    WITH CHECK (EXISTS (SELECT 1 FROM public.countries AS e WHERE e.id = note_countries.country_id) AND EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = note_countries.note_id));

-- create policy note_countries_delete_junction on note_countries for DELETE
CREATE POLICY note_countries_delete_junction ON public.note_countries
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.countries AS e WHERE e.id = note_countries.country_id) AND EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = note_countries.note_id));

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 3;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter3_desk';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
