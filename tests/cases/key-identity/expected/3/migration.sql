-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 column
-- The rollback restores everything exactly

-- alter column counters.id: no identity any more, default 1
ALTER TABLE public.counters
    ALTER COLUMN id DROP IDENTITY,
    ALTER COLUMN id SET DEFAULT 1;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
