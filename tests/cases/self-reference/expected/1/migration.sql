-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 3 columns, 2 constraints, 1 index, 2 grants
-- The rollback restores everything exactly

-- create table pages
CREATE TABLE public.pages (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    title VARCHAR(80) NOT NULL,
    parent_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_pages_parent_id ON public.pages (parent_id);
COMMENT ON TABLE public.pages IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.pages FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.pages TO authenticated, service_role;

-- bring back the rows of pages that were kept, if any
-- look for rows of pages that fk_pages_parent_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'pages');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'pages', 'fk_pages_parent_id', ARRAY['parent_id'], 'public.pages', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key pages (parent_id) to pages (id)
ALTER TABLE public.pages
    ADD CONSTRAINT fk_pages_parent_id FOREIGN KEY (parent_id) REFERENCES public.pages (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
