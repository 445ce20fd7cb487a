-- Iteration 2 of account-management, made by dbgen 0.1.0
-- Touches 2 tables, 16 columns, 6 constraints, 3 indexes, 4 grants
-- The rollback restores everything exactly

-- create table contacts
CREATE TABLE public.contacts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    first_name VARCHAR(80) NOT NULL,
    last_name VARCHAR(80) NOT NULL,
    email VARCHAR(255),
    phone VARCHAR(20),
    is_primary BOOLEAN NOT NULL DEFAULT false,
    account_id UUID NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_contacts_email UNIQUE (email)
);
CREATE INDEX idx_contacts_account_id ON public.contacts (account_id);
COMMENT ON TABLE public.contacts IS 'A person of an account';
REVOKE ALL ON TABLE public.contacts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.contacts TO authenticated, service_role;

-- create table locations
CREATE TABLE public.locations (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(120) NOT NULL,
    address_line1 VARCHAR(255) NOT NULL,
    address_line2 VARCHAR(255),
    postal_code VARCHAR(16),
    city VARCHAR(80) NOT NULL,
    country VARCHAR(2) DEFAULT 'DE',
    account_id UUID NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX idx_locations_account_id ON public.locations (account_id);
COMMENT ON TABLE public.locations IS 'A place of an account';
COMMENT ON COLUMN public.locations.country IS 'ISO 3166-1 alpha-2';
REVOKE ALL ON TABLE public.locations FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.locations TO authenticated, service_role;

-- add column accounts.primary_location_id UUID
ALTER TABLE public.accounts ADD COLUMN primary_location_id UUID;
COMMENT ON COLUMN public.accounts.primary_location_id IS 'Where letters go';

-- bring back the rows of contacts that were kept, if any
-- bring back the rows of locations that were kept, if any
-- bring back the values of accounts.primary_location_id that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(2, 'rollback', 'contacts');
        PERFORM dbgen.restore_table(2, 'rollback', 'locations');
        PERFORM dbgen.restore_columns(2, 'rollback', 'accounts', ARRAY['primary_location_id']);
    END IF;
END
$dbgen$;

-- create index idx_accounts_primary_location_id on accounts (primary_location_id)
CREATE INDEX idx_accounts_primary_location_id ON public.accounts (primary_location_id);

-- look for rows of accounts that fk_accounts_primary_location_id would refuse
-- look for rows of contacts that fk_contacts_account_id would refuse
-- look for rows of locations that fk_locations_account_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'accounts', 'fk_accounts_primary_location_id', ARRAY['primary_location_id'], 'public.locations', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'contacts', 'fk_contacts_account_id', ARRAY['account_id'], 'public.accounts', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'locations', 'fk_locations_account_id', ARRAY['account_id'], 'public.accounts', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key accounts (primary_location_id) to locations (id)
ALTER TABLE public.accounts
    ADD CONSTRAINT fk_accounts_primary_location_id FOREIGN KEY (primary_location_id) REFERENCES public.locations (id);

-- add foreign key contacts (account_id) to accounts (id)
ALTER TABLE public.contacts
    ADD CONSTRAINT fk_contacts_account_id FOREIGN KEY (account_id) REFERENCES public.accounts (id) ON DELETE CASCADE;

-- add foreign key locations (account_id) to accounts (id)
ALTER TABLE public.locations
    ADD CONSTRAINT fk_locations_account_id FOREIGN KEY (account_id) REFERENCES public.accounts (id) ON DELETE CASCADE;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
