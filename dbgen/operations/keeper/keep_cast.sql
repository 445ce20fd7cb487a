-- keeps values that a cast changes, with what they become
CREATE OR REPLACE FUNCTION dbgen.keep_cast(
    _iteration integer, _direction text, _table regclass, _column text, _rows tid[], _one text
) RETURNS void
LANGUAGE plpgsql SET search_path = public, extensions SET row_security = off AS $dbgen$
DECLARE
    _entry dbgen.archive := dbgen.keep_values(_iteration, _direction, _table, _column, 'the type changes',
        format('t.ctid = ANY (%L::tid[])', _rows));
BEGIN
    EXECUTE format('UPDATE dbgen_archive.%I k SET dbgen_became = (dbgen.cast_row(%L, t.ctid))[2] FROM %s t WHERE %s',
        _entry.relation, _one, _table, dbgen.matching(_table, _entry.key_columns));
END
$dbgen$;
