-- Iteration 4 of blog, made by dbgen 0.1.0
-- Touches 3 columns, 1 constraint, 13 indexes, 3 triggers, 2 functions
-- Not exact: drop column authors.deleted_at (data-kept); drop column posts.deleted_at (data-kept); drop column topics.deleted_at (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.portable
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_columns

-- drop trigger dbgen_soft_delete on authors, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.authors;

-- drop trigger dbgen_soft_delete on posts, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.posts;

-- drop trigger dbgen_soft_delete on topics, BEFORE DELETE
DROP TRIGGER dbgen_soft_delete ON public.topics;

-- drop index authors_by_author_name on authors
DROP INDEX public.authors_by_author_name;

-- drop index authors_by_email on authors
DROP INDEX public.authors_by_email;

-- drop index post_topics_by_topic_id on post_topics
DROP INDEX public.post_topics_by_topic_id;

-- drop index posts_by_author_id_state on posts
DROP INDEX public.posts_by_author_id_state;

-- drop index posts_by_body_search on posts
DROP INDEX public.posts_by_body_search;

-- drop index posts_by_by_handle on posts
DROP INDEX public.posts_by_by_handle;

-- drop index posts_by_data on posts
DROP INDEX public.posts_by_data;

-- drop index posts_by_slug_state on posts
DROP INDEX public.posts_by_slug_state;

-- drop index posts_by_state on posts
DROP INDEX public.posts_by_state;

-- drop index posts_by_tags on posts
DROP INDEX public.posts_by_tags;

-- drop index posts_by_title_search on posts
DROP INDEX public.posts_by_title_search;

-- drop index topics_by_name on topics
DROP INDEX public.topics_by_name;

-- look for rows of authors that uq_authors_email would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL THEN
        PERFORM dbgen.mend_unique(4, 'forward', 'authors', 'uq_authors_email', ARRAY['email']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_authors_email (email) to authors
ALTER TABLE public.authors ADD CONSTRAINT uq_authors_email UNIQUE (email);

-- create index idx_posts_slug on posts (slug)
CREATE INDEX idx_posts_slug ON public.posts (slug);

-- keep the values of authors.deleted_at in dbgen_archive
-- keep the values of posts.deleted_at in dbgen_archive
-- keep the values of topics.deleted_at in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(4, 'forward', 'authors', ARRAY['deleted_at'], ARRAY['id']);
    PERFORM dbgen.keep_columns(4, 'forward', 'posts', ARRAY['deleted_at'], ARRAY['id']);
    PERFORM dbgen.keep_columns(4, 'forward', 'topics', ARRAY['deleted_at'], ARRAY['id']);
END
$dbgen$;

-- drop function dbgen.restore_row
DROP FUNCTION dbgen.restore_row;

-- drop function dbgen.soft_delete
DROP FUNCTION dbgen.soft_delete;

-- drop column authors.deleted_at
ALTER TABLE public.authors DROP COLUMN deleted_at;

-- drop column posts.deleted_at
ALTER TABLE public.posts DROP COLUMN deleted_at;

-- drop column topics.deleted_at
ALTER TABLE public.topics DROP COLUMN deleted_at;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
