-- before FOREIGN KEY
CREATE OR REPLACE FUNCTION dbgen.mend_foreign_key(
    _iteration integer, _direction text, _table text, _constraint text, _columns text[],
    _target text, _target_columns text[]
) RETURNS void
LANGUAGE sql SET search_path = '' AS $dbgen$
    SELECT dbgen.mend(_iteration, _direction, _table, format('%s.%s', _table, _constraint), _columns,
        format('%s AND NOT EXISTS (SELECT FROM %s r WHERE %s)',
            (SELECT string_agg(format('t.%I IS NOT NULL', c), ' AND ') FROM unnest(_columns) c), _target,
            (SELECT string_agg(format('r.%I = t.%I', b, a), ' AND ') FROM unnest(_columns, _target_columns) p(a, b))),
        format('%s points to nothing in %s', array_to_string(_columns, ', '), _target),
        'Correct the values, or say --on-conflict fill or quarantine.')
$dbgen$;
