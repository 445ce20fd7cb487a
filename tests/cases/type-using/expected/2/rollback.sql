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

-- look for values of things.tags that the type change would not keep
-- look for values of things.code that the type change would not keep
-- look for values of things.cents that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'tags', 'array_to_string(tags, '','')', 'string_to_array(tags, '','')', true);
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'code', '''A-'' || code', 'substr(code, 3)::integer', true);
    PERFORM dbgen.before_cast(2, 'rollback', 'things', 'cents', '(cents * 100)::integer', 'cents / 100.0', true);
END
$dbgen$;

-- alter column things.tags: TEXT[] to TEXT
-- alter column things.code: INTEGER to TEXT
-- alter column things.cents: NUMERIC(12,2) to INTEGER
ALTER TABLE public.things
    ALTER COLUMN tags TYPE TEXT USING array_to_string(tags, ','),
    ALTER COLUMN code TYPE TEXT USING 'A-' || code,
    ALTER COLUMN cents TYPE INTEGER USING (cents * 100)::integer;

-- bring back the original values of things.tags, if any were changed
-- bring back the original values of things.code, if any were changed
-- bring back the original values of things.cents, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'tags');
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'code');
        PERFORM dbgen.after_cast(2, 'forward', 'things', 'cents');
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
