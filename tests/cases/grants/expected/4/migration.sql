-- Iteration 4 of shop, made by dbgen 0.1.0
-- Touches 4 grants
-- The rollback restores everything exactly

-- grant access to others to service_role
REVOKE ALL ON TABLE public.others FROM anon, authenticated;

-- grant access to things to service_role
REVOKE ALL ON TABLE public.things FROM anon, authenticated;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
