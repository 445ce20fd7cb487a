-- a table's form without its place, its foreign keys and the order of its columns, to be compared;
-- `_names` gives back the names that its indexes had
CREATE OR REPLACE FUNCTION dbgen.shape(_table regclass, _names jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = '' AS $dbgen$
BEGIN
    RETURN (
        SELECT jsonb_build_object(
            'columns', (
                SELECT jsonb_agg(jsonb_build_array(a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity,
                        a.attgenerated, pg_get_expr(d.adbin, d.adrelid), s.description) ORDER BY a.attname)
                FROM pg_catalog.pg_attribute a
                LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                LEFT JOIN pg_catalog.pg_description s
                    ON s.objoid = a.attrelid AND s.classoid = 'pg_class'::regclass AND s.objsubid = a.attnum
                WHERE a.attrelid = _table AND a.attnum > 0 AND NOT a.attisdropped),
            'checks', (
                SELECT jsonb_agg(jsonb_build_array(c.conname, pg_get_constraintdef(c.oid)) ORDER BY c.conname)
                FROM pg_catalog.pg_constraint c WHERE c.conrelid = _table AND c.contype = 'c'),
            'indexes', (
                SELECT jsonb_agg(x.form ORDER BY x.form) FROM (
                    SELECT jsonb_build_array(coalesce(_names ->> c.relname::text, c.relname::text), m.amname,
                        i.indisunique, i.indisprimary, k.contype, pg_get_expr(i.indpred, i.indrelid),
                        (SELECT array_agg(pg_get_indexdef(i.indexrelid, n, true) ORDER BY n)
                         FROM generate_series(1, i.indnatts) n)) AS form
                    FROM pg_catalog.pg_index i
                    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                    JOIN pg_catalog.pg_am m ON m.oid = c.relam
                    LEFT JOIN pg_catalog.pg_constraint k
                        ON k.conrelid = _table AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u')
                    WHERE i.indrelid = _table) x),
            'comment', (
                SELECT s.description FROM pg_catalog.pg_description s
                WHERE s.objoid = _table AND s.classoid = 'pg_class'::regclass AND s.objsubid = 0)));
END
$dbgen$;
