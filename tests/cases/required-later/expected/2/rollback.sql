-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- look for NULLs in things.size
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_not_null') IS NOT NULL THEN
        PERFORM dbgen.mend_not_null(2, 'rollback', 'things', 'size');
    END IF;
END
$dbgen$;

-- alter column things.size: set NOT NULL
-- alter column things.note: drop NOT NULL
-- alter column things.name: drop NOT NULL, drop the default
ALTER TABLE public.things
    ALTER COLUMN size SET NOT NULL,
    ALTER COLUMN note DROP NOT NULL,
    ALTER COLUMN name DROP DEFAULT,
    ALTER COLUMN name DROP NOT NULL;

-- bring back the NULLs of things.note, if any were filled
-- bring back the NULLs of things.name, if any were filled
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL AND to_regproc('dbgen.restore_values') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'forward', 'things', 'note');
        PERFORM dbgen.restore_values(2, 'forward', 'things', 'note');
        PERFORM dbgen.unmend(2, 'forward', 'things', 'things.note NOT NULL');
        PERFORM dbgen.mark_values(2, 'forward', 'things', 'name');
        PERFORM dbgen.restore_values(2, 'forward', 'things', 'name');
        PERFORM dbgen.unmend(2, 'forward', 'things', 'things.name NOT NULL');
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
