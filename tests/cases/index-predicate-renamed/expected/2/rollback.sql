-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
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

-- drop index idx_posts_user on posts
DROP INDEX public.idx_posts_user;

-- create unique index idx_posts_state on posts (user)
CREATE UNIQUE INDEX idx_posts_state ON public.posts ("user") WHERE title IS NOT NULL AND lower("user") <> 'x';

-- rename index idx_posts_title_0e305c76 to idx_posts_title_74a55235
ALTER INDEX public.idx_posts_title_0e305c76 RENAME TO idx_posts_title_74a55235;

-- rename column posts.user to state
ALTER TABLE public.posts RENAME COLUMN "user" TO state;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
