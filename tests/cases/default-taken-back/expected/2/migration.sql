-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns
-- The rollback restores everything exactly

-- alter column things.level: drop the default
-- alter column things.state: drop the default
ALTER TABLE public.things
    ALTER COLUMN level DROP DEFAULT,
    ALTER COLUMN state DROP DEFAULT;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
