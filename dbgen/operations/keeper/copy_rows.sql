-- runs an INSERT of kept rows (alias k); where constraints refuse some, of all the others, one by one as long as one
-- more fits, for rows may reference each other. Gives how many came
CREATE OR REPLACE FUNCTION dbgen.copy_rows(_insert text, _kept regclass) RETURNS bigint
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _waiting tid[];
    _refused tid[];
    _row tid;
    _came bigint;
    _copied bigint := 0;
BEGIN
    BEGIN
        EXECUTE _insert;
        GET DIAGNOSTICS _copied = ROW_COUNT;
        RETURN _copied;
    EXCEPTION WHEN integrity_constraint_violation THEN
        EXECUTE format('SELECT array_agg(k.ctid) FROM %s k', _kept) INTO _waiting;
    END;
    LOOP
        _refused := '{}';
        FOREACH _row IN ARRAY _waiting LOOP
            BEGIN
                EXECUTE _insert || ' AND k.ctid = $1' USING _row;
                GET DIAGNOSTICS _came = ROW_COUNT;
                _copied := _copied + _came;
            EXCEPTION WHEN integrity_constraint_violation THEN
                _refused := _refused || _row;
            END;
        END LOOP;
        EXIT WHEN cardinality(_refused) IN (0, cardinality(_waiting));
        _waiting := _refused;
    END LOOP;
    RETURN _copied;
END
$dbgen$;
