-- before a column that is NOT NULL goes: brings back the rows that its NOT NULL had refused
CREATE OR REPLACE FUNCTION dbgen.unmend_not_null(
    _iteration integer, _direction text, _table text, _column text
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _constraint text := format('%s.%s NOT NULL', _table, _column);
BEGIN
    IF EXISTS (
        SELECT FROM dbgen.archive
        WHERE iteration = _iteration AND direction = _direction AND detail ->> 'constraint' = _constraint
          AND returned_at IS NULL)
    THEN
        EXECUTE format('ALTER TABLE public.%I ALTER COLUMN %I DROP NOT NULL', _table, _column);
        PERFORM dbgen.unmend(_iteration, _direction, _table, _constraint);
    END IF;
END
$dbgen$;
