-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 constraints
-- The rollback restores everything exactly

-- drop foreign key pages (parent_id) to pages (id)
ALTER TABLE public.pages DROP CONSTRAINT fk_pages_parent_id;

-- bring back the rows of pages that fk_pages_parent_id had refused, if any
-- look for rows of pages that fk_pages_parent_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'pages', 'pages.fk_pages_parent_id');
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'pages', 'fk_pages_parent_id', ARRAY['parent_id'], 'public.pages', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key pages (parent_id) to pages (id)
ALTER TABLE public.pages
    ADD CONSTRAINT fk_pages_parent_id FOREIGN KEY (parent_id) REFERENCES public.pages (id) ON DELETE SET NULL;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
