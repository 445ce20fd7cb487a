-- the columns that a table's rows are known by: its primary key's or, while there is none, those of the one that
-- this transaction has taken away
CREATE OR REPLACE FUNCTION dbgen.known_by(_table regclass) RETURNS text[]
LANGUAGE sql STABLE SET search_path = '' AS $dbgen$
    SELECT CASE WHEN p.key = '{}' AND l.key <@ ARRAY(SELECT jsonb_object_keys(dbgen.types_of(_table)))
           THEN l.key ELSE p.key END
    FROM (SELECT dbgen.key_of(_table) AS key) p
    CROSS JOIN (SELECT array_agg(e.name ORDER BY e.place) AS key
                FROM pg_catalog.pg_class c
                CROSS JOIN jsonb_array_elements_text(
                    nullif(current_setting('dbgen.keys', true), '')::jsonb -> c.relname::text)
                    WITH ORDINALITY AS e(name, place)
                WHERE c.oid = _table) l
$dbgen$;
