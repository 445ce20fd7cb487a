-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 1 enum
-- Not exact: drop column things.mood (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.portable
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_columns

-- alter column things.tone: drop the default
ALTER TABLE public.things ALTER COLUMN tone DROP DEFAULT;

-- keep the values of things.mood in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'forward', 'things', ARRAY['mood'], ARRAY['id']);
END
$dbgen$;

-- drop column things.mood
ALTER TABLE public.things DROP COLUMN mood;

-- drop enum thing_mood
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.keep_type(3, 'forward', 'thing_mood');
    END IF;
END
$dbgen$;
DROP TYPE public.thing_mood;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
