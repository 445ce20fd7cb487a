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

-- fill the NULLs of things.name with '?'
DO $dbgen$
BEGIN
    PERFORM dbgen.fill(2, 'forward', 'things', 'name', '''?''', true);
END
$dbgen$;
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_not_null') IS NOT NULL THEN
        PERFORM dbgen.mend_not_null(2, 'forward', 'things', 'name');
    END IF;
END
$dbgen$;

-- fill the NULLs of things.note with upper(coalesce(name, 'none'))
DO $dbgen$
BEGIN
    PERFORM dbgen.fill(2, 'forward', 'things', 'note', 'upper(coalesce(name, ''none''))', true);
END
$dbgen$;
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_not_null') IS NOT NULL THEN
        PERFORM dbgen.mend_not_null(2, 'forward', 'things', 'note');
    END IF;
END
$dbgen$;

-- alter column things.name: set NOT NULL, default '?'
-- alter column things.note: set NOT NULL
-- alter column things.size: drop NOT NULL
ALTER TABLE public.things
    ALTER COLUMN name SET DEFAULT '?',
    ALTER COLUMN name SET NOT NULL,
    ALTER COLUMN note SET NOT NULL,
    ALTER COLUMN size DROP NOT NULL;

-- bring back the NULLs of things.size, if any were filled
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL AND to_regproc('dbgen.restore_values') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'rollback', 'things', 'size');
        PERFORM dbgen.restore_values(2, 'rollback', 'things', 'size');
        PERFORM dbgen.unmend(2, 'rollback', 'things', 'things.size NOT NULL');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
