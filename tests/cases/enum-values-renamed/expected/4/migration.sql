-- Iteration 4 of shop, made by dbgen 0.1.0
-- Touches 1 enum
-- The rollback restores everything exactly

-- rename lost of the enum order_status to gone
ALTER TYPE public.order_status RENAME VALUE 'lost' TO 'gone';

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
