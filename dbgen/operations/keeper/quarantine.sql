-- moves rows, whole, into dbgen_archive; rows that reference them go first
CREATE OR REPLACE FUNCTION dbgen.quarantine(
    _iteration integer, _direction text, _table regclass, _rows tid[], _constraint text, _depth integer
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _name text := (SELECT relname FROM pg_catalog.pg_class WHERE oid = _table);
    _reference record;
    _others tid[];
    _entry dbgen.archive;
    _state jsonb;
    _moved bigint;
BEGIN
    IF _depth > 20 THEN
        RAISE EXCEPTION 'rows of % reference each other in a circle and cannot be moved', _table;
    END IF;
    FOR _reference IN
        SELECT c.conrelid::regclass AS referrer,
               (SELECT string_agg(format('r.%I = t.%I', a.attname, b.attname), ' AND ')
                FROM unnest(c.conkey, c.confkey) AS p(own, other)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = p.own
                JOIN pg_catalog.pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = p.other) AS joined
        FROM pg_catalog.pg_constraint c WHERE c.contype = 'f' AND c.confrelid = _table
    LOOP
        EXECUTE format('SELECT coalesce(array_agg(DISTINCT r.ctid), ''{}'') FROM %s r JOIN %s t ON %s '
            'WHERE t.ctid = ANY ($1) AND (r.tableoid <> t.tableoid OR r.ctid <> ALL ($1))',
            _reference.referrer, _table, _reference.joined) INTO _others USING _rows;
        IF cardinality(_others) > 0 THEN
            PERFORM dbgen.quarantine(_iteration, _direction, _reference.referrer, _others, _constraint, _depth + 1);
        END IF;
    END LOOP;
    _entry := dbgen.reserve(_iteration, _direction, 'rows', _name, NULL, _constraint);
    _state := dbgen.enter(_table);
    EXECUTE format('CREATE TABLE dbgen_archive.%I AS SELECT %s FROM %s t WHERE t.ctid = ANY (%L::tid[])',
        _entry.relation,
        (SELECT string_agg(dbgen.portable(_table, c.key), ', ') FROM jsonb_each(dbgen.types_of(_table)) c), _table, _rows);
    EXECUTE format('DELETE FROM %s t WHERE t.ctid = ANY ($1)', _table) USING _rows;
    GET DIAGNOSTICS _moved = ROW_COUNT;
    PERFORM dbgen.leave(_table, _state);
    IF _moved <> cardinality(_rows) THEN
        RAISE EXCEPTION '% of % rows of % could be moved: nothing is changed', _moved, cardinality(_rows), _table;
    END IF;
    PERFORM dbgen.seal(format('dbgen_archive.%I', _entry.relation)::regclass);
    UPDATE dbgen.archive SET rows = _moved,
        detail = jsonb_build_object('types', dbgen.types_of(_table), 'constraint', _constraint)
    WHERE id = _entry.id;
END
$dbgen$;
