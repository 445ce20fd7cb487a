-- when a constraint is gone: brings back the rows and values that were in its way
CREATE OR REPLACE FUNCTION dbgen.unmend(
    _iteration integer, _direction text, _table text, _constraint text
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _entry dbgen.archive;
BEGIN
    FOR _entry IN
        SELECT * FROM dbgen.archive
        WHERE iteration = _iteration AND direction = _direction AND kind IN ('values', 'rows')
          AND detail ->> 'constraint' = _constraint AND returned_at IS NULL
        ORDER BY id DESC
    LOOP
        IF _entry.kind = 'rows' THEN
            PERFORM dbgen.copy_back(_entry, format('public.%I', _entry.table_name)::regclass,
                format('dbgen_archive.%I', _entry.relation)::regclass);
        ELSE
            PERFORM dbgen.mark_values(_iteration, _direction, _entry.table_name, _entry.column_names[1]);
            PERFORM dbgen.restore_values(_iteration, _direction, _entry.table_name, _entry.column_names[1]);
        END IF;
    END LOOP;
END
$dbgen$;
