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

-- add column docs.title VARCHAR(60)
ALTER TABLE public.docs ADD COLUMN title VARCHAR(60);

-- bring back the values of docs.title that were kept, if any
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'forward', 'docs', ARRAY['title']);
        PERFORM dbgen.mend_not_null(2, 'rollback', 'docs', 'title');
    END IF;
END
$dbgen$;
ALTER TABLE public.docs ALTER COLUMN title SET NOT NULL;

-- look for values of docs.name that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'rollback', 'docs', 'name', 'name::VARCHAR(40)', 'name::VARCHAR(60)', false);
END
$dbgen$;

-- alter column docs.name: VARCHAR(60) to VARCHAR(40)
ALTER TABLE public.docs ALTER COLUMN name TYPE VARCHAR(40);

-- bring back the original values of docs.name, if any were changed
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'docs', 'name');
    END IF;
END
$dbgen$;

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
