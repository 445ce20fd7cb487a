-- one row's value after a cast, and whether the way back gives it again: {kept|changed|refused, value}
CREATE OR REPLACE FUNCTION dbgen.cast_row(_query text, _row tid) RETURNS text[]
LANGUAGE plpgsql SET search_path = public, extensions SET row_security = off AS $dbgen$
DECLARE
    _result text[];
BEGIN
    EXECUTE _query INTO _result USING _row;
    RETURN _result;
EXCEPTION WHEN OTHERS THEN
    RETURN ARRAY['refused', NULL];
END
$dbgen$;
