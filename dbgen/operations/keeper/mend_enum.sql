-- before an enum loses the values in `_gone`; `_default` is SQL that both its old and its new values allow
CREATE OR REPLACE FUNCTION dbgen.mend_enum(
    _iteration integer, _direction text, _table text, _column text, _gone text[], _default text
) RETURNS void
LANGUAGE plpgsql SET search_path = public, extensions SET row_security = off AS $dbgen$
DECLARE
    _target regclass := format('public.%I', _table)::regclass;
    _constraint text := format('%s.%s ENUM', _table, _column);
    _array boolean;
    _predicate text;
    _state jsonb;
BEGIN
    SELECT t.typelem <> 0, coalesce(_default, CASE WHEN NOT a.attnotnull THEN 'NULL' END) INTO _array, _default
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = _target AND a.attname = _column;
    _predicate := format(CASE WHEN _array THEN 't.%I::text[] && %L::text[]' ELSE 't.%I::text = ANY (%L::text[])' END,
        _column, _gone);
    IF dbgen.mode() = 'fill' AND _default IS NOT NULL AND cardinality(dbgen.rows_where(_target, _predicate)) > 0 THEN
        EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', _target);
        _state := dbgen.enter(_target);
        PERFORM dbgen.replace_values(_iteration, _direction, _target, _column, _default, _constraint, _predicate);
        PERFORM dbgen.leave(_target, _state);
    END IF;
    PERFORM dbgen.mend(_iteration, _direction, _table, _constraint, ARRAY[_column], _predicate,
        format('%s has no place for %s any more', _column, array_to_string(_gone, ', ')),
        'Correct the values, or say --on-conflict fill or quarantine.');
END
$dbgen$;
