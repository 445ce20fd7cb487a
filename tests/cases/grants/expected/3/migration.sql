-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 2 grants
-- The rollback restores everything exactly

-- grant access to others to anon, authenticated, service_role
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.others TO anon;

-- grant access to things to anon, authenticated, service_role
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.things TO anon;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
