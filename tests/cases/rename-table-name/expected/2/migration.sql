-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 table, 2 constraints, 1 index
-- The rollback restores everything exactly

-- rename table clients to crm_clients
ALTER TABLE public.clients RENAME TO crm_clients;

-- rename constraint clients_pkey of crm_clients to crm_clients_pkey
ALTER TABLE public.crm_clients RENAME CONSTRAINT clients_pkey TO crm_clients_pkey;

-- rename index idx_clients_name to idx_crm_clients_name
ALTER INDEX public.idx_clients_name RENAME TO idx_crm_clients_name;

-- rename constraint uq_clients_code of crm_clients to uq_crm_clients_code
ALTER TABLE public.crm_clients RENAME CONSTRAINT uq_clients_code TO uq_crm_clients_code;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
