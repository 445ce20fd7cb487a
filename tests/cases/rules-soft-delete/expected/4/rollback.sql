-- Rollback of iteration 4 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 4) THEN
            RAISE EXCEPTION 'iteration 4 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- add column tags.deleted_at TIMESTAMPTZ
ALTER TABLE public.tags ADD COLUMN deleted_at TIMESTAMPTZ;

-- add column racks.deleted_at TIMESTAMPTZ
ALTER TABLE public.racks ADD COLUMN deleted_at TIMESTAMPTZ;

-- add column books.deleted_at TIMESTAMPTZ
ALTER TABLE public.books ADD COLUMN deleted_at TIMESTAMPTZ;

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

-- bring back the values of tags.deleted_at that were kept, if any
-- bring back the values of racks.deleted_at that were kept, if any
-- bring back the values of books.deleted_at that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(4, 'forward', 'tags', ARRAY['deleted_at']);
        PERFORM dbgen.restore_columns(4, 'forward', 'racks', ARRAY['deleted_at']);
        PERFORM dbgen.restore_columns(4, 'forward', 'books', ARRAY['deleted_at']);
    END IF;
END
$dbgen$;

-- drop trigger dbgen_stamp on tags, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.tags;

-- drop trigger dbgen_audit on tags, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.tags;

-- drop trigger dbgen_stamp on racks, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.racks;

-- drop trigger dbgen_audit on racks, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.racks;

-- drop trigger dbgen_stamp on books, BEFORE INSERT or UPDATE
DROP TRIGGER dbgen_stamp ON public.books;

-- drop trigger dbgen_audit on books, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.books;

-- drop policy audit_log_nobody on audit_log for all commands
DROP POLICY audit_log_nobody ON public.audit_log;

-- turn row level security of audit_log off
ALTER TABLE public.audit_log DISABLE ROW LEVEL SECURITY;

-- drop function dbgen.stamp
DROP FUNCTION dbgen.stamp;

-- drop function dbgen.prune_audit_log
DROP FUNCTION dbgen.prune_audit_log;

-- drop function dbgen.audit
DROP FUNCTION dbgen.audit;

-- drop function dbgen.actor
DROP FUNCTION dbgen.actor;

-- keep the values of tags.created_at, tags.created_by, tags.updated_at, tags.updated_by in dbgen_archive
-- keep the values of racks.created_at, racks.created_by, racks.updated_at, racks.updated_by in dbgen_archive
-- keep the values of books.created_at, books.created_by, books.updated_at, books.updated_by in dbgen_archive
-- keep the rows of audit_log in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(4, 'rollback', 'tags', ARRAY['created_at', 'created_by', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(4, 'rollback', 'racks', ARRAY['created_at', 'created_by', 'updated_at', 'updated_by'], ARRAY['id']);
    PERFORM dbgen.keep_columns(4, 'rollback', 'books', ARRAY['created_at', 'created_by', 'updated_at', 'updated_by'], ARRAY['shelf_id', 'number']);
    PERFORM dbgen.keep_table(4, 'rollback', 'audit_log');
END
$dbgen$;

-- drop column tags.updated_by
-- drop column tags.created_by
-- drop column tags.updated_at
-- drop column tags.created_at
ALTER TABLE public.tags
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop column racks.updated_by
-- drop column racks.created_by
-- drop column racks.updated_at
-- drop column racks.created_at
ALTER TABLE public.racks
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop column books.updated_by
-- drop column books.created_by
-- drop column books.updated_at
-- drop column books.created_at
ALTER TABLE public.books
    DROP COLUMN updated_by,
    DROP COLUMN created_by,
    DROP COLUMN updated_at,
    DROP COLUMN created_at;

-- drop table audit_log
DROP TABLE public.audit_log;

-- create trigger dbgen_soft_delete on tags, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.tags
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on racks, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.racks
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- create trigger dbgen_soft_delete on books, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.books
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('shelf_id', 'number');

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
