-- Rollback of iteration 2 of account-management, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop foreign key locations (account_id) to accounts (id)
ALTER TABLE public.locations DROP CONSTRAINT fk_locations_account_id;

-- drop foreign key contacts (account_id) to accounts (id)
ALTER TABLE public.contacts DROP CONSTRAINT fk_contacts_account_id;

-- drop foreign key accounts (primary_location_id) to locations (id)
ALTER TABLE public.accounts DROP CONSTRAINT fk_accounts_primary_location_id;

-- bring back the rows of locations that fk_locations_account_id had refused, if any
-- bring back the rows of contacts that fk_contacts_account_id had refused, if any
-- bring back the rows of accounts that fk_accounts_primary_location_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'locations', 'locations.fk_locations_account_id');
        PERFORM dbgen.unmend(2, 'forward', 'contacts', 'contacts.fk_contacts_account_id');
        PERFORM dbgen.unmend(2, 'forward', 'accounts', 'accounts.fk_accounts_primary_location_id');
    END IF;
END
$dbgen$;

-- drop index idx_accounts_primary_location_id on accounts
DROP INDEX public.idx_accounts_primary_location_id;

-- keep the values of accounts.primary_location_id in dbgen_archive
-- keep the rows of locations in dbgen_archive
-- keep the rows of contacts in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'rollback', 'accounts', ARRAY['primary_location_id'], ARRAY['id']);
    PERFORM dbgen.keep_table(2, 'rollback', 'locations');
    PERFORM dbgen.keep_table(2, 'rollback', 'contacts');
END
$dbgen$;

-- drop column accounts.primary_location_id
ALTER TABLE public.accounts DROP COLUMN primary_location_id;

-- drop table locations
DROP TABLE public.locations;

-- drop table contacts
DROP TABLE public.contacts;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_account_management';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
