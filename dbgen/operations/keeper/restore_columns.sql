-- puts the values of columns that were dropped back on the rows with their keys; by hand, when the columns may have
-- values since, only where none is lost by it
CREATE OR REPLACE FUNCTION dbgen.restore_columns(
    _iteration integer, _direction text, _table text, _columns text[]
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _target regclass := format('public.%I', _table)::regclass;
    _types jsonb := dbgen.types_of(_target);
    _entry dbgen.archive;
    _state jsonb;
    _fitting text[];
    _given text := 'k.%1$I%2$s';
    _free text := 'true';
    _back bigint;
BEGIN
    SELECT * INTO _entry FROM dbgen.archive
    WHERE iteration = _iteration AND direction = _direction AND kind = 'columns' AND table_name = _table
      AND column_names && _columns AND returned_at IS NULL
    ORDER BY id DESC LIMIT 1;
    IF NOT FOUND THEN
        _state := dbgen.enter(_target);
        PERFORM dbgen.renumber(_target, _columns, NULL);
        PERFORM dbgen.leave(_target, _state);
        RETURN;
    END IF;
    SELECT coalesce(array_agg(c), '{}') INTO _fitting FROM unnest(_entry.column_names) c
    WHERE c = ANY (_columns) AND _entry.detail -> 'types' ->> c = _types ->> c;
    IF _fitting = '{}' OR EXISTS (
        SELECT FROM unnest(_entry.key_columns) k
        WHERE _entry.detail -> 'types' ->> k IS DISTINCT FROM _types ->> k)
    THEN
        RAISE NOTICE 'the values of % stay in dbgen_archive.%: key or type is another', _target, _entry.relation;
        RETURN;
    END IF;
    _state := dbgen.enter(_target);
    IF _direction = 'by hand' THEN
        _given := format('coalesce(%s, t.%%1$I)', _given);
        SELECT string_agg(format('(t.%1$I IS NULL OR k.%1$I IS NULL OR t.%1$I::text = k.%1$I::text)', c), ' AND ')
        INTO _free FROM unnest(_fitting) c;
    END IF;
    EXECUTE format('UPDATE %s t SET %s FROM dbgen_archive.%I k WHERE %s AND %s', _target,
        (SELECT string_agg(format('%1$I = ' || _given, c, dbgen.back_cast(_target, c, _types ->> c)), ', ')
         FROM unnest(_fitting) c),
        _entry.relation,
        dbgen.matching(_target, _entry), _free);
    GET DIAGNOSTICS _back = ROW_COUNT;
    PERFORM dbgen.renumber(_target, _fitting, _entry);
    PERFORM dbgen.leave(_target, _state);
    PERFORM dbgen.advance(_target);
    UPDATE dbgen.archive SET returned_at = now(), returned_rows = _back WHERE id = _entry.id;
    IF _back = _entry.rows AND _fitting @> _entry.column_names THEN
        EXECUTE format('DROP TABLE dbgen_archive.%I', _entry.relation);
    ELSE
        RAISE NOTICE '% of % rows of % got their values back; what did not stays in dbgen_archive.%',
            _back, _entry.rows, _target, _entry.relation;
    END IF;
END
$dbgen$;
