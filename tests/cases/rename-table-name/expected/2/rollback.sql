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

-- rename constraint uq_crm_clients_code of crm_clients to uq_clients_code
ALTER TABLE public.crm_clients RENAME CONSTRAINT uq_crm_clients_code TO uq_clients_code;

-- rename index idx_crm_clients_name to idx_clients_name
ALTER INDEX public.idx_crm_clients_name RENAME TO idx_clients_name;

-- rename constraint crm_clients_pkey of crm_clients to clients_pkey
ALTER TABLE public.crm_clients RENAME CONSTRAINT crm_clients_pkey TO clients_pkey;

-- rename table crm_clients to clients
ALTER TABLE public.crm_clients RENAME TO clients;

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
