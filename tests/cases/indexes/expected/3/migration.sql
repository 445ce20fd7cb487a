-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 7 indexes
-- The rollback restores everything exactly

-- drop index idx_posts_author_id on posts
DROP INDEX public.idx_posts_author_id;

-- create index idx_posts_at on posts (at)
CREATE INDEX idx_posts_at ON public.posts USING brin (at);

-- create index idx_posts_author_id_at on posts (author_id, at)
CREATE INDEX idx_posts_author_id_at ON public.posts (author_id, at);

-- create index idx_posts_data on posts (data)
CREATE INDEX idx_posts_data ON public.posts USING gin (data);

-- create index idx_posts_state on posts (state)
CREATE INDEX idx_posts_state ON public.posts (state) WHERE state <> 'closed';

-- create index idx_posts_tags on posts (tags)
CREATE INDEX idx_posts_tags ON public.posts USING gin (tags);

-- create unique index idx_posts_title_state on posts (title, state)
CREATE UNIQUE INDEX idx_posts_title_state ON public.posts (title, state);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
