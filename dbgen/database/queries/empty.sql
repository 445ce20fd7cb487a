-- Neither triggers nor foreign keys have a say, nor row level security: it is a superuser's session.
BEGIN;
SET LOCAL session_replication_role = replica;
DO $empty$
DECLARE
    _table regclass;
BEGIN
    FOR _table IN
        SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'auth'))
    LOOP
        EXECUTE format('DELETE FROM %s', _table);
    END LOOP;
END $empty$;
DROP SCHEMA IF EXISTS dbgen, dbgen_archive CASCADE;
COMMIT
