-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 table, 1 column, 3 constraints, 2 indexes
-- The rollback restores everything exactly

-- rename table clients to customers
ALTER TABLE public.clients RENAME TO customers;

-- rename column orders.client_id to customer_id
ALTER TABLE public.orders RENAME COLUMN client_id TO customer_id;

-- rename constraint fk_orders_client_id of orders to fk_orders_customer_id
ALTER TABLE public.orders RENAME CONSTRAINT fk_orders_client_id TO fk_orders_customer_id;

-- rename constraint clients_pkey of customers to customers_pkey
ALTER TABLE public.customers RENAME CONSTRAINT clients_pkey TO customers_pkey;

-- rename index idx_clients_name to idx_customers_name
ALTER INDEX public.idx_clients_name RENAME TO idx_customers_name;

-- rename index idx_orders_client_id to idx_orders_customer_id
ALTER INDEX public.idx_orders_client_id RENAME TO idx_orders_customer_id;

-- rename constraint uq_clients_code of customers to uq_customers_code
ALTER TABLE public.customers RENAME CONSTRAINT uq_clients_code TO uq_customers_code;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
