-- puts the kept values of a column back on the rows that are marked
CREATE OR REPLACE FUNCTION dbgen.restore_values(
    _iteration integer, _direction text, _table text, _column text
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _target regclass := format('public.%I', _table)::regclass;
    _type text := dbgen.types_of(_target) ->> _column;
    _entry dbgen.archive;
    _state jsonb;
    _back bigint;
BEGIN
    FOR _entry IN
        SELECT * FROM dbgen.archive
        WHERE iteration = _iteration AND direction = _direction AND kind = 'values' AND table_name = _table
          AND column_names = ARRAY[_column] AND returned_at IS NULL
        ORDER BY id DESC
    LOOP
        CONTINUE WHEN _entry.detail -> 'types' ->> _column IS DISTINCT FROM _type;
        _state := dbgen.enter(_target);
        EXECUTE format('UPDATE %s t SET %I = k.dbgen_original::%s FROM dbgen_archive.%I k '
            'WHERE k.dbgen_unedited AND %s',
            _target, _column, _type, _entry.relation, dbgen.matching(_target, _entry));
        GET DIAGNOSTICS _back = ROW_COUNT;
        PERFORM dbgen.leave(_target, _state);
        UPDATE dbgen.archive SET returned_at = now(), returned_rows = _back WHERE id = _entry.id;
        IF _back = _entry.rows THEN
            EXECUTE format('DROP TABLE dbgen_archive.%I', _entry.relation);
        ELSE
            RAISE NOTICE '% of % values of %.% came back; the others were edited since and stay in dbgen_archive.%',
                _back, _entry.rows, _target, _column, _entry.relation;
        END IF;
    END LOOP;
END
$dbgen$;
