-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 column, 1 enum
-- The rollback restores everything exactly

-- alter enum thing_tone: add mid
ALTER TYPE public.thing_tone RENAME TO thing_tone__before;
CREATE TYPE public.thing_tone AS ENUM ('hi', 'mid', 'lo');
ALTER TABLE public.things
    ALTER COLUMN tone TYPE public.thing_tone USING tone::TEXT::public.thing_tone,
    ALTER COLUMN tone SET DEFAULT 'mid';
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.keep_type(2, 'forward', 'thing_tone__before');
    END IF;
END
$dbgen$;
DROP TYPE public.thing_tone__before;

-- bring back the rows of things whose tone the enum thing_tone had lost, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend_enum') IS NOT NULL THEN
        PERFORM dbgen.unmend_enum(2, 'rollback', 'things', 'tone', NULL);
    END IF;
END
$dbgen$;

-- alter column things.mood: default 'bad'
ALTER TABLE public.things ALTER COLUMN mood SET DEFAULT 'bad';

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
