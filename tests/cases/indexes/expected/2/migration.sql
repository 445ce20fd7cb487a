-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 index
-- The rollback restores everything exactly

-- create index idx_posts_author_id on posts (author_id)
CREATE INDEX idx_posts_author_id ON public.posts (author_id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
