-- a column as it is kept: text for types of public, whose DROP a kept value must not block
CREATE OR REPLACE FUNCTION dbgen.portable(_table regclass, _column text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = '' AS $dbgen$
BEGIN
    RETURN (
        SELECT CASE WHEN 'public'::regnamespace IN (t.typnamespace, e.typnamespace)
               THEN format('t.%1$I::text AS %1$I', _column) ELSE format('t.%I', _column) END
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
        WHERE a.attrelid = _table AND a.attname = _column AND NOT a.attisdropped);
END
$dbgen$;
