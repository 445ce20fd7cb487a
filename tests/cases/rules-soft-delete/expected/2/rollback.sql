-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop trigger dbgen_soft_delete on shelves, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.shelves;

-- drop trigger dbgen_soft_delete on books, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.books;

-- drop function dbgen.soft_delete
DROP FUNCTION dbgen.soft_delete;

-- drop function dbgen.restore_row
DROP FUNCTION dbgen.restore_row;

-- keep the values of shelves.deleted_at in dbgen_archive
-- keep the values of books.deleted_at in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'rollback', 'shelves', ARRAY['deleted_at'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'rollback', 'books', ARRAY['deleted_at'], ARRAY['shelf_id', 'number']);
END
$dbgen$;

-- drop column shelves.deleted_at
ALTER TABLE public.shelves DROP COLUMN deleted_at;

-- drop column books.deleted_at
ALTER TABLE public.books DROP COLUMN deleted_at;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
