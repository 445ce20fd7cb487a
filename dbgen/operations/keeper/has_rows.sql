-- whether a table has rows, seen or not: a table without any has nothing on disk, or nothing alive there
CREATE OR REPLACE FUNCTION dbgen.has_rows(_table regclass) RETURNS boolean
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _state jsonb;
    _filled boolean;
BEGIN
    IF pg_relation_size(_table) = 0 THEN
        RETURN false;
    END IF;
    _state := dbgen.enter(_table);
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', _table) INTO _filled;
    PERFORM dbgen.leave(_table, _state);
    RETURN _filled;
END
$dbgen$;
