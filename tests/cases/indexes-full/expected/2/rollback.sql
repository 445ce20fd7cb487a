-- Rollback of iteration 2 of blog, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop index idx_topics_name on topics
DROP INDEX public.idx_topics_name;

-- drop index idx_posts_title_search on posts
DROP INDEX public.idx_posts_title_search;

-- drop index idx_posts_tags on posts
DROP INDEX public.idx_posts_tags;

-- drop index idx_posts_state on posts
DROP INDEX public.idx_posts_state;

-- drop index idx_posts_slug_state on posts
DROP INDEX public.idx_posts_slug_state;

-- drop index idx_posts_data on posts
DROP INDEX public.idx_posts_data;

-- drop index idx_posts_body_search on posts
DROP INDEX public.idx_posts_body_search;

-- drop index idx_posts_author_id_state on posts
DROP INDEX public.idx_posts_author_id_state;

-- drop index idx_authors_author_name on authors
DROP INDEX public.idx_authors_author_name;

-- create index idx_posts_slug on posts (slug)
CREATE INDEX idx_posts_slug ON public.posts (slug);

-- create index idx_posts_author_id on posts (author_id)
CREATE INDEX idx_posts_author_id ON public.posts (author_id);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_blog';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
