-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 3 columns, 2 constraints
-- The rollback restores everything exactly

-- rename column pairs.left to left__aside
ALTER TABLE public.pairs RENAME COLUMN "left" TO left__aside;

-- rename column pairs.right to left
ALTER TABLE public.pairs RENAME COLUMN "right" TO "left";

-- rename column pairs.left__aside to right
ALTER TABLE public.pairs RENAME COLUMN left__aside TO "right";

-- drop unique constraint uq_pairs_left (right) of pairs
ALTER TABLE public.pairs DROP CONSTRAINT uq_pairs_left;

-- bring back the rows of pairs that uq_pairs_left had refused, if any
-- look for rows of pairs that uq_pairs_left would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'pairs', 'pairs.uq_pairs_left');
        PERFORM dbgen.mend_unique(2, 'forward', 'pairs', 'uq_pairs_left', ARRAY['left']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_pairs_left (left) to pairs
ALTER TABLE public.pairs ADD CONSTRAINT uq_pairs_left UNIQUE ("left");

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
