-- Iteration 3 of account-management, made by dbgen 0.1.0
-- Touches 3 columns
-- The rollback restores everything exactly

-- add column accounts.email VARCHAR(255)
ALTER TABLE public.accounts ADD COLUMN email VARCHAR(255);
COMMENT ON COLUMN public.accounts.email IS 'Where invoices go';

-- add column accounts.phone VARCHAR(20)
-- add column accounts.website VARCHAR(255)
ALTER TABLE public.accounts
    ADD COLUMN phone VARCHAR(20),
    ADD COLUMN website VARCHAR(255);

-- bring back the values of accounts.email, accounts.phone, accounts.website that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(3, 'rollback', 'accounts', ARRAY['email', 'phone', 'website']);
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
