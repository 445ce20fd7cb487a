-- Iteration 1 of blog, made by dbgen 0.1.0
-- Touches 4 tables, 20 columns, 10 constraints, 4 indexes, 8 grants
-- The rollback restores everything exactly

-- create table authors
CREATE TABLE public.authors (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    author_name VARCHAR(80) NOT NULL,
    email VARCHAR(255),
    handle VARCHAR(255),
    PRIMARY KEY (id),
    CONSTRAINT uq_authors_email UNIQUE (email),
    CONSTRAINT uq_authors_handle UNIQUE (handle)
);
COMMENT ON TABLE public.authors IS 'Created in iteration 1 for blog module';
REVOKE ALL ON TABLE public.authors FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.authors TO authenticated, service_role;

-- create table post_topics
CREATE TABLE public.post_topics (
    post_id UUID NOT NULL,
    topic_id UUID NOT NULL,
    PRIMARY KEY (post_id, topic_id)
);
CREATE INDEX idx_post_topics_topic_id ON public.post_topics (topic_id);
COMMENT ON TABLE public.post_topics IS 'Created in iteration 1 for blog module';
REVOKE ALL ON TABLE public.post_topics FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.post_topics TO authenticated, service_role;

-- create table posts
CREATE TABLE public.posts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    author_id UUID,
    by_handle VARCHAR(255),
    title VARCHAR(255),
    slug VARCHAR(255),
    body TEXT,
    tags VARCHAR(255)[],
    spots POINT[],
    data JSONB,
    raw JSON,
    state VARCHAR(255),
    PRIMARY KEY (id)
);
CREATE INDEX idx_posts_author_id ON public.posts (author_id);
CREATE INDEX idx_posts_by_handle ON public.posts (by_handle);
CREATE INDEX idx_posts_slug ON public.posts (slug);
COMMENT ON TABLE public.posts IS 'Created in iteration 1 for blog module';
REVOKE ALL ON TABLE public.posts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.posts TO authenticated, service_role;

-- create table topics
CREATE TABLE public.topics (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    title VARCHAR(255),
    name VARCHAR(255),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.topics IS 'Created in iteration 1 for blog module';
REVOKE ALL ON TABLE public.topics FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.topics TO authenticated, service_role;

-- bring back the rows of authors that were kept, if any
-- bring back the rows of post_topics that were kept, if any
-- bring back the rows of posts that were kept, if any
-- bring back the rows of topics that were kept, if any
-- look for rows of post_topics that fk_post_topics_post_id would refuse
-- look for rows of post_topics that fk_post_topics_topic_id would refuse
-- look for rows of posts that fk_posts_author_id would refuse
-- look for rows of posts that fk_posts_by_handle would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'authors');
        PERFORM dbgen.restore_table(1, 'rollback', 'post_topics');
        PERFORM dbgen.restore_table(1, 'rollback', 'posts');
        PERFORM dbgen.restore_table(1, 'rollback', 'topics');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'post_topics', 'fk_post_topics_post_id', ARRAY['post_id'], 'public.posts', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'post_topics', 'fk_post_topics_topic_id', ARRAY['topic_id'], 'public.topics', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'posts', 'fk_posts_author_id', ARRAY['author_id'], 'public.authors', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'posts', 'fk_posts_by_handle', ARRAY['by_handle'], 'public.authors', ARRAY['handle']);
    END IF;
END
$dbgen$;

-- add foreign key post_topics (post_id) to posts (id)
-- add foreign key post_topics (topic_id) to topics (id)
ALTER TABLE public.post_topics
    ADD CONSTRAINT fk_post_topics_post_id FOREIGN KEY (post_id) REFERENCES public.posts (id) ON DELETE CASCADE,
    ADD CONSTRAINT fk_post_topics_topic_id FOREIGN KEY (topic_id) REFERENCES public.topics (id) ON DELETE CASCADE;

-- add foreign key posts (author_id) to authors (id)
-- add foreign key posts (by_handle) to authors (handle)
ALTER TABLE public.posts
    ADD CONSTRAINT fk_posts_author_id FOREIGN KEY (author_id) REFERENCES public.authors (id),
    ADD CONSTRAINT fk_posts_by_handle FOREIGN KEY (by_handle) REFERENCES public.authors (handle);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
