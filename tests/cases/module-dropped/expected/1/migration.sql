-- Iteration 1 of billing, crm, made by dbgen 0.1.0
-- Touches 2 tables, 6 columns, 3 constraints, 1 index, 4 grants
-- The rollback restores everything exactly

-- create table accounts
CREATE TABLE public.accounts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80) NOT NULL,
    credit_limit NUMERIC(10,2),
    rank INTEGER,
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.accounts IS 'Created in iteration 1 for billing module';
REVOKE ALL ON TABLE public.accounts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.accounts TO authenticated, service_role;

-- create table deals
CREATE TABLE public.deals (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    account_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_deals_account_id ON public.deals (account_id);
COMMENT ON TABLE public.deals IS 'Created in iteration 1 for crm module';
REVOKE ALL ON TABLE public.deals FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.deals TO authenticated, service_role;

-- bring back the rows of accounts that were kept, if any
-- bring back the rows of deals that were kept, if any
-- look for rows of deals that fk_deals_account_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'accounts');
        PERFORM dbgen.restore_table(1, 'rollback', 'deals');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'deals', 'fk_deals_account_id', ARRAY['account_id'], 'public.accounts', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key deals (account_id) to accounts (id)
ALTER TABLE public.deals
    ADD CONSTRAINT fk_deals_account_id FOREIGN KEY (account_id) REFERENCES public.accounts (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
