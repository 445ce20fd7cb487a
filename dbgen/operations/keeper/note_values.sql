-- notes what kept values have become, so that a later edit can be told
CREATE OR REPLACE FUNCTION dbgen.note_values(_entry dbgen.archive, _table regclass, _column text) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
BEGIN
    EXECUTE format('UPDATE dbgen_archive.%I k SET dbgen_became = t.%I::text FROM %s t WHERE %s',
        _entry.relation, _column, _table, dbgen.matching(_table, _entry));
END
$dbgen$;
