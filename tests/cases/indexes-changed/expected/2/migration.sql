-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 11 indexes
-- The rollback restores everything exactly

-- drop index idx_posts_at on posts
DROP INDEX public.idx_posts_at;

-- drop index idx_posts_author_id_at on posts
DROP INDEX public.idx_posts_author_id_at;

-- drop index idx_posts_state on posts
DROP INDEX public.idx_posts_state;

-- drop index idx_posts_tags on posts
DROP INDEX public.idx_posts_tags;

-- drop index idx_posts_title_state on posts
DROP INDEX public.idx_posts_title_state;

-- create index idx_posts_author_id on posts (author_id)
CREATE INDEX idx_posts_author_id ON public.posts (author_id);

-- create index idx_posts_author_id_14fe8895 on posts (author_id)
CREATE INDEX idx_posts_author_id_14fe8895 ON public.posts USING hash (author_id);

-- create index idx_posts_state on posts (state)
CREATE INDEX idx_posts_state ON public.posts (state) WHERE state = 'open';

-- create unique index idx_posts_state_title on posts (state, title)
CREATE UNIQUE INDEX idx_posts_state_title ON public.posts (state, title);

-- create index idx_posts_tags on posts (tags)
CREATE INDEX idx_posts_tags ON public.posts (tags);

-- create index idx_posts_title on posts (title)
CREATE INDEX idx_posts_title ON public.posts (title);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
