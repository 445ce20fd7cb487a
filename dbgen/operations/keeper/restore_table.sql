-- brings back the rows of a table that was dropped: the table itself where the one just made is empty and of
-- the same form, else the rows whose keys are free
CREATE OR REPLACE FUNCTION dbgen.restore_table(_iteration integer, _direction text, _table text) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _fresh regclass := format('public.%I', _table)::regclass;
    _kept regclass;
    _entry dbgen.archive;
    _grants jsonb;
    _item record;
    _filled boolean;
BEGIN
    SELECT * INTO _entry FROM dbgen.archive
    WHERE iteration = _iteration AND direction = _direction AND kind = 'table' AND table_name = _table
      AND returned_at IS NULL
    ORDER BY id DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    _kept := format('dbgen_archive.%I', _entry.relation)::regclass;
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', _fresh) INTO _filled;
    IF _filled OR dbgen.shape(_fresh, '{}') <> dbgen.shape(_kept, _entry.detail -> 'names') THEN
        PERFORM dbgen.copy_back(_entry, _fresh, _kept);
        RETURN;
    END IF;
    _grants := dbgen.belongings(_fresh) -> 'grants';
    EXECUTE format('DROP TABLE %s', _fresh);
    EXECUTE format('ALTER TABLE %s RENAME TO %I', _kept, format('dbgen_%s', _entry.id));
    EXECUTE format('ALTER TABLE %s SET SCHEMA public', _kept);
    EXECUTE format('ALTER TABLE %s RENAME TO %I', _kept, _table);
    FOR _item IN
        SELECT to_regclass(format('public.%I', n.key)) AS relation, n.value AS name
        FROM jsonb_each_text(_entry.detail -> 'names') n
        WHERE to_regclass(format('public.%I', n.key)) IS NOT NULL
    LOOP
        EXECUTE format('ALTER %s %s RENAME TO %I',
            (SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'INDEX' END
             FROM pg_catalog.pg_class c WHERE c.oid = _item.relation), _item.relation, _item.name);
    END LOOP;
    FOR _item IN SELECT value AS sql FROM jsonb_array_elements_text(_grants) LOOP
        EXECUTE _item.sql;
    END LOOP;
    PERFORM dbgen.belong_again(_entry.detail);
    UPDATE dbgen.archive SET returned_at = now() WHERE id = _entry.id;
END
$dbgen$;
