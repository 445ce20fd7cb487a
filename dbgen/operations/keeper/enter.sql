-- puts user triggers and FORCE ROW LEVEL SECURITY of a table aside, and lets a published one without a key be
-- updated; gives what leave() needs
CREATE OR REPLACE FUNCTION dbgen.enter(_table regclass) RETURNS jsonb
LANGUAGE plpgsql SET search_path = '' AS $dbgen$
DECLARE
    _state jsonb;
    _trigger text;
BEGIN
    SELECT jsonb_build_object(
        'force', (SELECT c.relforcerowsecurity FROM pg_catalog.pg_class c WHERE c.oid = _table),
        'keyless', (SELECT c.relreplident = 'd' AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = _table AND i.indisprimary)
            FROM pg_catalog.pg_class c WHERE c.oid = _table),
        'triggers', coalesce(jsonb_object_agg(t.tgname, t.tgenabled), '{}'))
    INTO _state
    FROM pg_catalog.pg_trigger t
    WHERE t.tgrelid = _table AND NOT t.tgisinternal AND t.tgenabled <> 'D';
    IF (_state ->> 'force')::boolean THEN
        EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', _table);
    END IF;
    IF (_state ->> 'keyless')::boolean THEN
        EXECUTE format('ALTER TABLE %s REPLICA IDENTITY FULL', _table);
    END IF;
    FOR _trigger IN SELECT jsonb_object_keys(_state -> 'triggers') LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', _table, _trigger);
    END LOOP;
    RETURN _state;
END
$dbgen$;
