-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 4 columns, 2 constraints, 4 grants
-- The rollback restores everything exactly

-- create table accounts
CREATE TABLE public.accounts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    account_name VARCHAR(255) NOT NULL,
    status VARCHAR(50) DEFAULT 'Active',
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.accounts IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.accounts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.accounts TO authenticated, service_role;

-- create table contacts
CREATE TABLE public.contacts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.contacts IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.contacts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.contacts TO authenticated, service_role;

-- bring back the rows of accounts that were kept, if any
-- bring back the rows of contacts that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'accounts');
        PERFORM dbgen.restore_table(1, 'rollback', 'contacts');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
