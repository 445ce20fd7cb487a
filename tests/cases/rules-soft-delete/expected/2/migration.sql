-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 2 triggers, 2 functions
-- The rollback restores everything exactly

-- make schema dbgen, for functions
CREATE SCHEMA IF NOT EXISTS dbgen;

-- add column books.deleted_at TIMESTAMPTZ
ALTER TABLE public.books ADD COLUMN deleted_at TIMESTAMPTZ;

-- add column shelves.deleted_at TIMESTAMPTZ
ALTER TABLE public.shelves ADD COLUMN deleted_at TIMESTAMPTZ;

-- bring back the values of books.deleted_at that were kept, if any
-- bring back the values of shelves.deleted_at that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'rollback', 'books', ARRAY['deleted_at']);
        PERFORM dbgen.restore_columns(2, 'rollback', 'shelves', ARRAY['deleted_at']);
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

-- create trigger dbgen_soft_delete on books, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.books
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('shelf_id', 'number');

-- create trigger dbgen_soft_delete on shelves, BEFORE DELETE
CREATE TRIGGER dbgen_soft_delete
    BEFORE DELETE ON public.shelves
    FOR EACH ROW WHEN (CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name]))
    EXECUTE FUNCTION dbgen.soft_delete('id');

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
