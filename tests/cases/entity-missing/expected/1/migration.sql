-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 3 tables, 18 columns, 4 constraints, 1 index, 6 grants
-- The rollback restores everything exactly

-- create table accounts
CREATE TABLE public.accounts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    owner_id UUID,
    created_at TIMESTAMPTZ,
    signed_on DATE,
    birth_date DATE,
    is_active BOOLEAN,
    has_pets BOOLEAN,
    login_count INTEGER,
    email VARCHAR(255),
    phone VARCHAR(20),
    homepage_url VARCHAR(255),
    nickname VARCHAR(255),
    total_amount VARCHAR(255),
    odd INTEGER,
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.accounts IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.accounts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.accounts TO authenticated, service_role;

-- create table ghosts
CREATE TABLE public.ghosts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.ghosts IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.ghosts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.ghosts TO authenticated, service_role;

-- create table invoices
CREATE TABLE public.invoices (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    number VARCHAR(255),
    account_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_invoices_account_id ON public.invoices (account_id);
COMMENT ON TABLE public.invoices IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.invoices FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.invoices TO authenticated, service_role;

-- bring back the rows of accounts that were kept, if any
-- bring back the rows of ghosts that were kept, if any
-- bring back the rows of invoices that were kept, if any
-- look for rows of invoices that fk_invoices_account_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'accounts');
        PERFORM dbgen.restore_table(1, 'rollback', 'ghosts');
        PERFORM dbgen.restore_table(1, 'rollback', 'invoices');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'invoices', 'fk_invoices_account_id', ARRAY['account_id'], 'public.accounts', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key invoices (account_id) to accounts (id)
ALTER TABLE public.invoices
    ADD CONSTRAINT fk_invoices_account_id FOREIGN KEY (account_id) REFERENCES public.accounts (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
