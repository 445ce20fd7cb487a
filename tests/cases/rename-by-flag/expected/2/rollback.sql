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

-- comment on table buyers
COMMENT ON TABLE public.buyers IS 'Who buys';

-- rename constraint uq_buyers_code of buyers to uq_clients_code
ALTER TABLE public.buyers RENAME CONSTRAINT uq_buyers_code TO uq_clients_code;

-- rename index idx_buyers_title to idx_clients_name
ALTER INDEX public.idx_buyers_title RENAME TO idx_clients_name;

-- rename constraint buyers_pkey of buyers to clients_pkey
ALTER TABLE public.buyers RENAME CONSTRAINT buyers_pkey TO clients_pkey;

-- rename column buyers.title to name
ALTER TABLE public.buyers RENAME COLUMN title TO name;

-- rename table buyers to clients
ALTER TABLE public.buyers RENAME TO clients;

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
