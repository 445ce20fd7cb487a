-- settles the rows of a table (alias t) that a predicate names, before a constraint refuses them: stops, fills
-- `_columns` with their defaults and then NULL, or moves the rows away
CREATE OR REPLACE FUNCTION dbgen.mend(
    _iteration integer, _direction text, _table text, _constraint text, _columns text[], _predicate text,
    _reason text, _remedy text
) RETURNS void
LANGUAGE plpgsql SET search_path = public, extensions SET row_security = off AS $dbgen$
DECLARE
    _target regclass := format('public.%I', _table)::regclass;
    _state jsonb;
    _rows tid[];
    _column record;
BEGIN
    IF NOT dbgen.has_rows(_target) THEN
        RETURN;
    END IF;
    _state := dbgen.enter(_target);
    _rows := dbgen.rows_where(_target, _predicate);
    IF cardinality(_rows) > 0 AND dbgen.mode() <> 'stop' THEN
        -- What others write from here on would be changed without having been kept.
        EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', _target);
        _rows := dbgen.rows_where(_target, _predicate);
    END IF;
    IF cardinality(_rows) > 0 AND dbgen.mode() = 'fill' THEN
        FOR _column IN
            SELECT a.attname AS name, v.value, v.turn
            FROM unnest(_columns) c
            JOIN pg_catalog.pg_attribute a ON a.attrelid = _target AND a.attname = c
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = _target AND d.adnum = a.attnum
            CROSS JOIN LATERAL (VALUES (1, pg_get_expr(d.adbin, d.adrelid)), (2, 'NULL')) v(turn, value)
            WHERE v.value IS NOT NULL AND (v.turn = 1 OR NOT a.attnotnull) AND a.attname <> ALL (dbgen.key_of(_target))
            ORDER BY v.turn, a.attnum
        LOOP
            EXIT WHEN cardinality(dbgen.rows_where(_target, _predicate)) = 0;
            PERFORM dbgen.replace_values(_iteration, _direction, _target, _column.name, _column.value, _constraint,
                _predicate);
        END LOOP;
        _rows := dbgen.rows_where(_target, _predicate);
    ELSIF cardinality(_rows) > 0 AND dbgen.mode() = 'quarantine' THEN
        PERFORM dbgen.quarantine(_iteration, _direction, _target, _rows, _constraint);
        _rows := dbgen.rows_where(_target, _predicate);
    END IF;
    PERFORM dbgen.leave(_target, _state);
    IF cardinality(_rows) > 0 THEN
        PERFORM dbgen.conflict(_target, _columns, _constraint, _rows, _reason, _remedy);
    END IF;
END
$dbgen$;
