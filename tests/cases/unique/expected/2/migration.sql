-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 constraints
-- The rollback restores everything exactly

-- drop unique constraint uq_things_email (email) of things
ALTER TABLE public.things DROP CONSTRAINT uq_things_email;

-- bring back the rows of things that uq_things_email had refused, if any
-- look for rows of things that uq_things_code would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'things', 'things.uq_things_email');
        PERFORM dbgen.mend_unique(2, 'forward', 'things', 'uq_things_code', ARRAY['code']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_things_code (code) to things
ALTER TABLE public.things ADD CONSTRAINT uq_things_code UNIQUE (code);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
