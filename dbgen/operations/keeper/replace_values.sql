-- gives the rows that a predicate names another value in a column, and keeps what they had
CREATE OR REPLACE FUNCTION dbgen.replace_values(
    _iteration integer, _direction text, _table regclass, _column text, _value text, _constraint text,
    _predicate text
) RETURNS void
LANGUAGE plpgsql SET search_path = public, extensions SET row_security = off AS $dbgen$
DECLARE
    _entry dbgen.archive := dbgen.keep_values(_iteration, _direction, _table, _column, _constraint, _predicate);
BEGIN
    EXECUTE format('UPDATE %s t SET %I = %s WHERE %s', _table, _column, _value, _predicate);
    PERFORM dbgen.note_values(_entry, _table, _column);
    UPDATE dbgen.archive SET detail = detail || jsonb_build_object('constraint', _constraint)
    WHERE id = _entry.id;
END
$dbgen$;
