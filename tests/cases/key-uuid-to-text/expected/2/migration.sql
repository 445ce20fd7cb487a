-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 column
-- The rollback restores everything exactly

-- mark the values of badges.id that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'rollback', 'badges', 'id');
    END IF;
END
$dbgen$;

-- alter column badges.id: UUID to TEXT, drop the default
ALTER TABLE public.badges
    ALTER COLUMN id DROP DEFAULT,
    ALTER COLUMN id TYPE TEXT;

-- bring back the original values of badges.id, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'badges', 'id');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
