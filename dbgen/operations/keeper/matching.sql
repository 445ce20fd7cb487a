-- `t.k1 = k.k1 AND t.k2 = k.k2::public.kind`: a table's rows and kept ones with the same key; no rows without one
CREATE OR REPLACE FUNCTION dbgen.matching(_table regclass, _columns text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $dbgen$
    SELECT coalesce(string_agg(format('t.%1$I = k.%1$I%2$s', c, dbgen.back_cast(_table, c)), ' AND '), 'false')
    FROM unnest(_columns) AS c
$dbgen$;
