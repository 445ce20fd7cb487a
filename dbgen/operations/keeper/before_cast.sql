-- before ALTER COLUMN … TYPE: keeps the values that the cast there and back does not give again. `_there` and
-- `_back` are SQL over the row, `_back` with the column as it is after the cast, NULL where there is no way;
-- `_asked`: somebody said how to convert, so that a changed value is what is wanted
CREATE OR REPLACE FUNCTION dbgen.before_cast(
    _iteration integer, _direction text, _table text, _column text, _there text, _back text, _asked boolean
) RETURNS void
LANGUAGE plpgsql SET search_path = public, extensions SET row_security = off AS $dbgen$
DECLARE
    _target regclass := format('public.%I', _table)::regclass;
    _opposite text := CASE _direction WHEN 'forward' THEN 'rollback' ELSE 'forward' END;
    _casts text;
    _one text;
    _where text;
    _state jsonb;
    _changed tid[];
    _refused tid[] := '{}';
BEGIN
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', _target);
    PERFORM dbgen.mark_values(_iteration, _opposite, _table, _column);
    _state := dbgen.enter(_target);
    _casts := format('%1$s t CROSS JOIN LATERAL (SELECT (%2$s) AS there FROM (SELECT t.*) r) x '
        'CROSS JOIN LATERAL (SELECT (%3$s) AS back FROM (SELECT %4$s) r) y',
        _target, _there, coalesce(_back, 'NULL::text'),
        (SELECT string_agg(CASE WHEN c.key = _column THEN format('x.there AS %I', c.key)
                                ELSE format('t.%I', c.key) END, ', ') FROM jsonb_each(dbgen.types_of(_target)) c));
    _where := 'true' || dbgen.spared(_iteration, _opposite, _target, _column);
    _one := format('SELECT ARRAY[CASE WHEN y.back::text IS NOT DISTINCT FROM t.%I::text THEN ''kept'' '
        'ELSE ''changed'' END, x.there::text] FROM %s WHERE t.ctid = $1', _column, _casts);
    BEGIN
        EXECUTE format('SELECT coalesce(array_agg(t.ctid), ''{}'') FROM %s WHERE %s '
            'AND y.back::text IS DISTINCT FROM t.%I::text', _casts, _where, _column) INTO _changed;
    EXCEPTION WHEN OTHERS THEN
        _changed := dbgen.rows_where(_target,
            format('%s AND (dbgen.cast_row(%L, t.ctid))[1] = ''changed''', _where, _one));
        _refused := dbgen.rows_where(_target,
            format('%s AND (dbgen.cast_row(%L, t.ctid))[1] = ''refused''', _where, _one));
    END;
    IF _asked AND cardinality(_changed) > 0 THEN
        PERFORM dbgen.keep_cast(_iteration, _direction, _target, _column, _changed, _one);
        _changed := '{}';
    END IF;
    IF cardinality(_changed) + cardinality(_refused) > 0 THEN
        PERFORM dbgen.fit(_iteration, _direction, _target, _column, _there, _one, _changed, _refused);
    END IF;
    PERFORM dbgen.leave(_target, _state);
END
$dbgen$;
