-- Takes the rows, and dbgen's archive. Neither triggers nor foreign keys have a say, nor row level security: it is
-- a superuser's session. What rules made in schema dbgen stays.
BEGIN;
SET LOCAL session_replication_role = replica;
DROP SCHEMA IF EXISTS dbgen_archive CASCADE;
DROP TABLE IF EXISTS dbgen.archive CASCADE;
DO $empty$
DECLARE
    _table regclass;
BEGIN
    FOR _table IN
        SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname IN ('public', 'auth', 'dbgen')
    LOOP
        EXECUTE format('DELETE FROM %s', _table);
    END LOOP;
END $empty$;
COMMIT
