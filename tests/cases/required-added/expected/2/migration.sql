-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 3 columns
-- The rollback restores everything exactly

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.portable
-- dbgen.types_of
-- dbgen.back_cast
-- dbgen.enter
-- dbgen.key_of
-- dbgen.known_by
-- dbgen.reserve
-- dbgen.seal
-- dbgen.keep_values
-- dbgen.leave
-- dbgen.matching
-- dbgen.note_values
-- dbgen.fill

-- add column things.code TEXT
-- add column things.kind TEXT
-- add column things.length INTEGER
ALTER TABLE public.things
    ADD COLUMN code TEXT,
    ADD COLUMN kind TEXT NOT NULL DEFAULT 'plain',
    ADD COLUMN length INTEGER;
DO $dbgen$
BEGIN
    PERFORM dbgen.fill(2, 'forward', 'things', 'length', 'coalesce(length(name), 0)', false);
END
$dbgen$;
ALTER TABLE public.things ALTER COLUMN length SET NOT NULL;

-- bring back the values of things.code, things.kind, things.length that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'rollback', 'things', ARRAY['code', 'kind', 'length']);
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
