-- the highest number in a column among rows of a table that were moved away and may come back
CREATE OR REPLACE FUNCTION dbgen.highest_kept(_table regclass, _column text) RETURNS bigint
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _relation text;
    _one bigint;
    _highest bigint;
BEGIN
    FOR _relation IN
        SELECT e.relation FROM dbgen.archive e
        JOIN pg_catalog.pg_class c ON c.oid = _table AND c.relname = e.table_name
        WHERE e.kind = 'rows' AND e.returned_at IS NULL
          AND e.detail -> 'types' ->> _column IN ('smallint', 'integer', 'bigint')
    LOOP
        EXECUTE format('SELECT max(%I) FROM dbgen_archive.%I', _column, _relation) INTO _one;
        _highest := greatest(_highest, _one);
    END LOOP;
    RETURN _highest;
END
$dbgen$;
