-- moves a table with its rows into dbgen_archive and leaves an empty one for the DROP that follows
CREATE OR REPLACE FUNCTION dbgen.keep_table(_iteration integer, _direction text, _table text) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _source regclass := format('public.%I', _table)::regclass;
    _entry dbgen.archive;
    _item record;
    _names jsonb := '{}';
    _number integer := 0;
BEGIN
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', _source);
    PERFORM dbgen.refuse_dependents(_source, NULL);
    IF dbgen.discarding(_source) OR NOT (dbgen.has_rows(_source) OR dbgen.is_shared(_source)) THEN
        RETURN;
    END IF;
    _entry := dbgen.reserve(_iteration, _direction, 'table', _table, NULL, 'the table is dropped');
    _entry.detail := dbgen.belongings(_source) || jsonb_build_object('types', dbgen.types_of(_source));
    FOR _item IN SELECT polname FROM pg_catalog.pg_policy WHERE polrelid = _source LOOP
        EXECUTE format('DROP POLICY %I ON %s', _item.polname, _source);
    END LOOP;
    FOR _item IN SELECT tgname FROM pg_catalog.pg_trigger WHERE tgrelid = _source AND NOT tgisinternal LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', _item.tgname, _source);
    END LOOP;
    FOR _item IN SELECT conname FROM pg_catalog.pg_constraint WHERE conrelid = _source AND contype = 'f' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', _source, _item.conname);
    END LOOP;
    FOR _item IN SELECT p.pubname FROM pg_catalog.pg_publication_rel r
                 JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid WHERE r.prrelid = _source LOOP
        EXECUTE format('ALTER PUBLICATION %I DROP TABLE %s', _item.pubname, _source);
    END LOOP;
    PERFORM dbgen.seal(_source);
    FOR _item IN
        SELECT c.oid::regclass AS relation, c.relname, c.relkind FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = _source
        UNION ALL
        SELECT c.oid::regclass, c.relname, c.relkind FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = _source
          AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    LOOP
        _number := _number + 1;
        EXECUTE format('ALTER %s %s RENAME TO %I', CASE _item.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'INDEX' END,
            _item.relation, format('dbgen_%s_%s', _entry.id, _number));
        _names := _names || jsonb_build_object(format('dbgen_%s_%s', _entry.id, _number), _item.relname);
    END LOOP;
    EXECUTE format('ALTER TABLE %s RENAME TO %I', _source, format('dbgen_%s', _entry.id));
    EXECUTE format('ALTER TABLE %s SET SCHEMA dbgen_archive', _source);
    EXECUTE format('ALTER TABLE %s RENAME TO %I', _source, _entry.relation);
    UPDATE dbgen.archive SET detail = _entry.detail || jsonb_build_object('names', _names)
    WHERE id = _entry.id;
    EXECUTE format('CREATE TABLE public.%I ()', _table);
END
$dbgen$;
