-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns
-- The rollback restores everything exactly

-- alter column things.name: comment
COMMENT ON COLUMN public.things.name IS NULL;

-- alter column things.size: comment
COMMENT ON COLUMN public.things.size IS 'in cm';

-- comment on table others
COMMENT ON TABLE public.others IS 'Described now';

-- comment on table things
COMMENT ON TABLE public.things IS 'Created in iteration 2 for shop module';

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
