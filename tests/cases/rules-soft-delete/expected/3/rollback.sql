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

-- drop trigger dbgen_soft_delete on tags, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.tags;

-- keep the values of books.place in dbgen_archive
-- keep the rows of tags in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'rollback', 'books', ARRAY['place'], ARRAY['shelf_id', 'number']);
    PERFORM dbgen.keep_table(3, 'rollback', 'tags');
END
$dbgen$;

-- drop column books.place
ALTER TABLE public.books DROP COLUMN place;

-- drop table tags
DROP TABLE public.tags;

-- look for rows of books that fk_books_shelf_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(3, 'rollback', 'books', 'fk_books_shelf_id', ARRAY['shelf_id'], 'public.racks', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key books (shelf_id) to racks (id)
ALTER TABLE public.books
    ADD CONSTRAINT fk_books_shelf_id FOREIGN KEY (shelf_id) REFERENCES public.racks (id) ON DELETE CASCADE;

-- rename constraint uq_racks_name of racks to uq_shelves_name
ALTER TABLE public.racks RENAME CONSTRAINT uq_racks_name TO uq_shelves_name;

-- rename constraint racks_pkey of racks to shelves_pkey
ALTER TABLE public.racks RENAME CONSTRAINT racks_pkey TO shelves_pkey;

-- rename table racks to shelves
ALTER TABLE public.racks RENAME TO shelves;

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
