-- drops kept types that no kept row has any more
CREATE OR REPLACE FUNCTION dbgen.tidy_types() RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $dbgen$
DECLARE
    _entry record;
BEGIN
    FOR _entry IN
        SELECT e.id, t.oid, e.relation FROM dbgen.archive e
        JOIN pg_catalog.pg_type t ON t.typname = e.relation AND t.typnamespace = 'dbgen_archive'::regnamespace
        WHERE e.kind = 'type' AND e.returned_at IS NULL
          AND NOT EXISTS (
              SELECT FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type u ON u.oid = a.atttypid
              WHERE NOT a.attisdropped AND t.oid IN (u.oid, u.typelem))
    LOOP
        EXECUTE format('DROP TYPE dbgen_archive.%I', _entry.relation);
        UPDATE dbgen.archive SET returned_at = now() WHERE id = _entry.id;
    END LOOP;
END
$dbgen$;
