-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 column, 1 constraint, 1 index
-- The rollback restores everything exactly

-- add column contacts.account_id UUID
ALTER TABLE public.contacts ADD COLUMN account_id UUID;

-- bring back the values of contacts.account_id that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'rollback', 'contacts', ARRAY['account_id']);
    END IF;
END
$dbgen$;

-- create index idx_contacts_account_id on contacts (account_id)
CREATE INDEX idx_contacts_account_id ON public.contacts (account_id);

-- look for rows of contacts that fk_contacts_account_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'contacts', 'fk_contacts_account_id', ARRAY['account_id'], 'public.accounts', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key contacts (account_id) to accounts (id)
ALTER TABLE public.contacts
    ADD CONSTRAINT fk_contacts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts (id) ON DELETE CASCADE;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
