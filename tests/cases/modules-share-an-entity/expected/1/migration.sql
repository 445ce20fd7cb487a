-- Iteration 1 of billing, made by dbgen 0.1.0
-- Touches 1 table, 3 columns, 1 constraint, 2 grants
-- The rollback restores everything exactly

-- create table accounts
CREATE TABLE public.accounts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80) NOT NULL,
    credit_limit NUMERIC(10,2),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.accounts IS 'Created in iteration 1 for billing module';
REVOKE ALL ON TABLE public.accounts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.accounts TO authenticated, service_role;

-- bring back the rows of accounts that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'accounts');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
