-- Rollback of iteration 4 of desk, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 4) THEN
            RAISE EXCEPTION 'iteration 4 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- create table papers
CREATE TABLE public.papers (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    author_id UUID NOT NULL,
    place BIGINT DEFAULT 0,
    PRIMARY KEY (id)
);
CREATE INDEX idx_papers_author_id ON public.papers (author_id);
COMMENT ON TABLE public.papers IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.papers FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.papers TO anon, authenticated, service_role;

-- bring back the rows of papers that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(4, 'forward', 'papers');
    END IF;
END
$dbgen$;

-- drop policy items_select_reference on items for SELECT
DROP POLICY items_select_reference ON public.items;

-- look for rows of items that fk_items_paper_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(4, 'rollback', 'items', 'fk_items_paper_id', ARRAY['paper_id'], 'public.papers', ARRAY['id']);
    END IF;
END
$dbgen$;

-- create index idx_items_paper_id on items (paper_id)
CREATE INDEX idx_items_paper_id ON public.items (paper_id);

-- add foreign key papers (author_id) to users (id)
ALTER TABLE public.papers
    ADD CONSTRAINT fk_papers_author_id FOREIGN KEY (author_id) REFERENCES public.users (id);

-- add foreign key items (paper_id) to papers (id)
ALTER TABLE public.items
    ADD CONSTRAINT fk_items_paper_id FOREIGN KEY (paper_id) REFERENCES public.papers (id);

-- turn row level security of papers on
ALTER TABLE public.papers ENABLE ROW LEVEL SECURITY;

-- create policy papers_update_owner on papers for UPDATE
CREATE POLICY papers_update_owner ON public.papers
    FOR UPDATE
    TO authenticated
    USING (author_id = (SELECT auth.uid()))
    WITH CHECK (author_id = (SELECT auth.uid()));

-- create policy papers_insert_owner on papers for INSERT
CREATE POLICY papers_insert_owner ON public.papers
    FOR INSERT
    TO authenticated
    WITH CHECK (author_id = (SELECT auth.uid()));

-- create policy papers_delete_owner on papers for DELETE
CREATE POLICY papers_delete_owner ON public.papers
    FOR DELETE
    TO authenticated
    USING (author_id = (SELECT auth.uid()));

-- create policy everybody's on papers for SELECT
CREATE POLICY "everybody's" ON public.papers
    FOR SELECT
    USING (place > 5);

-- create policy items_update_parent on items for UPDATE
CREATE POLICY items_update_parent ON public.items
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.papers AS e WHERE e.id = items.paper_id AND e.author_id = (SELECT auth.uid())))
    WITH CHECK (EXISTS (SELECT 1 FROM public.papers AS e WHERE e.id = items.paper_id AND e.author_id = (SELECT auth.uid())));

-- create policy items_select_parent on items for SELECT
CREATE POLICY items_select_parent ON public.items
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.papers AS e WHERE e.id = items.paper_id));

-- create policy items_insert_parent on items for INSERT
CREATE POLICY items_insert_parent ON public.items
    FOR INSERT
    TO authenticated
    WITH CHECK (EXISTS (SELECT 1 FROM public.papers AS e WHERE e.id = items.paper_id AND e.author_id = (SELECT auth.uid())));

-- create policy items_delete_parent on items for DELETE
CREATE POLICY items_delete_parent ON public.items
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.papers AS e WHERE e.id = items.paper_id AND e.author_id = (SELECT auth.uid())));

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 4;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter4_desk';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
