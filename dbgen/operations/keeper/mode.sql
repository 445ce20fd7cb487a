-- what is to be done with rows that stand in the way: stop, fill or quarantine
CREATE OR REPLACE FUNCTION dbgen.mode() RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $dbgen$
    SELECT coalesce(nullif(current_setting('dbgen.on_conflict', true), ''), 'stop')
$dbgen$;
