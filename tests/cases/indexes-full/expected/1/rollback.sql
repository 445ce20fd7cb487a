-- Rollback of iteration 1 of blog, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 1) THEN
            RAISE EXCEPTION 'iteration 1 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop foreign key posts (by_handle) to authors (handle)
-- drop foreign key posts (author_id) to authors (id)
ALTER TABLE public.posts
    DROP CONSTRAINT fk_posts_by_handle,
    DROP CONSTRAINT fk_posts_author_id;

-- drop foreign key post_topics (topic_id) to topics (id)
-- drop foreign key post_topics (post_id) to posts (id)
ALTER TABLE public.post_topics
    DROP CONSTRAINT fk_post_topics_topic_id,
    DROP CONSTRAINT fk_post_topics_post_id;

-- bring back the rows of posts that fk_posts_by_handle had refused, if any
-- bring back the rows of posts that fk_posts_author_id had refused, if any
-- bring back the rows of post_topics that fk_post_topics_topic_id had refused, if any
-- bring back the rows of post_topics that fk_post_topics_post_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'posts', 'posts.fk_posts_by_handle');
        PERFORM dbgen.unmend(1, 'forward', 'posts', 'posts.fk_posts_author_id');
        PERFORM dbgen.unmend(1, 'forward', 'post_topics', 'post_topics.fk_post_topics_topic_id');
        PERFORM dbgen.unmend(1, 'forward', 'post_topics', 'post_topics.fk_post_topics_post_id');
    END IF;
END
$dbgen$;

-- keep the rows of topics in dbgen_archive
-- keep the rows of posts in dbgen_archive
-- keep the rows of post_topics in dbgen_archive
-- keep the rows of authors in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'topics');
    PERFORM dbgen.keep_table(1, 'rollback', 'posts');
    PERFORM dbgen.keep_table(1, 'rollback', 'post_topics');
    PERFORM dbgen.keep_table(1, 'rollback', 'authors');
END
$dbgen$;

-- drop table topics
DROP TABLE public.topics;

-- drop table posts
DROP TABLE public.posts;

-- drop table post_topics
DROP TABLE public.post_topics;

-- drop table authors
DROP TABLE public.authors;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 1;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter1_blog';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
