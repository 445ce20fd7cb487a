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

-- add column users.job VARCHAR(255)
ALTER TABLE public.users ADD COLUMN job VARCHAR(255);

-- add column papers.order VARCHAR(80)
ALTER TABLE public.papers ADD COLUMN "order" VARCHAR(80);

-- bring back the values of users.job that were kept, if any
-- bring back the values of papers.order that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(3, 'forward', 'users', ARRAY['job']);
        PERFORM dbgen.restore_columns(3, 'forward', 'papers', ARRAY['order']);
    END IF;
END
$dbgen$;

-- drop policy papers_update_owner on papers for UPDATE
DROP POLICY papers_update_owner ON public.papers;

-- drop policy everybody's on papers for SELECT
DROP POLICY "everybody's" ON public.papers;

-- drop policy items_update_parent on items for UPDATE
DROP POLICY items_update_parent ON public.items;

-- drop policy items_select_parent on items for SELECT
DROP POLICY items_select_parent ON public.items;

-- drop policy items_insert_parent on items for INSERT
DROP POLICY items_insert_parent ON public.items;

-- drop policy items_delete_parent on items for DELETE
DROP POLICY items_delete_parent ON public.items;

-- rename constraint papers_pkey of papers to notes_pkey
ALTER TABLE public.papers RENAME CONSTRAINT papers_pkey TO notes_pkey;

-- rename index idx_papers_author_id to idx_notes_author_id
ALTER INDEX public.idx_papers_author_id RENAME TO idx_notes_author_id;

-- rename index idx_items_paper_id to idx_items_note_id
ALTER INDEX public.idx_items_paper_id RENAME TO idx_items_note_id;

-- rename policy papers_insert_owner of papers to notes_insert_owner
ALTER POLICY papers_insert_owner ON public.papers RENAME TO notes_insert_owner;

-- rename policy papers_delete_owner of papers to notes_delete_owner
ALTER POLICY papers_delete_owner ON public.papers RENAME TO notes_delete_owner;

-- rename constraint fk_papers_author_id of papers to fk_notes_author_id
ALTER TABLE public.papers RENAME CONSTRAINT fk_papers_author_id TO fk_notes_author_id;

-- rename constraint fk_items_paper_id of items to fk_items_note_id
ALTER TABLE public.items RENAME CONSTRAINT fk_items_paper_id TO fk_items_note_id;

-- rename column papers.place to rank
ALTER TABLE public.papers RENAME COLUMN place TO rank;

-- rename column items.paper_id to note_id
ALTER TABLE public.items RENAME COLUMN paper_id TO note_id;

-- rename table papers to notes
ALTER TABLE public.papers RENAME TO notes;

-- create policy everybody's on notes for SELECT
CREATE POLICY "everybody's" ON public.notes
    FOR SELECT
    USING (rank > 5 AND "order" IS NOT NULL);

-- create policy editors on notes for UPDATE
CREATE POLICY editors ON public.notes
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT FROM users u WHERE u.id = auth.uid() AND u.job = 'editor'))
    WITH CHECK (rank < 10);

-- create policy items_update_parent on items for UPDATE
CREATE POLICY items_update_parent ON public.items
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id AND e.author_id = (SELECT auth.uid())))
    WITH CHECK (EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id AND e.author_id = (SELECT auth.uid())));

-- create policy items_select_parent on items for SELECT
CREATE POLICY items_select_parent ON public.items
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id));

-- create policy items_insert_parent on items for INSERT
CREATE POLICY items_insert_parent ON public.items
    FOR INSERT
    TO authenticated
    WITH CHECK (EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id AND e.author_id = (SELECT auth.uid())));

-- create policy items_delete_parent on items for DELETE
CREATE POLICY items_delete_parent ON public.items
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id AND e.author_id = (SELECT auth.uid())));

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
