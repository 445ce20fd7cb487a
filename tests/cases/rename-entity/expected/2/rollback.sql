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

-- rename constraint uq_customers_code of customers to uq_clients_code
ALTER TABLE public.customers RENAME CONSTRAINT uq_customers_code TO uq_clients_code;

-- rename index idx_orders_customer_id to idx_orders_client_id
ALTER INDEX public.idx_orders_customer_id RENAME TO idx_orders_client_id;

-- rename index idx_customers_name to idx_clients_name
ALTER INDEX public.idx_customers_name RENAME TO idx_clients_name;

-- rename constraint customers_pkey of customers to clients_pkey
ALTER TABLE public.customers RENAME CONSTRAINT customers_pkey TO clients_pkey;

-- rename constraint fk_orders_customer_id of orders to fk_orders_client_id
ALTER TABLE public.orders RENAME CONSTRAINT fk_orders_customer_id TO fk_orders_client_id;

-- rename column orders.customer_id to client_id
ALTER TABLE public.orders RENAME COLUMN customer_id TO client_id;

-- rename table customers to clients
ALTER TABLE public.customers RENAME TO clients;

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
