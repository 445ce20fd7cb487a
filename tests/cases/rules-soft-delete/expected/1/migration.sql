-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 4 columns, 4 constraints, 4 grants
-- The rollback restores everything exactly

-- create table books
CREATE TABLE public.books (
    shelf_id UUID NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (shelf_id, number)
);
COMMENT ON TABLE public.books IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.books FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.books TO authenticated, service_role;

-- create table shelves
CREATE TABLE public.shelves (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80),
    PRIMARY KEY (id),
    CONSTRAINT uq_shelves_name UNIQUE (name)
);
COMMENT ON TABLE public.shelves IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.shelves FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.shelves TO authenticated, service_role;

-- bring back the rows of books that were kept, if any
-- bring back the rows of shelves that were kept, if any
-- look for rows of books that fk_books_shelf_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'books');
        PERFORM dbgen.restore_table(1, 'rollback', 'shelves');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'books', 'fk_books_shelf_id', ARRAY['shelf_id'], 'public.shelves', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key books (shelf_id) to shelves (id)
ALTER TABLE public.books
    ADD CONSTRAINT fk_books_shelf_id FOREIGN KEY (shelf_id) REFERENCES public.shelves (id) ON DELETE CASCADE;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
