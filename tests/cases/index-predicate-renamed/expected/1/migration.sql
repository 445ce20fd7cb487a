-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 3 columns, 1 constraint, 3 indexes, 2 grants
-- The rollback restores everything exactly

-- create table posts
CREATE TABLE public.posts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    state VARCHAR(20),
    title VARCHAR(80),
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX idx_posts_state ON public.posts (state) WHERE title IS NOT NULL AND lower(state) <> 'x';
CREATE INDEX idx_posts_title ON public.posts (title);
CREATE INDEX idx_posts_title_74a55235 ON public.posts (title) WHERE state <> 'closed state';
COMMENT ON TABLE public.posts IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.posts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.posts TO authenticated, service_role;

-- bring back the rows of posts that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'posts');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
