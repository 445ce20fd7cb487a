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

-- alter column things.mood: default 'good'
ALTER TABLE public.things ALTER COLUMN mood SET DEFAULT 'good';

-- look for rows of things with a tone that the enum thing_tone loses
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_enum') IS NOT NULL THEN
        PERFORM dbgen.mend_enum(2, 'rollback', 'things', 'tone', ARRAY['mid'], NULL);
    END IF;
END
$dbgen$;

-- alter enum thing_tone: remove mid
ALTER TYPE public.thing_tone RENAME TO thing_tone__before;
CREATE TYPE public.thing_tone AS ENUM ('hi', 'lo');
ALTER TABLE public.things
    ALTER COLUMN tone DROP DEFAULT,
    ALTER COLUMN tone TYPE public.thing_tone USING tone::TEXT::public.thing_tone;
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.keep_type(2, 'rollback', 'thing_tone__before');
    END IF;
END
$dbgen$;
DROP TYPE public.thing_tone__before;

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
