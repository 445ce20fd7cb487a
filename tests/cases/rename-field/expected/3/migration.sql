-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 column
-- The rollback restores everything exactly

-- alter column accounts.display_name: drop NOT NULL
ALTER TABLE public.accounts ALTER COLUMN display_name DROP NOT NULL;

-- bring back the NULLs of accounts.display_name, if any were filled
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL AND to_regproc('dbgen.restore_values') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.mark_values(3, 'rollback', 'accounts', 'display_name');
        PERFORM dbgen.restore_values(3, 'rollback', 'accounts', 'display_name');
        PERFORM dbgen.unmend(3, 'rollback', 'accounts', 'accounts.display_name NOT NULL');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
