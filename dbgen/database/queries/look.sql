-- Tries checks of the rows that are there, and undoes each. dbgen.checks holds them as JSON: lists of calls of
-- dbgen's functions. What stands in the way is left in dbgen.found, with what --on-conflict would move away.
DO $look$
DECLARE
    wanted text := dbgen.mode();
    conflicts jsonb := '[]';
    checks jsonb;
    one text;
    said jsonb;
    detail text;
    remedy text;
    last bigint;
BEGIN
    FOR checks IN SELECT value FROM jsonb_array_elements(current_setting('dbgen.checks')::jsonb) LOOP
        said := NULL;
        BEGIN
            PERFORM set_config('dbgen.on_conflict', 'stop', true);
            FOR one IN SELECT value FROM jsonb_array_elements_text(checks) LOOP
                EXECUTE 'SELECT ' || one;
            END LOOP;
            RAISE EXCEPTION USING ERRCODE = 'DG100';
        EXCEPTION
            WHEN SQLSTATE 'DG100' THEN NULL;
            WHEN SQLSTATE 'DG001' THEN
                GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, remedy = PG_EXCEPTION_HINT;
                said := detail::jsonb || jsonb_build_object('remedy', remedy, 'left', wanted = 'stop');
            WHEN lock_not_available THEN EXIT;
            -- What it looks at comes only with an earlier step: the migration itself will tell.
            WHEN OTHERS THEN NULL;
        END;
        IF wanted <> 'stop' AND said IS NOT NULL THEN
            BEGIN
                SELECT coalesce(max(id), 0) INTO last FROM dbgen.archive;
                FOR one IN SELECT value FROM jsonb_array_elements_text(checks) LOOP
                    EXECUTE 'SELECT ' || one;
                END LOOP;
                SELECT said || jsonb_build_object('moved', coalesce(jsonb_agg(
                    jsonb_build_object('table', table_name, 'rows', rows) ORDER BY id), '[]')) INTO said
                FROM dbgen.archive WHERE id > last AND kind = 'rows';
                RAISE EXCEPTION USING ERRCODE = 'DG100';
            EXCEPTION
                WHEN SQLSTATE 'DG100' THEN NULL;
                WHEN SQLSTATE 'DG001' THEN
                    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
                    said := said || '{"left": true}';
                    -- What says no more than a sentence tells why the mode is of no use.
                    IF detail = '' THEN
                        said := said || jsonb_build_object('remedy', SQLERRM || ': correct the values');
                    END IF;
                WHEN OTHERS THEN NULL;
            END;
        END IF;
        IF said IS NOT NULL THEN
            conflicts := conflicts || jsonb_build_array(said);
        END IF;
    END LOOP;
    PERFORM set_config('dbgen.found', conflicts::text, true);
END
$look$
