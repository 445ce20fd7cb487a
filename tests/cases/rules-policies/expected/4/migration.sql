-- Iteration 4 of desk, made by dbgen 0.1.0
-- Touches 1 table, 2 constraints, 1 index, 1 row security setting, 9 policies
-- Not exact: drop table papers (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.belongings
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.is_shared
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_table

-- drop policy items_delete_parent on items for DELETE
DROP POLICY items_delete_parent ON public.items;

-- drop policy items_insert_parent on items for INSERT
DROP POLICY items_insert_parent ON public.items;

-- drop policy items_select_parent on items for SELECT
DROP POLICY items_select_parent ON public.items;

-- drop policy items_update_parent on items for UPDATE
DROP POLICY items_update_parent ON public.items;

-- drop policy everybody's on papers for SELECT
DROP POLICY "everybody's" ON public.papers;

-- drop policy papers_delete_owner on papers for DELETE
DROP POLICY papers_delete_owner ON public.papers;

-- drop policy papers_insert_owner on papers for INSERT
DROP POLICY papers_insert_owner ON public.papers;

-- drop policy papers_update_owner on papers for UPDATE
DROP POLICY papers_update_owner ON public.papers;

-- turn row level security of papers off
ALTER TABLE public.papers DISABLE ROW LEVEL SECURITY;

-- drop foreign key items (paper_id) to papers (id)
ALTER TABLE public.items DROP CONSTRAINT fk_items_paper_id;

-- drop foreign key papers (author_id) to users (id)
ALTER TABLE public.papers DROP CONSTRAINT fk_papers_author_id;

-- drop index idx_items_paper_id on items
DROP INDEX public.idx_items_paper_id;

-- bring back the rows of items that fk_items_paper_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(4, 'rollback', 'items', 'items.fk_items_paper_id');
    END IF;
END
$dbgen$;

-- create policy items_select_reference on items for SELECT
CREATE POLICY items_select_reference ON public.items
    FOR SELECT
    TO authenticated
    USING (true);

-- keep the rows of papers in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(4, 'forward', 'papers');
END
$dbgen$;

-- drop table papers
DROP TABLE public.papers;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
