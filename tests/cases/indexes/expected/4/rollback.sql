-- Rollback of iteration 4 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 4) THEN
            RAISE EXCEPTION 'iteration 4 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop index idx_posts_author_id on posts
DROP INDEX public.idx_posts_author_id;

-- create unique index idx_posts_title_state on posts (title, state)
CREATE UNIQUE INDEX idx_posts_title_state ON public.posts (title, state);

-- create index idx_posts_tags on posts (tags)
CREATE INDEX idx_posts_tags ON public.posts USING gin (tags);

-- create index idx_posts_state on posts (state)
CREATE INDEX idx_posts_state ON public.posts (state) WHERE state <> 'closed';

-- create index idx_posts_data on posts (data)
CREATE INDEX idx_posts_data ON public.posts USING gin (data);

-- create index idx_posts_author_id_at on posts (author_id, at)
CREATE INDEX idx_posts_author_id_at ON public.posts (author_id, at);

-- create index idx_posts_at on posts (at)
CREATE INDEX idx_posts_at ON public.posts USING brin (at);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 4;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter4_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
