-- the places of the rows (alias t) that a predicate names
CREATE OR REPLACE FUNCTION dbgen.rows_where(_table regclass, _predicate text) RETURNS tid[]
LANGUAGE plpgsql SET search_path = public, extensions SET row_security = off AS $dbgen$
DECLARE
    _rows tid[];
BEGIN
    EXECUTE format('SELECT coalesce(array_agg(t.ctid), ''{}'') FROM %s t WHERE %s', _table, _predicate) INTO _rows;
    RETURN _rows;
END
$dbgen$;
