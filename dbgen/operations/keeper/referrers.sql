-- rows with all rows that reference them, as [{table, rows}]: a table before those that it references
CREATE OR REPLACE FUNCTION dbgen.referrers(_table regclass, _rows tid[]) RETURNS jsonb
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _found jsonb := jsonb_build_object(_table::text, _rows::text);
    _before jsonb;
    _reference record;
    _more tid[];
    _result jsonb := '[]';
    _next text;
BEGIN
    LOOP
        _before := _found;
        FOR _reference IN
            SELECT c.conrelid::regclass AS referrer, c.confrelid::regclass AS target,
                   (SELECT string_agg(format('r.%I = t.%I', a.attname, b.attname), ' AND ')
                    FROM unnest(c.conkey, c.confkey) AS p(own, other)
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = p.own
                    JOIN pg_catalog.pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = p.other) AS joined
            FROM pg_catalog.pg_constraint c WHERE c.contype = 'f' AND _found ? c.confrelid::regclass::text
        LOOP
            -- A row that comes after this look would go by ON DELETE CASCADE, and be kept nowhere.
            EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', _reference.referrer);
            EXECUTE format('SELECT coalesce(array_agg(DISTINCT r.ctid), ''{}'') FROM %s r JOIN %s t ON %s '
                'WHERE t.ctid = ANY ($1) AND r.ctid <> ALL ($2)',
                _reference.referrer, _reference.target, _reference.joined)
            INTO _more USING (_found ->> _reference.target::text)::tid[],
                coalesce(_found ->> _reference.referrer::text, '{}')::tid[];
            IF cardinality(_more) > 0 AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_class c
                WHERE c.oid = _reference.referrer AND c.relnamespace = 'public'::regnamespace)
            THEN
                RAISE EXCEPTION 'rows of % reference rows of %, and are not dbgen''s to move',
                    _reference.referrer, _table USING ERRCODE = 'DG001';
            END IF;
            IF cardinality(_more) > 0 THEN
                _found := _found || jsonb_build_object(_reference.referrer::text,
                    (coalesce(_found ->> _reference.referrer::text, '{}')::tid[] || _more)::text);
            END IF;
        END LOOP;
        EXIT WHEN _found = _before;
    END LOOP;
    WHILE _found <> '{}' LOOP
        SELECT f.key INTO _next FROM jsonb_each_text(_found) f
        WHERE NOT EXISTS (
            SELECT FROM pg_catalog.pg_constraint c
            WHERE c.contype = 'f' AND c.confrelid = f.key::regclass AND c.conrelid <> c.confrelid
              AND _found ? c.conrelid::regclass::text)
        ORDER BY f.key LIMIT 1;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'tables with rows of % reference each other in a circle; they cannot be moved', _table
                USING ERRCODE = 'DG001';
        END IF;
        _result := _result || jsonb_build_object('table', _next, 'rows', _found ->> _next);
        _found := _found - _next;
    END LOOP;
    RETURN _result;
END
$dbgen$;
