-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 table, 1 column, 2 constraints, 1 index
-- The rollback restores everything exactly

-- rename table clients to buyers
ALTER TABLE public.clients RENAME TO buyers;

-- rename column buyers.name to title
ALTER TABLE public.buyers RENAME COLUMN name TO title;

-- rename constraint clients_pkey of buyers to buyers_pkey
ALTER TABLE public.buyers RENAME CONSTRAINT clients_pkey TO buyers_pkey;

-- rename index idx_clients_name to idx_buyers_title
ALTER INDEX public.idx_clients_name RENAME TO idx_buyers_title;

-- rename constraint uq_clients_code of buyers to uq_buyers_code
ALTER TABLE public.buyers RENAME CONSTRAINT uq_clients_code TO uq_buyers_code;

-- comment on table buyers
COMMENT ON TABLE public.buyers IS 'Created in iteration 2 for shop module';

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
