-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 1 constraint, 1 index
-- The rollback restores everything exactly

-- rename column entries.second to third
ALTER TABLE public.entries RENAME COLUMN second TO third;

-- rename column entries.first to second
ALTER TABLE public.entries RENAME COLUMN first TO second;

-- rename index idx_entries_first to idx_entries_second
ALTER INDEX public.idx_entries_first RENAME TO idx_entries_second;

-- rename constraint uq_entries_second of entries to uq_entries_third
ALTER TABLE public.entries RENAME CONSTRAINT uq_entries_second TO uq_entries_third;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
