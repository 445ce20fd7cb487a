-- the types of a table's columns by name, as format_type writes them
CREATE OR REPLACE FUNCTION dbgen.types_of(_table regclass) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = '' AS $dbgen$
BEGIN
    RETURN (
        SELECT coalesce(jsonb_object_agg(a.attname, format_type(a.atttypid, a.atttypmod)), '{}')
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = _table AND a.attnum > 0 AND NOT a.attisdropped);
END
$dbgen$;
