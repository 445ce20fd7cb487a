-- stops when something that dbgen did not make hangs on a table (or a column of it) that is about to go
CREATE OR REPLACE FUNCTION dbgen.refuse_dependents(_table regclass, _columns text[]) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $dbgen$
DECLARE
    _found text;
BEGIN
    SELECT string_agg(DISTINCT pg_describe_object(n.classid, n.objid, 0), ', ')
    INTO _found
    FROM (
        SELECT CASE WHEN r.oid IS NULL THEN d.classid ELSE 'pg_class'::regclass END AS classid,
            coalesce(r.ev_class, d.objid) AS objid
        FROM pg_catalog.pg_depend d
        LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        LEFT JOIN pg_catalog.pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = _table AND d.deptype = 'n'
          AND (_columns IS NULL OR a.attname = ANY (_columns))
          AND (r.oid IS NOT NULL AND r.ev_class <> _table OR d.classid = 'pg_proc'::regclass
               OR k.contype = 'f' AND k.conrelid <> _table
               OR _columns IS NOT NULL AND d.classid IN ('pg_policy'::regclass, 'pg_trigger'::regclass))
        UNION ALL
        -- what uses the table's row type
        SELECT d.classid, d.objid
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_type y ON y.oid = c.reltype
        CROSS JOIN LATERAL unnest(ARRAY[y.oid, y.typarray]) u (oid)
        JOIN pg_catalog.pg_depend d
            ON d.refclassid = 'pg_type'::regclass AND d.refobjid = u.oid AND d.deptype = 'n'
        WHERE c.oid = _table AND _columns IS NULL
          AND d.classid IN ('pg_proc'::regclass, 'pg_class'::regclass)
    ) n;
    IF _found IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'DG002',
            MESSAGE = format('%s hangs on %s, and dbgen did not make it', _found, _table),
            DETAIL = jsonb_build_object('table', _table::text, 'columns', _columns, 'dependents', _found),
            HINT = 'Drop it first, and make it again afterwards.';
    END IF;
END
$dbgen$;
