-- Iteration 2 of blog, made by dbgen 0.1.0
-- Touches 11 indexes
-- The rollback restores everything exactly

-- drop index idx_posts_author_id on posts
DROP INDEX public.idx_posts_author_id;

-- drop index idx_posts_slug on posts
DROP INDEX public.idx_posts_slug;

-- create index idx_authors_author_name on authors (author_name)
CREATE INDEX idx_authors_author_name ON public.authors (author_name);

-- create index idx_posts_author_id_state on posts (author_id, state)
CREATE INDEX idx_posts_author_id_state ON public.posts (author_id, state);

-- create index idx_posts_body_search on posts (to_tsvector('simple'::regconfig, body))
CREATE INDEX idx_posts_body_search ON public.posts USING gin ((to_tsvector('simple'::regconfig, body)));

-- create index idx_posts_data on posts (data)
CREATE INDEX idx_posts_data ON public.posts USING gin (data);

-- create unique index idx_posts_slug_state on posts (slug, state)
CREATE UNIQUE INDEX idx_posts_slug_state ON public.posts (slug, state);

-- create index idx_posts_state on posts (state)
CREATE INDEX idx_posts_state ON public.posts (state) WHERE state <> 'closed';

-- create index idx_posts_tags on posts (tags)
CREATE INDEX idx_posts_tags ON public.posts USING gin (tags);

-- create index idx_posts_title_search on posts (to_tsvector('simple'::regconfig, title))
CREATE INDEX idx_posts_title_search ON public.posts USING gin ((to_tsvector('simple'::regconfig, title)));

-- create index idx_topics_name on topics (name)
CREATE INDEX idx_topics_name ON public.topics (name);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
