-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 3 columns, 4 constraints, 2 grants, 1 trigger
-- The rollback restores everything exactly

-- rename table shelves to racks
ALTER TABLE public.shelves RENAME TO racks;

-- rename constraint shelves_pkey of racks to racks_pkey
ALTER TABLE public.racks RENAME CONSTRAINT shelves_pkey TO racks_pkey;

-- rename constraint uq_shelves_name of racks to uq_racks_name
ALTER TABLE public.racks RENAME CONSTRAINT uq_shelves_name TO uq_racks_name;

-- drop foreign key books (shelf_id) to racks (id)
ALTER TABLE public.books DROP CONSTRAINT fk_books_shelf_id;

-- bring back the rows of books that fk_books_shelf_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'rollback', 'books', 'books.fk_books_shelf_id');
    END IF;
END
$dbgen$;

-- create table tags
CREATE TABLE public.tags (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    deleted_at TIMESTAMPTZ,
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.tags IS 'Created in iteration 3 for shop module';
REVOKE ALL ON TABLE public.tags FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.tags TO authenticated, service_role;

-- add column books.place TEXT
ALTER TABLE public.books ADD COLUMN place TEXT;

-- bring back the rows of tags that were kept, if any
-- bring back the values of books.place that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(3, 'rollback', 'tags');
        PERFORM dbgen.restore_columns(3, 'rollback', 'books', ARRAY['place']);
    END IF;
END
$dbgen$;

-- create trigger dbgen_soft_delete on tags, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.tags
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
