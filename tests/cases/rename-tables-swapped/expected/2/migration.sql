-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 3 tables, 4 constraints, 1 index
-- The rollback restores everything exactly

-- rename table drafts to drafts__aside
ALTER TABLE public.drafts RENAME TO drafts__aside;

-- rename table finals to drafts
ALTER TABLE public.finals RENAME TO drafts;

-- rename table drafts__aside to finals
ALTER TABLE public.drafts__aside RENAME TO finals;

-- rename constraint fk_finals_draft_id of drafts to fk_drafts_draft_id
ALTER TABLE public.drafts RENAME CONSTRAINT fk_finals_draft_id TO fk_drafts_draft_id;

-- rename index idx_finals_draft_id to idx_drafts_draft_id
ALTER INDEX public.idx_finals_draft_id RENAME TO idx_drafts_draft_id;

-- rename constraint drafts_pkey of finals to drafts_pkey__aside
ALTER TABLE public.finals RENAME CONSTRAINT drafts_pkey TO drafts_pkey__aside;

-- rename constraint finals_pkey of drafts to drafts_pkey
ALTER TABLE public.drafts RENAME CONSTRAINT finals_pkey TO drafts_pkey;

-- rename constraint drafts_pkey__aside of finals to finals_pkey
ALTER TABLE public.finals RENAME CONSTRAINT drafts_pkey__aside TO finals_pkey;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
