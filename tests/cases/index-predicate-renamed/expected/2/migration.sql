-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 column, 3 indexes
-- The rollback restores everything exactly

-- rename column posts.state to user
ALTER TABLE public.posts RENAME COLUMN state TO "user";

-- rename index idx_posts_title_74a55235 to idx_posts_title_0e305c76
ALTER INDEX public.idx_posts_title_74a55235 RENAME TO idx_posts_title_0e305c76;

-- drop index idx_posts_state on posts
DROP INDEX public.idx_posts_state;

-- create unique index idx_posts_user on posts (user)
CREATE UNIQUE INDEX idx_posts_user ON public.posts ("user") WHERE title IS NULL;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
