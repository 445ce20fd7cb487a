-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 constraint
-- The rollback restores everything exactly

-- look for rows of things that uq_things_email would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL THEN
        PERFORM dbgen.mend_unique(3, 'forward', 'things', 'uq_things_email', ARRAY['email']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_things_email (email) to things
ALTER TABLE public.things ADD CONSTRAINT uq_things_email UNIQUE (email);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
