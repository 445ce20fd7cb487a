-- the columns of a table's primary key, in order
CREATE OR REPLACE FUNCTION dbgen.key_of(_table regclass) RETURNS text[]
LANGUAGE sql STABLE SET search_path = '' AS $dbgen$
    SELECT coalesce(array_agg(a.attname::text ORDER BY k.place), '{}')
    FROM pg_catalog.pg_index i
    CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k(number, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
    WHERE i.indrelid = _table AND i.indisprimary
$dbgen$;
