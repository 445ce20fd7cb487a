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

-- look for values of things.size that the type change would not keep
-- look for values of things.flag that the type change would not keep
-- look for values of things.data that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'size', 'size::INTEGER', 'size::VARCHAR(10)', false);
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'flag', 'flag::BOOLEAN', 'flag::TEXT', false);
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'data', 'data::TEXT', 'data::JSONB', false);
END
$dbgen$;

-- mark the values of things.code that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'forward', 'things', 'code');
    END IF;
END
$dbgen$;

-- alter column things.size: VARCHAR(10) to INTEGER, default 1
-- alter column things.flag: TEXT to BOOLEAN, default false
-- alter column things.data: JSONB to TEXT
-- alter column things.code: INTEGER to TEXT
ALTER TABLE public.things
    ALTER COLUMN size DROP DEFAULT,
    ALTER COLUMN size TYPE INTEGER USING size::INTEGER,
    ALTER COLUMN size SET DEFAULT 1,
    ALTER COLUMN flag DROP DEFAULT,
    ALTER COLUMN flag TYPE BOOLEAN USING flag::BOOLEAN,
    ALTER COLUMN flag SET DEFAULT false,
    ALTER COLUMN data TYPE TEXT,
    ALTER COLUMN code TYPE TEXT;

-- bring back the original values of things.size, if any were changed
-- bring back the original values of things.flag, if any were changed
-- bring back the original values of things.data, if any were changed
-- bring back the original values of things.code, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'size');
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'flag');
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'data');
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'code');
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
