-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 3 columns, 3 constraints, 1 index, 4 grants
-- The rollback restores everything exactly

-- create table accounts
CREATE TABLE public.accounts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.accounts IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.accounts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.accounts TO authenticated, service_role;

-- create table contacts
CREATE TABLE public.contacts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    account_id UUID NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX idx_contacts_account_id ON public.contacts (account_id);
COMMENT ON TABLE public.contacts IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.contacts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.contacts TO authenticated, service_role;

-- bring back the rows of accounts that were kept, if any
-- bring back the rows of contacts that were kept, if any
-- look for rows of contacts that fk_contacts_account_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'accounts');
        PERFORM dbgen.restore_table(1, 'rollback', 'contacts');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'contacts', 'fk_contacts_account_id', ARRAY['account_id'], 'public.accounts', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key contacts (account_id) to accounts (id)
ALTER TABLE public.contacts
    ADD CONSTRAINT fk_contacts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts (id) ON DELETE CASCADE;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
