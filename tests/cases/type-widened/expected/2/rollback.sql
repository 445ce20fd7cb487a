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

-- look for values of things.price that the type change would not keep
-- look for values of things.label that the type change would not keep
-- look for values of things.day that the type change would not keep
-- look for values of things.count that the type change would not keep
-- look for values of things.body that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'price', 'price::NUMERIC(10,2)', 'price::NUMERIC(12,4)', false);
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'label', 'label::VARCHAR(20)', 'label::VARCHAR(40)', false);
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'day', 'day::DATE', 'day::TIMESTAMP', false);
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'count', 'count::INTEGER', 'count::BIGINT', false);
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'body', 'body::VARCHAR(100)', 'body::TEXT', false);
END
$dbgen$;

-- alter column things.price: NUMERIC(12,4) to NUMERIC(10,2)
-- alter column things.label: VARCHAR(40) to VARCHAR(20)
-- alter column things.day: TIMESTAMP to DATE
-- alter column things.count: BIGINT to INTEGER
-- alter column things.body: TEXT to VARCHAR(100)
ALTER TABLE public.things
    ALTER COLUMN price TYPE NUMERIC(10,2),
    ALTER COLUMN label DROP DEFAULT,
    ALTER COLUMN label TYPE VARCHAR(20),
    ALTER COLUMN label SET DEFAULT 'x',
    ALTER COLUMN day TYPE DATE,
    ALTER COLUMN count TYPE INTEGER,
    ALTER COLUMN body TYPE VARCHAR(100);

-- bring back the original values of things.price, if any were changed
-- bring back the original values of things.label, if any were changed
-- bring back the original values of things.day, if any were changed
-- bring back the original values of things.count, if any were changed
-- bring back the original values of things.body, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'price');
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'label');
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'day');
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'count');
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'body');
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
