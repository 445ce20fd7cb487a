-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 column, 2 indexes
-- The rollback restores everything exactly

-- rename column posts.state to user
ALTER TABLE public.posts RENAME COLUMN state TO "user";

-- drop index idx_posts_state on posts
DROP INDEX public.idx_posts_state;

-- create unique index idx_posts_user on posts (user)
CREATE UNIQUE INDEX idx_posts_user ON public.posts ("user") WHERE title IS NULL;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
