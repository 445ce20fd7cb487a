-- sets the sequences of a table's identity columns past the highest value, also of rows that may
-- come back
CREATE OR REPLACE FUNCTION dbgen.advance(_table regclass) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _column text;
    _sequence text;
    _highest bigint;
    _next bigint;
BEGIN
    FOR _column IN SELECT attname FROM pg_catalog.pg_attribute
                   WHERE attrelid = _table AND attidentity <> '' AND NOT attisdropped
    LOOP
        _sequence := pg_get_serial_sequence(_table::text, _column);
        EXECUTE format('SELECT max(%I) FROM %s', _column, _table) INTO _highest;
        _highest := greatest(_highest, dbgen.highest_kept(_table, _column));
        EXECUTE format('SELECT last_value + is_called::integer FROM %s', _sequence) INTO _next;
        IF _highest >= _next THEN
            PERFORM setval(_sequence::regclass, _highest);
        END IF;
    END LOOP;
END
$dbgen$;
