-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 3 columns
-- The rollback restores everything exactly

-- add column things.created_at TIMESTAMPTZ
-- add column things.updated_at TIMESTAMPTZ
-- add column things.seen_at TIMESTAMPTZ
ALTER TABLE public.things
    ADD COLUMN created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    ADD COLUMN updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    ADD COLUMN seen_at TIMESTAMPTZ;

-- bring back the values of things.created_at, things.seen_at, things.updated_at that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'rollback', 'things', ARRAY['created_at', 'seen_at', 'updated_at']);
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
