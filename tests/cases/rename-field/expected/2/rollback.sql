-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
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

-- rename constraint uq_accounts_mail of accounts to uq_accounts_email
ALTER TABLE public.accounts RENAME CONSTRAINT uq_accounts_mail TO uq_accounts_email;

-- rename index idx_accounts_display_name to idx_accounts_name
ALTER INDEX public.idx_accounts_display_name RENAME TO idx_accounts_name;

-- rename index idx_accounts_boss_id to idx_accounts_manager_id
ALTER INDEX public.idx_accounts_boss_id RENAME TO idx_accounts_manager_id;

-- rename constraint fk_accounts_boss_id of accounts to fk_accounts_manager_id
ALTER TABLE public.accounts RENAME CONSTRAINT fk_accounts_boss_id TO fk_accounts_manager_id;

-- rename column accounts.display_name to name
ALTER TABLE public.accounts RENAME COLUMN display_name TO name;

-- rename column accounts.boss_id to manager_id
ALTER TABLE public.accounts RENAME COLUMN boss_id TO manager_id;

-- rename column accounts.mail to email
ALTER TABLE public.accounts RENAME COLUMN mail TO email;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
