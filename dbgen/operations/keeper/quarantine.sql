-- moves rows, whole, into dbgen_archive, together with all that reference them, which are listed first
CREATE OR REPLACE FUNCTION dbgen.quarantine(
    _iteration integer, _direction text, _table regclass, _rows tid[], _constraint text
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _moved jsonb := dbgen.referrers(_table, _rows);
    _item record;
    _entry dbgen.archive;
    _states jsonb := '{}';
    _deletes text;
    _count bigint;
BEGIN
    FOR _item IN
        SELECT m.value ->> 'table' AS name, (m.value ->> 'table')::regclass AS relation, (m.value ->> 'rows')::tid[] AS rows
        FROM jsonb_array_elements(_moved) WITH ORDINALITY m(value, place) ORDER BY m.place
    LOOP
        _states := _states || jsonb_build_object(_item.name, dbgen.enter(_item.relation));
        _entry := dbgen.reserve(_iteration, _direction, 'rows',
            (SELECT relname FROM pg_catalog.pg_class WHERE oid = _item.relation), NULL, _constraint);
        EXECUTE format('CREATE TABLE dbgen_archive.%I AS SELECT %s FROM %s t WHERE t.ctid = ANY ($1)', _entry.relation,
            (SELECT string_agg(dbgen.portable(_item.relation, c.key), ', ')
             FROM jsonb_each(dbgen.types_of(_item.relation)) c), _item.relation) USING _item.rows;
        PERFORM dbgen.seal(format('dbgen_archive.%I', _entry.relation)::regclass);
        UPDATE dbgen.archive SET rows = cardinality(_item.rows),
            detail = jsonb_build_object('types', dbgen.types_of(_item.relation), 'constraint', _constraint)
        WHERE id = _entry.id;
    END LOOP;
    -- One statement, at whose end foreign keys are looked at.
    SELECT format('WITH %s SELECT %s',
        string_agg(format('d%s AS (DELETE FROM %s t WHERE t.ctid = ANY (%L::tid[]) RETURNING 1)',
            m.place, m.value ->> 'table', m.value ->> 'rows'), ', '),
        string_agg(format('(SELECT count(*) FROM d%s)', m.place), ' + '))
    INTO _deletes FROM jsonb_array_elements(_moved) WITH ORDINALITY m(value, place);
    EXECUTE _deletes INTO _count;
    IF _count <> (SELECT sum(cardinality((m.value ->> 'rows')::tid[])) FROM jsonb_array_elements(_moved) m) THEN
        RAISE EXCEPTION 'only % of the rows of % could be moved: nothing is changed', _count, _table;
    END IF;
    FOR _item IN SELECT key, value FROM jsonb_each(_states) LOOP
        PERFORM dbgen.leave(_item.key::regclass, _item.value);
    END LOOP;
END
$dbgen$;
