-- Iteration 2 of crm, made by dbgen 0.1.0
-- Touches 1 table, 3 columns, 2 constraints, 1 index, 2 grants
-- The rollback restores everything exactly

-- create table deals
CREATE TABLE public.deals (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    account_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_deals_account_id ON public.deals (account_id);
COMMENT ON TABLE public.deals IS 'Created in iteration 2 for crm module';
REVOKE ALL ON TABLE public.deals FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.deals TO authenticated, service_role;

-- add column accounts.rank INTEGER
ALTER TABLE public.accounts ADD COLUMN rank INTEGER;

-- bring back the rows of deals that were kept, if any
-- bring back the values of accounts.rank that were kept, if any
-- look for rows of deals that fk_deals_account_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(2, 'rollback', 'deals');
        PERFORM dbgen.restore_columns(2, 'rollback', 'accounts', ARRAY['rank']);
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'deals', 'fk_deals_account_id', ARRAY['account_id'], 'public.accounts', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key deals (account_id) to accounts (id)
ALTER TABLE public.deals
    ADD CONSTRAINT fk_deals_account_id FOREIGN KEY (account_id) REFERENCES public.accounts (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
