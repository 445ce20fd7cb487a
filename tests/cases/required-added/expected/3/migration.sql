-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 column
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

-- fill the NULLs of things.code with 'C-' || id
DO $dbgen$
BEGIN
    PERFORM dbgen.fill(3, 'forward', 'things', 'code', '''C-'' || id', true);
END
$dbgen$;
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_not_null') IS NOT NULL THEN
        PERFORM dbgen.mend_not_null(3, 'forward', 'things', 'code');
    END IF;
END
$dbgen$;

-- alter column things.code: set NOT NULL
ALTER TABLE public.things ALTER COLUMN code SET NOT NULL;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
