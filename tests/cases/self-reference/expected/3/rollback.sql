-- Rollback of iteration 3 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop foreign key pages (parent_id) to pages (id)
-- drop foreign key pages (origin_id) to pages (id)
ALTER TABLE public.pages
    DROP CONSTRAINT fk_pages_parent_id,
    DROP CONSTRAINT fk_pages_origin_id;

-- bring back the rows of pages that fk_pages_parent_id had refused, if any
-- bring back the rows of pages that fk_pages_origin_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'forward', 'pages', 'pages.fk_pages_parent_id');
        PERFORM dbgen.unmend(3, 'forward', 'pages', 'pages.fk_pages_origin_id');
    END IF;
END
$dbgen$;

-- drop index idx_pages_origin_id on pages
DROP INDEX public.idx_pages_origin_id;

-- keep the values of pages.origin_id in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'rollback', 'pages', ARRAY['origin_id'], ARRAY['id']);
END
$dbgen$;

-- drop column pages.origin_id
ALTER TABLE public.pages DROP COLUMN origin_id;

-- look for rows of pages that fk_pages_parent_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(3, 'rollback', 'pages', 'fk_pages_parent_id', ARRAY['parent_id'], 'public.pages', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key pages (parent_id) to pages (id)
ALTER TABLE public.pages
    ADD CONSTRAINT fk_pages_parent_id FOREIGN KEY (parent_id) REFERENCES public.pages (id) ON DELETE SET NULL;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 3;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter3_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
