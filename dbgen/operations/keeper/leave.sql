-- puts back what enter() put aside, each trigger as it was
CREATE OR REPLACE FUNCTION dbgen.leave(_table regclass, _state jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $dbgen$
DECLARE
    _trigger record;
BEGIN
    FOR _trigger IN SELECT key, value FROM jsonb_each_text(_state -> 'triggers') LOOP
        EXECUTE format('ALTER TABLE %s ENABLE %sTRIGGER %I', _table,
            CASE _trigger.value WHEN 'R' THEN 'REPLICA ' WHEN 'A' THEN 'ALWAYS ' ELSE '' END,
            _trigger.key);
    END LOOP;
    IF (_state ->> 'keyless')::boolean THEN
        EXECUTE format('ALTER TABLE %s REPLICA IDENTITY DEFAULT', _table);
    END IF;
    IF (_state ->> 'force')::boolean THEN
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', _table);
    END IF;
END
$dbgen$;
