-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 4 columns, 3 constraints, 2 indexes, 2 grants
-- The rollback restores everything exactly

-- create table accounts
CREATE TABLE public.accounts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80) NOT NULL,
    email VARCHAR(255),
    manager_id UUID,
    PRIMARY KEY (id),
    CONSTRAINT uq_accounts_email UNIQUE (email)
);
CREATE INDEX idx_accounts_manager_id ON public.accounts (manager_id);
CREATE INDEX idx_accounts_name ON public.accounts (name);
COMMENT ON TABLE public.accounts IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.accounts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.accounts TO authenticated, service_role;

-- bring back the rows of accounts that were kept, if any
-- look for rows of accounts that fk_accounts_manager_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'accounts');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'accounts', 'fk_accounts_manager_id', ARRAY['manager_id'], 'public.accounts', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key accounts (manager_id) to accounts (id)
ALTER TABLE public.accounts
    ADD CONSTRAINT fk_accounts_manager_id FOREIGN KEY (manager_id) REFERENCES public.accounts (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
