-- when an enum has its values again: brings back the rows that held them. `_added`: the enum has got them in this
-- transaction, where PostgreSQL does not let them be used (55P04) unless the type is new
CREATE OR REPLACE FUNCTION dbgen.unmend_enum(
    _iteration integer, _direction text, _table text, _column text, _added text
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _constraint text := format('%s.%s ENUM', _table, _column);
BEGIN
    IF EXISTS (
        SELECT FROM dbgen.archive
        WHERE iteration = _iteration AND direction = _direction AND detail ->> 'constraint' = _constraint
          AND returned_at IS NULL)
    THEN
        IF _added IS NOT NULL THEN
            PERFORM dbgen.renew_enum(_iteration, _direction, _added);
        END IF;
        PERFORM dbgen.unmend(_iteration, _direction, _table, _constraint);
    END IF;
END
$dbgen$;
