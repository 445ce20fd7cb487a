-- Iteration 3 of blog, made by dbgen 0.1.0
-- Touches 3 columns, 1 constraint, 13 indexes, 3 triggers, 2 functions
-- The rollback restores everything exactly

-- rename index idx_authors_author_name to authors_by_author_name
ALTER INDEX public.idx_authors_author_name RENAME TO authors_by_author_name;

-- rename index idx_post_topics_topic_id to post_topics_by_topic_id
ALTER INDEX public.idx_post_topics_topic_id RENAME TO post_topics_by_topic_id;

-- rename index idx_posts_author_id_state to posts_by_author_id_state
ALTER INDEX public.idx_posts_author_id_state RENAME TO posts_by_author_id_state;

-- rename index idx_posts_body_search to posts_by_body_search
ALTER INDEX public.idx_posts_body_search RENAME TO posts_by_body_search;

-- rename index idx_posts_by_handle to posts_by_by_handle
ALTER INDEX public.idx_posts_by_handle RENAME TO posts_by_by_handle;

-- rename index idx_posts_data to posts_by_data
ALTER INDEX public.idx_posts_data RENAME TO posts_by_data;

-- rename index idx_posts_state to posts_by_state
ALTER INDEX public.idx_posts_state RENAME TO posts_by_state;

-- rename index idx_posts_tags to posts_by_tags
ALTER INDEX public.idx_posts_tags RENAME TO posts_by_tags;

-- rename index idx_posts_title_search to posts_by_title_search
ALTER INDEX public.idx_posts_title_search RENAME TO posts_by_title_search;

-- rename index idx_topics_name to topics_by_name
ALTER INDEX public.idx_topics_name RENAME TO topics_by_name;

-- make schema dbgen, for functions
CREATE SCHEMA IF NOT EXISTS dbgen;

-- drop unique constraint uq_authors_email (email) of authors
ALTER TABLE public.authors DROP CONSTRAINT uq_authors_email;

-- drop index idx_posts_slug_state on posts
DROP INDEX public.idx_posts_slug_state;

-- bring back the rows of authors that uq_authors_email had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'rollback', 'authors', 'authors.uq_authors_email');
    END IF;
END
$dbgen$;

-- add column authors.deleted_at TIMESTAMPTZ
ALTER TABLE public.authors ADD COLUMN deleted_at TIMESTAMPTZ;

-- add column posts.deleted_at TIMESTAMPTZ
ALTER TABLE public.posts ADD COLUMN deleted_at TIMESTAMPTZ;

-- add column topics.deleted_at TIMESTAMPTZ
ALTER TABLE public.topics ADD COLUMN deleted_at TIMESTAMPTZ;

-- bring back the values of authors.deleted_at that were kept, if any
-- bring back the values of posts.deleted_at that were kept, if any
-- bring back the values of topics.deleted_at that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(3, 'rollback', 'authors', ARRAY['deleted_at']);
        PERFORM dbgen.restore_columns(3, 'rollback', 'posts', ARRAY['deleted_at']);
        PERFORM dbgen.restore_columns(3, 'rollback', 'topics', ARRAY['deleted_at']);
    END IF;
END
$dbgen$;

-- create function dbgen.restore_row
CREATE OR REPLACE FUNCTION dbgen.restore_row(target regclass, key jsonb)
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE SET search_path = ''
AS $body$
DECLARE
    _same text := (SELECT string_agg(format('t.%1$I = k.%1$I', name), ' AND ') FROM jsonb_object_keys(key) AS name);
    _restored bigint;
BEGIN
    IF _same IS NULL THEN
        RAISE EXCEPTION 'The key names no column' USING ERRCODE = '22023', HINT = 'For example {"id": 1}.';
    END IF;
    EXECUTE format(
        'UPDATE %1$s AS t SET %2$I = NULL FROM jsonb_populate_record(NULL::%1$s, $1) AS k'
        ' WHERE t.%2$I IS NOT NULL AND %3$s', target, 'deleted_at', _same
    ) USING key;
    GET DIAGNOSTICS _restored = ROW_COUNT;
    RETURN _restored > 0;
END
$body$;
REVOKE ALL ON FUNCTION dbgen.restore_row FROM PUBLIC;
COMMENT ON FUNCTION dbgen.restore_row IS 'Brings a row back that was deleted softly, and says whether there was one.';

-- create function dbgen.soft_delete
CREATE OR REPLACE FUNCTION dbgen.soft_delete()
    RETURNS trigger
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ''
AS $body$
BEGIN
    EXECUTE format(
        'UPDATE %I.%I AS t SET %I = now() WHERE t.%I IS NULL AND %s',
        TG_TABLE_SCHEMA, TG_TABLE_NAME, 'deleted_at', 'deleted_at',
        (SELECT string_agg(format('t.%1$I = ($1).%1$I', name), ' AND ') FROM unnest(TG_ARGV) AS name)
    ) USING OLD;
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION dbgen.soft_delete FROM PUBLIC;
COMMENT ON FUNCTION dbgen.soft_delete IS 'Marks a row as deleted instead of deleting it. Arguments: the key''s columns.';

-- create unique index authors_by_email on authors (email)
CREATE UNIQUE INDEX authors_by_email ON public.authors (email) WHERE deleted_at IS NULL;

-- create unique index posts_by_slug_state on posts (slug, state)
CREATE UNIQUE INDEX posts_by_slug_state ON public.posts (slug, state) WHERE deleted_at IS NULL;

-- create trigger dbgen_soft_delete on authors, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.authors
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on posts, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.posts
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on topics, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.topics
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
