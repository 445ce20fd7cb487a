-- before SET NOT NULL
CREATE OR REPLACE FUNCTION dbgen.mend_not_null(
    _iteration integer, _direction text, _table text, _column text
) RETURNS void
LANGUAGE sql SET search_path = '' AS $dbgen$
    SELECT dbgen.mend(_iteration, _direction, _table, format('%s.%s NOT NULL', _table, _column), ARRAY[_column],
        format('t.%I IS NULL', _column), format('%s is NULL, and is to be NOT NULL', _column),
        'Give the field a default or a backfill, fill the rows, or say --on-conflict fill or quarantine.')
$dbgen$;
