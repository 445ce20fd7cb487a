-- before CHECK
CREATE OR REPLACE FUNCTION dbgen.mend_check(
    _iteration integer, _direction text, _table text, _constraint text, _columns text[], _expression text
) RETURNS void
LANGUAGE sql SET search_path = public, extensions AS $dbgen$
    SELECT dbgen.mend(_iteration, _direction, _table, format('%s.%s', _table, _constraint), _columns,
        format('(%s) IS FALSE', _expression), format('the check %s refuses them', _expression),
        'Correct the values, or say --on-conflict fill or quarantine.')
$dbgen$;
