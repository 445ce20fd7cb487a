-- a line in the list for something that is about to be kept, with a free name in dbgen_archive
CREATE OR REPLACE FUNCTION dbgen.reserve(
    _iteration integer, _direction text, _kind text, _table text, _columns text[], _reason text
) RETURNS dbgen.archive
LANGUAGE plpgsql SET search_path = '' AS $dbgen$
DECLARE
    _entry dbgen.archive;
    _name text := left(concat_ws('_', _table, array_to_string(_columns, '_')), 30);
BEGIN
    -- PostgreSQL cuts names at 63 bytes, and with them what makes this one free.
    WHILE octet_length(_name) > 30 LOOP
        _name := left(_name, -1);
    END LOOP;
    INSERT INTO dbgen.archive (iteration, direction, kind, table_name, column_names, relation, reason)
    VALUES (_iteration, _direction, _kind, _table, coalesce(_columns, '{}'), '', _reason)
    RETURNING * INTO _entry;
    _entry.relation := format('%s_iter%s_%s', _name, _iteration, _entry.id);
    WHILE to_regclass(format('dbgen_archive.%I', _entry.relation)) IS NOT NULL LOOP
        _entry.relation := _entry.relation || '_';
    END LOOP;
    UPDATE dbgen.archive SET relation = _entry.relation WHERE id = _entry.id;
    RETURN _entry;
END
$dbgen$;
