-- settles the values that a cast would change (`_changed`) or refuse (`_refused`)
CREATE OR REPLACE FUNCTION dbgen.fit(
    _iteration integer, _direction text, _table regclass, _column text, _there text, _one text,
    _changed tid[], _refused tid[]
) RETURNS void
LANGUAGE plpgsql SET search_path = public, extensions SET row_security = off AS $dbgen$
DECLARE
    _name text := (SELECT relname FROM pg_catalog.pg_class WHERE oid = _table);
    _constraint text := format('%s.%s TYPE', _name, _column);
    _type text := dbgen.types_of(_table) ->> _column;
    _entry dbgen.archive;
    _value text;
    _fillable boolean;
BEGIN
    SELECT pg_get_expr(d.adbin, d.adrelid), NOT a.attnotnull OR d.adbin IS NOT NULL
        INTO _value, _fillable
    FROM pg_catalog.pg_attribute a
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = _table AND a.attname = _column;
    -- A default would give several rows one key.
    _fillable := _fillable AND _column <> ALL (dbgen.known_by(_table));
    IF dbgen.mode() = 'quarantine' THEN
        PERFORM dbgen.quarantine(_iteration, _direction, _table, _changed || _refused, _constraint);
    ELSIF dbgen.mode() = 'fill' AND (cardinality(_refused) = 0 OR _fillable) THEN
        IF cardinality(_changed) > 0 THEN
            PERFORM dbgen.keep_cast(_iteration, _direction, _table, _column, _changed, _one);
        END IF;
        IF cardinality(_refused) > 0 THEN
            _entry := dbgen.keep_values(_iteration, _direction, _table, _column, 'the cast refuses it',
                format('t.ctid = ANY (%L::tid[])', _refused));
            EXECUTE format('UPDATE %s t SET %I = %s WHERE t.ctid = ANY ($1)', _table, _column,
                coalesce(_value, 'NULL')) USING _refused;
            -- The cast comes after this, and may change the default too.
            EXECUTE format('UPDATE dbgen_archive.%I k SET dbgen_became = (dbgen.cast_row(%L, t.ctid))[2] '
                'FROM %s t WHERE %s', _entry.relation, _one, _table, dbgen.matching(_table, _entry));
        END IF;
        EXECUTE format('UPDATE %s t SET %I = (%s)::%s WHERE t.ctid = ANY ($1)', _table, _column, _there, _type)
            USING _changed;
    ELSE
        PERFORM dbgen.conflict(_table, ARRAY[_column], _constraint, _changed || _refused,
            format('the new type of %s would cut, round or refuse them', _column),
            'Say how to convert with `using`, correct the values, or say --on-conflict fill or quarantine.');
    END IF;
END
$dbgen$;
