-- Rollback of iteration 2 of billing, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

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

-- add column accounts.rank INTEGER
ALTER TABLE public.accounts ADD COLUMN rank INTEGER;

-- bring back the rows of deals that were kept, if any
-- bring back the values of accounts.rank that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(2, 'forward', 'deals');
        PERFORM dbgen.restore_columns(2, 'forward', 'accounts', ARRAY['rank']);
    END IF;
END
$dbgen$;

-- add foreign key deals (account_id) to accounts (id)
ALTER TABLE public.deals
    ADD CONSTRAINT fk_deals_account_id FOREIGN KEY (account_id) REFERENCES public.accounts (id);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_billing';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
