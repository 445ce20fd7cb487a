-- gives the rows where a column is NULL a value; `_keep` remembers which rows they were
CREATE OR REPLACE FUNCTION dbgen.fill(
    _iteration integer, _direction text, _table text, _column text, _expression text, _keep boolean
) RETURNS void
LANGUAGE plpgsql SET search_path = public, extensions SET row_security = off AS $dbgen$
DECLARE
    _target regclass := format('public.%I', _table)::regclass;
    _state jsonb;
    _entry dbgen.archive;
    _count bigint := 0;
BEGIN
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', _target);
    _state := dbgen.enter(_target);
    IF _keep THEN
        EXECUTE format('SELECT count(*) FROM %s WHERE %I IS NULL', _target, _column) INTO _count;
    END IF;
    IF _count > 0 THEN
        _entry := dbgen.keep_values(_iteration, _direction, _target, _column, 'NULLs were filled',
            format('t.%I IS NULL', _column));
    END IF;
    EXECUTE format('UPDATE %s SET %2$I = %3$s WHERE %2$I IS NULL', _target, _column, _expression);
    IF _count > 0 THEN
        PERFORM dbgen.note_values(_entry, _target, _column);
    END IF;
    PERFORM dbgen.leave(_target, _state);
END
$dbgen$;
