-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 column, 3 constraints, 1 index
-- The rollback restores everything exactly

-- drop foreign key pages (parent_id) to pages (id)
ALTER TABLE public.pages DROP CONSTRAINT fk_pages_parent_id;

-- bring back the rows of pages that fk_pages_parent_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'rollback', 'pages', 'pages.fk_pages_parent_id');
    END IF;
END
$dbgen$;

-- add column pages.origin_id UUID
ALTER TABLE public.pages ADD COLUMN origin_id UUID;

-- bring back the values of pages.origin_id that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(3, 'rollback', 'pages', ARRAY['origin_id']);
    END IF;
END
$dbgen$;

-- create index idx_pages_origin_id on pages (origin_id)
CREATE INDEX idx_pages_origin_id ON public.pages (origin_id);

-- look for rows of pages that fk_pages_origin_id would refuse
-- look for rows of pages that fk_pages_parent_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(3, 'forward', 'pages', 'fk_pages_origin_id', ARRAY['origin_id'], 'public.pages', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(3, 'forward', 'pages', 'fk_pages_parent_id', ARRAY['parent_id'], 'public.pages', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key pages (origin_id) to pages (id)
-- add foreign key pages (parent_id) to pages (id)
ALTER TABLE public.pages
    ADD CONSTRAINT fk_pages_origin_id FOREIGN KEY (origin_id) REFERENCES public.pages (id) ON DELETE RESTRICT,
    ADD CONSTRAINT fk_pages_parent_id FOREIGN KEY (parent_id) REFERENCES public.pages (id) ON DELETE CASCADE;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
