-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 enum
-- The rollback restores everything exactly

-- alter enum order_status: add draft, checked
ALTER TYPE public.order_status ADD VALUE 'draft' BEFORE 'new';
ALTER TYPE public.order_status ADD VALUE 'checked' BEFORE 'paid';

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
