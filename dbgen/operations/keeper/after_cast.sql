-- after ALTER COLUMN … TYPE: brings back what the way here had changed or moved
CREATE OR REPLACE FUNCTION dbgen.after_cast(
    _iteration integer, _direction text, _table text, _column text
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
BEGIN
    PERFORM dbgen.restore_values(_iteration, _direction, _table, _column);
    PERFORM dbgen.unmend(_iteration, _direction, _table, format('%s.%s TYPE', _table, _column));
END
$dbgen$;
