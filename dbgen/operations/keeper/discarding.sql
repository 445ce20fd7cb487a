-- whether somebody said that nothing is to be kept (--discard-data)
CREATE OR REPLACE FUNCTION dbgen.discarding() RETURNS boolean
LANGUAGE sql STABLE SET search_path = '' AS $dbgen$
    SELECT coalesce(current_setting('dbgen.discard', true) = 'on', false)
$dbgen$;
