-- stops with a report of rows that stand in the way: DATA_CONFLICT
CREATE OR REPLACE FUNCTION dbgen.conflict(
    _table regclass, _columns text[], _constraint text, _rows tid[], _reason text, _remedy text
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _key text[] := dbgen.known_by(_table);
    _name text := (SELECT relname FROM pg_catalog.pg_class WHERE oid = _table);
    _keys jsonb;
BEGIN
    EXECUTE format('SELECT jsonb_agg(x) FROM (SELECT %s FROM %s t WHERE t.ctid = ANY ($1) ORDER BY 1 LIMIT 5) x',
        (SELECT coalesce(string_agg(format('t.%I::text', c), ', '), 't.ctid::text') FROM unnest(_key) c), _table)
    INTO _keys USING _rows;
    RAISE EXCEPTION USING
        ERRCODE = 'DG001',
        MESSAGE = format('%s row(s) of %s: %s', cardinality(_rows), _name, _reason),
        DETAIL = jsonb_build_object('table', _name, 'columns', _columns, 'constraint', _constraint,
            'count', cardinality(_rows), 'key', _key, 'keys', _keys, 'reason', _reason)::text,
        HINT = _remedy;
END
$dbgen$;
