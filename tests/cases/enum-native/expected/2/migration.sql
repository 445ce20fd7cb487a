-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 enum
-- The rollback restores everything exactly

-- alter enum order_status: add it's sent
ALTER TYPE public.order_status ADD VALUE 'it''s sent';

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
