-- `t.k1 = k.k1 AND t.k2 = k.k2::public.kind`: a table's rows and the kept ones of an entry with the same key; no rows
-- without one
CREATE OR REPLACE FUNCTION dbgen.matching(_table regclass, _entry dbgen.archive) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $dbgen$
    SELECT coalesce(string_agg(format('t.%1$I = k.%1$I%2$s', c,
        dbgen.back_cast(_table, c, _entry.detail -> 'types' ->> c)), ' AND '), 'false')
    FROM unnest(_entry.key_columns) AS c
$dbgen$;
