-- moves a type that kept rows still have into dbgen_archive and leaves an empty one for the DROP that follows
CREATE OR REPLACE FUNCTION dbgen.keep_type(_iteration integer, _direction text, _type text) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $dbgen$
DECLARE
    _source regtype := format('public.%I', _type)::regtype;
    _entry dbgen.archive;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        WHERE c.relnamespace = 'dbgen_archive'::regnamespace AND NOT a.attisdropped
          AND _source::oid IN (t.oid, t.typelem))
    THEN
        RETURN;
    END IF;
    _entry := dbgen.reserve(_iteration, _direction, 'type', _type, NULL, 'kept rows have this type');
    EXECUTE format('ALTER TYPE %s RENAME TO %I', _source, format('dbgen_%s', _entry.id));
    EXECUTE format('ALTER TYPE %s SET SCHEMA dbgen_archive', _source);
    EXECUTE format('ALTER TYPE %s RENAME TO %I', _source, _entry.relation);
    EXECUTE format('CREATE TYPE public.%I AS ENUM ()', _type);
END
$dbgen$;
