-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 3 columns, 2 constraints, 2 indexes
-- The rollback restores everything exactly

-- rename column accounts.email to mail
ALTER TABLE public.accounts RENAME COLUMN email TO mail;

-- rename column accounts.manager_id to boss_id
ALTER TABLE public.accounts RENAME COLUMN manager_id TO boss_id;

-- rename column accounts.name to display_name
ALTER TABLE public.accounts RENAME COLUMN name TO display_name;

-- rename constraint fk_accounts_manager_id of accounts to fk_accounts_boss_id
ALTER TABLE public.accounts RENAME CONSTRAINT fk_accounts_manager_id TO fk_accounts_boss_id;

-- rename index idx_accounts_manager_id to idx_accounts_boss_id
ALTER INDEX public.idx_accounts_manager_id RENAME TO idx_accounts_boss_id;

-- rename index idx_accounts_name to idx_accounts_display_name
ALTER INDEX public.idx_accounts_name RENAME TO idx_accounts_display_name;

-- rename constraint uq_accounts_email of accounts to uq_accounts_mail
ALTER TABLE public.accounts RENAME CONSTRAINT uq_accounts_email TO uq_accounts_mail;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
