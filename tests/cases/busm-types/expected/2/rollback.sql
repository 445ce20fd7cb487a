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

-- mark the values of things.string_value that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'forward', 'things', 'string_value');
    END IF;
END
$dbgen$;

-- look for values of things.enum_value that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'enum_value', 'enum_value::VARCHAR(50)', 'enum_value::public.mood', false);
END
$dbgen$;

-- alter column things.string_value: VARCHAR(100) to VARCHAR(255)
-- alter column things.enum_value: public.mood to VARCHAR(50)
ALTER TABLE public.things
    ALTER COLUMN string_value TYPE VARCHAR(255),
    ALTER COLUMN enum_value TYPE VARCHAR(50);

-- bring back the original values of things.string_value, if any were changed
-- bring back the original values of things.enum_value, if any were changed
-- drop enum mood
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'string_value');
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'enum_value');
        PERFORM dbgen.keep_type(2, 'rollback', 'mood');
    END IF;
END
$dbgen$;
DROP TYPE public.mood;

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
