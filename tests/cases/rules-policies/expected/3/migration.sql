-- Iteration 3 of desk, made by dbgen 0.1.0
-- Touches 1 table, 4 columns, 3 constraints, 2 indexes, 14 policies
-- Not exact: drop column papers.order (data-kept); drop column users.job (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.portable
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_columns

-- drop policy items_delete_parent on items for DELETE
DROP POLICY items_delete_parent ON public.items;

-- drop policy items_insert_parent on items for INSERT
DROP POLICY items_insert_parent ON public.items;

-- drop policy items_select_parent on items for SELECT
DROP POLICY items_select_parent ON public.items;

-- drop policy items_update_parent on items for UPDATE
DROP POLICY items_update_parent ON public.items;

-- drop policy editors on notes for UPDATE
DROP POLICY editors ON public.notes;

-- drop policy everybody's on notes for SELECT
DROP POLICY "everybody's" ON public.notes;

-- rename table notes to papers
ALTER TABLE public.notes RENAME TO papers;

-- rename column items.note_id to paper_id
ALTER TABLE public.items RENAME COLUMN note_id TO paper_id;

-- rename column papers.rank to place
ALTER TABLE public.papers RENAME COLUMN rank TO place;

-- rename constraint fk_items_note_id of items to fk_items_paper_id
ALTER TABLE public.items RENAME CONSTRAINT fk_items_note_id TO fk_items_paper_id;

-- rename constraint fk_notes_author_id of papers to fk_papers_author_id
ALTER TABLE public.papers RENAME CONSTRAINT fk_notes_author_id TO fk_papers_author_id;

-- rename policy notes_delete_owner of papers to papers_delete_owner
ALTER POLICY notes_delete_owner ON public.papers RENAME TO papers_delete_owner;

-- rename policy notes_insert_owner of papers to papers_insert_owner
ALTER POLICY notes_insert_owner ON public.papers RENAME TO papers_insert_owner;

-- rename index idx_items_note_id to idx_items_paper_id
ALTER INDEX public.idx_items_note_id RENAME TO idx_items_paper_id;

-- rename index idx_notes_author_id to idx_papers_author_id
ALTER INDEX public.idx_notes_author_id RENAME TO idx_papers_author_id;

-- rename constraint notes_pkey of papers to papers_pkey
ALTER TABLE public.papers RENAME CONSTRAINT notes_pkey TO papers_pkey;

-- create policy items_delete_parent on items for DELETE
CREATE POLICY items_delete_parent ON public.items
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.papers AS e WHERE e.id = items.paper_id AND e.author_id = (SELECT auth.uid())));

-- create policy items_insert_parent on items for INSERT
CREATE POLICY items_insert_parent ON public.items
    FOR INSERT
    TO authenticated
    WITH CHECK (EXISTS (SELECT 1 FROM public.papers AS e WHERE e.id = items.paper_id AND e.author_id = (SELECT auth.uid())));

-- create policy items_select_parent on items for SELECT
CREATE POLICY items_select_parent ON public.items
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.papers AS e WHERE e.id = items.paper_id));

-- create policy items_update_parent on items for UPDATE
CREATE POLICY items_update_parent ON public.items
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.papers AS e WHERE e.id = items.paper_id AND e.author_id = (SELECT auth.uid())))
    WITH CHECK (EXISTS (SELECT 1 FROM public.papers AS e WHERE e.id = items.paper_id AND e.author_id = (SELECT auth.uid())));

-- create policy everybody's on papers for SELECT
CREATE POLICY "everybody's" ON public.papers
    FOR SELECT
    USING (place > 5);

-- create policy papers_update_owner on papers for UPDATE
CREATE POLICY papers_update_owner ON public.papers
    FOR UPDATE
    TO authenticated
    USING (author_id = (SELECT auth.uid()))
    WITH CHECK (author_id = (SELECT auth.uid()));

-- keep the values of papers.order in dbgen_archive
-- keep the values of users.job in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'forward', 'papers', ARRAY['order'], ARRAY['id']);
    PERFORM dbgen.keep_columns(3, 'forward', 'users', ARRAY['job'], ARRAY['id']);
END
$dbgen$;

-- drop column papers.order
ALTER TABLE public.papers DROP COLUMN "order";

-- drop column users.job
ALTER TABLE public.users DROP COLUMN job;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
