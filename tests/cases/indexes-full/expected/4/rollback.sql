-- Rollback of iteration 4 of blog, made by dbgen 0.1.0
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

-- add column topics.deleted_at TIMESTAMPTZ
ALTER TABLE public.topics ADD COLUMN deleted_at TIMESTAMPTZ;

-- add column posts.deleted_at TIMESTAMPTZ
ALTER TABLE public.posts ADD COLUMN deleted_at TIMESTAMPTZ;

-- add column authors.deleted_at TIMESTAMPTZ
ALTER TABLE public.authors ADD COLUMN deleted_at TIMESTAMPTZ;

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

-- bring back the values of topics.deleted_at that were kept, if any
-- bring back the values of posts.deleted_at that were kept, if any
-- bring back the values of authors.deleted_at that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(4, 'forward', 'topics', ARRAY['deleted_at']);
        PERFORM dbgen.restore_columns(4, 'forward', 'posts', ARRAY['deleted_at']);
        PERFORM dbgen.restore_columns(4, 'forward', 'authors', ARRAY['deleted_at']);
    END IF;
END
$dbgen$;

-- drop index idx_posts_slug on posts
DROP INDEX public.idx_posts_slug;

-- drop unique constraint uq_authors_email (email) of authors
ALTER TABLE public.authors DROP CONSTRAINT uq_authors_email;

-- bring back the rows of authors that uq_authors_email had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(4, 'forward', 'authors', 'authors.uq_authors_email');
    END IF;
END
$dbgen$;

-- create index topics_by_name on topics (name)
CREATE INDEX topics_by_name ON public.topics (name);

-- create index posts_by_title_search on posts (to_tsvector('simple'::regconfig, title))
CREATE INDEX posts_by_title_search ON public.posts USING gin ((to_tsvector('simple'::regconfig, title)));

-- create index posts_by_tags on posts (tags)
CREATE INDEX posts_by_tags ON public.posts USING gin (tags);

-- create index posts_by_state on posts (state)
CREATE INDEX posts_by_state ON public.posts (state) WHERE state <> 'closed';

-- create unique index posts_by_slug_state on posts (slug, state)
CREATE UNIQUE INDEX posts_by_slug_state ON public.posts (slug, state) WHERE deleted_at IS NULL;

-- create index posts_by_data on posts (data)
CREATE INDEX posts_by_data ON public.posts USING gin (data);

-- create index posts_by_by_handle on posts (by_handle)
CREATE INDEX posts_by_by_handle ON public.posts (by_handle);

-- create index posts_by_body_search on posts (to_tsvector('simple'::regconfig, body))
CREATE INDEX posts_by_body_search ON public.posts USING gin ((to_tsvector('simple'::regconfig, body)));

-- create index posts_by_author_id_state on posts (author_id, state)
CREATE INDEX posts_by_author_id_state ON public.posts (author_id, state);

-- create index post_topics_by_topic_id on post_topics (topic_id)
CREATE INDEX post_topics_by_topic_id ON public.post_topics (topic_id);

-- create unique index authors_by_email on authors (email)
CREATE UNIQUE INDEX authors_by_email ON public.authors (email) WHERE deleted_at IS NULL;

-- create index authors_by_author_name on authors (author_name)
CREATE INDEX authors_by_author_name ON public.authors (author_name);

-- create trigger dbgen_soft_delete on topics, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.topics
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on posts, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.posts
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on authors, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.authors
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 4;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter4_blog';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
