-- Iteration 4 of shop, made by dbgen 0.1.0
-- Touches 7 indexes
-- The rollback restores everything exactly

-- drop index idx_posts_at on posts
DROP INDEX public.idx_posts_at;

-- drop index idx_posts_author_id_at on posts
DROP INDEX public.idx_posts_author_id_at;

-- drop index idx_posts_data on posts
DROP INDEX public.idx_posts_data;

-- drop index idx_posts_state on posts
DROP INDEX public.idx_posts_state;

-- drop index idx_posts_tags on posts
DROP INDEX public.idx_posts_tags;

-- drop index idx_posts_title_state on posts
DROP INDEX public.idx_posts_title_state;

-- create index idx_posts_author_id on posts (author_id)
CREATE INDEX idx_posts_author_id ON public.posts (author_id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
