-- marks the kept values of a column whose rows nobody has edited since
CREATE OR REPLACE FUNCTION dbgen.mark_values(
    _iteration integer, _direction text, _table text, _column text
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _target regclass := format('public.%I', _table)::regclass;
    _entry dbgen.archive;
    _state jsonb;
BEGIN
    FOR _entry IN
        SELECT * FROM dbgen.archive
        WHERE iteration = _iteration AND direction = _direction AND kind = 'values' AND table_name = _table
          AND column_names = ARRAY[_column] AND returned_at IS NULL
    LOOP
        _state := dbgen.enter(_target);
        EXECUTE format('UPDATE dbgen_archive.%I k SET dbgen_unedited = true FROM %s t '
            'WHERE %s AND t.%I::text IS NOT DISTINCT FROM k.dbgen_became',
            _entry.relation, _target, dbgen.matching(_target, _entry), _column);
        PERFORM dbgen.leave(_target, _state);
    END LOOP;
END
$dbgen$;
