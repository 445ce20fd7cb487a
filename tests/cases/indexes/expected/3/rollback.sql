-- Rollback of iteration 3 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop index idx_posts_title_state on posts
DROP INDEX public.idx_posts_title_state;

-- drop index idx_posts_tags on posts
DROP INDEX public.idx_posts_tags;

-- drop index idx_posts_state on posts
DROP INDEX public.idx_posts_state;

-- drop index idx_posts_data on posts
DROP INDEX public.idx_posts_data;

-- drop index idx_posts_author_id_at on posts
DROP INDEX public.idx_posts_author_id_at;

-- drop index idx_posts_at on posts
DROP INDEX public.idx_posts_at;

-- create index idx_posts_author_id on posts (author_id)
CREATE INDEX idx_posts_author_id ON public.posts (author_id);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 3;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter3_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
