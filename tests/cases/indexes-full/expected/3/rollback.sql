-- Rollback of iteration 3 of blog, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop trigger dbgen_soft_delete on topics, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.topics;

-- drop trigger dbgen_soft_delete on posts, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.posts;

-- drop trigger dbgen_soft_delete on authors, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.authors;

-- drop index posts_by_slug_state on posts
DROP INDEX public.posts_by_slug_state;

-- drop index authors_by_email on authors
DROP INDEX public.authors_by_email;

-- drop function dbgen.soft_delete
DROP FUNCTION dbgen.soft_delete;

-- drop function dbgen.restore_row
DROP FUNCTION dbgen.restore_row;

-- keep the values of topics.deleted_at in dbgen_archive
-- keep the values of posts.deleted_at in dbgen_archive
-- keep the values of authors.deleted_at in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'rollback', 'topics', ARRAY['deleted_at'], ARRAY['id']);
    PERFORM dbgen.keep_columns(3, 'rollback', 'posts', ARRAY['deleted_at'], ARRAY['id']);
    PERFORM dbgen.keep_columns(3, 'rollback', 'authors', ARRAY['deleted_at'], ARRAY['id']);
END
$dbgen$;

-- drop column topics.deleted_at
ALTER TABLE public.topics DROP COLUMN deleted_at;

-- drop column posts.deleted_at
ALTER TABLE public.posts DROP COLUMN deleted_at;

-- drop column authors.deleted_at
ALTER TABLE public.authors DROP COLUMN deleted_at;

-- look for rows of authors that uq_authors_email would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL THEN
        PERFORM dbgen.mend_unique(3, 'rollback', 'authors', 'uq_authors_email', ARRAY['email']);
    END IF;
END
$dbgen$;

-- create unique index idx_posts_slug_state on posts (slug, state)
CREATE UNIQUE INDEX idx_posts_slug_state ON public.posts (slug, state);

-- add unique constraint uq_authors_email (email) to authors
ALTER TABLE public.authors ADD CONSTRAINT uq_authors_email UNIQUE (email);

-- rename index topics_by_name to idx_topics_name
ALTER INDEX public.topics_by_name RENAME TO idx_topics_name;

-- rename index posts_by_title_search to idx_posts_title_search
ALTER INDEX public.posts_by_title_search RENAME TO idx_posts_title_search;

-- rename index posts_by_tags to idx_posts_tags
ALTER INDEX public.posts_by_tags RENAME TO idx_posts_tags;

-- rename index posts_by_state to idx_posts_state
ALTER INDEX public.posts_by_state RENAME TO idx_posts_state;

-- rename index posts_by_data to idx_posts_data
ALTER INDEX public.posts_by_data RENAME TO idx_posts_data;

-- rename index posts_by_by_handle to idx_posts_by_handle
ALTER INDEX public.posts_by_by_handle RENAME TO idx_posts_by_handle;

-- rename index posts_by_body_search to idx_posts_body_search
ALTER INDEX public.posts_by_body_search RENAME TO idx_posts_body_search;

-- rename index posts_by_author_id_state to idx_posts_author_id_state
ALTER INDEX public.posts_by_author_id_state RENAME TO idx_posts_author_id_state;

-- rename index post_topics_by_topic_id to idx_post_topics_topic_id
ALTER INDEX public.post_topics_by_topic_id RENAME TO idx_post_topics_topic_id;

-- rename index authors_by_author_name to idx_authors_author_name
ALTER INDEX public.authors_by_author_name RENAME TO idx_authors_author_name;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 3;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter3_blog';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
