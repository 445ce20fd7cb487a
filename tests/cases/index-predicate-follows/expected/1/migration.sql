-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 9 columns, 3 constraints, 7 indexes, 4 grants
-- The rollback restores everything exactly

-- create table authors
CREATE TABLE public.authors (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80),
    PRIMARY KEY (id)
);
CREATE INDEX idx_authors_name ON public.authors (name);
COMMENT ON TABLE public.authors IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.authors FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.authors TO authenticated, service_role;

-- create table posts
CREATE TABLE public.posts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    author_id UUID,
    title VARCHAR(80),
    state VARCHAR(20),
    tags VARCHAR(255)[],
    data JSONB,
    at TIMESTAMPTZ,
    PRIMARY KEY (id)
);
CREATE INDEX idx_posts_at ON public.posts USING brin (at);
CREATE INDEX idx_posts_author_id_at ON public.posts (author_id, at);
CREATE INDEX idx_posts_data ON public.posts USING gin (data);
CREATE INDEX idx_posts_state ON public.posts (state) WHERE state <> 'closed';
CREATE INDEX idx_posts_tags ON public.posts USING gin (tags);
CREATE UNIQUE INDEX idx_posts_title_state ON public.posts (title, state);
COMMENT ON TABLE public.posts IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.posts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.posts TO authenticated, service_role;

-- bring back the rows of authors that were kept, if any
-- bring back the rows of posts that were kept, if any
-- look for rows of posts that fk_posts_author_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'authors');
        PERFORM dbgen.restore_table(1, 'rollback', 'posts');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'posts', 'fk_posts_author_id', ARRAY['author_id'], 'public.authors', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key posts (author_id) to authors (id)
ALTER TABLE public.posts
    ADD CONSTRAINT fk_posts_author_id FOREIGN KEY (author_id) REFERENCES public.authors (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
