-- keeps values that a cast changes, with what they become; a row whose key is cast is known by what that becomes
CREATE OR REPLACE FUNCTION dbgen.keep_cast(
    _iteration integer, _direction text, _table regclass, _column text, _rows tid[], _one text
) RETURNS void
LANGUAGE plpgsql SET search_path = public, extensions SET row_security = off AS $dbgen$
DECLARE
    _entry dbgen.archive := dbgen.keep_values(_iteration, _direction, _table, _column, 'the type changes',
        format('t.ctid = ANY (%L::tid[])', _rows));
BEGIN
    EXECUTE format('UPDATE dbgen_archive.%I k SET dbgen_became = (dbgen.cast_row(%L, t.ctid))[2] FROM %s t WHERE %s',
        _entry.relation, _one, _table, dbgen.matching(_table, _entry));
    IF _column = ANY (_entry.key_columns) THEN
        BEGIN
            EXECUTE format('UPDATE dbgen_archive.%I SET %I = dbgen_became::%s',
                _entry.relation, _column, dbgen.types_of(_table) ->> _column);
        EXCEPTION WHEN OTHERS THEN
            RAISE NOTICE 'the keys of % cannot be told after the cast: their originals stay in dbgen_archive.%',
                _table, _entry.relation;
        END;
    END IF;
END
$dbgen$;
