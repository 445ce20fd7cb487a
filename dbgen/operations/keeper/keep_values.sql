-- keeps key and value of the rows of a table (alias t) that a predicate names, before they are changed
CREATE OR REPLACE FUNCTION dbgen.keep_values(
    _iteration integer, _direction text, _table regclass, _column text, _reason text, _predicate text
) RETURNS dbgen.archive
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _name text := (SELECT relname FROM pg_catalog.pg_class WHERE oid = _table);
    _entry dbgen.archive := dbgen.reserve(_iteration, _direction, 'values', _name, ARRAY[_column], _reason);
    _key text[] := dbgen.known_by(_table);
BEGIN
    EXECUTE format(
        'CREATE TABLE dbgen_archive.%I AS SELECT %s t.%I::text AS dbgen_original, NULL::text AS dbgen_became, '
        'false AS dbgen_unedited FROM %s t WHERE %s',
        _entry.relation, (SELECT string_agg(dbgen.portable(_table, c) || ',', ' ') FROM unnest(_key) c),
        _column, _table, _predicate);
    GET DIAGNOSTICS _entry.rows = ROW_COUNT;
    PERFORM dbgen.seal(format('dbgen_archive.%I', _entry.relation)::regclass);
    _entry.key_columns := _key;
    _entry.detail := jsonb_build_object('types', dbgen.types_of(_table));
    UPDATE dbgen.archive SET rows = _entry.rows, key_columns = _key, detail = _entry.detail
    WHERE id = _entry.id;
    RETURN _entry;
END
$dbgen$;
