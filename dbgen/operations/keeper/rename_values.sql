-- gives the values of a text column, or the items of an array, other names; rows that have a new name already stand
-- in the way, because nothing would tell them apart on the way back
CREATE OR REPLACE FUNCTION dbgen.rename_values(
    _iteration integer, _direction text, _table text, _column text, _old text[], _new text[]
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _target regclass := format('public.%I', _table)::regclass;
    _type text := dbgen.types_of(_target) ->> _column;
    _array boolean := (dbgen.types_of(_target) ->> _column) LIKE '%[]';
    _held text := CASE WHEN _array THEN 't.%I::text[] && %L::text[]' ELSE 't.%I::text = ANY (%L::text[])' END;
    _value text := format('%I' || CASE WHEN _array THEN '::text[]' ELSE '' END, _column);
    _state jsonb;
BEGIN
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', _target);
    PERFORM dbgen.mend(_iteration, _direction, _table, format('%s.%s VALUES', _table, _column), ARRAY[_column],
        format(_held, _column, _new), format('%s is %s before anything is renamed so', _column, array_to_string(_new, ', ')),
        'Correct the values, or say --on-conflict fill or quarantine.');
    FOR i IN 1 .. cardinality(_old) LOOP
        _value := CASE WHEN _array THEN format('array_replace(%s, %L::text, %L)', _value, _old[i], _new[i])
            ELSE format('CASE %I::text WHEN %L THEN %L ELSE %s END', _column, _old[i], _new[i], _value) END;
    END LOOP;
    _state := dbgen.enter(_target);
    EXECUTE format('UPDATE %s t SET %I = (%s)::%s WHERE %s', _target, _column, _value, _type,
        format(_held, _column, _old));
    PERFORM dbgen.leave(_target, _state);
END
$dbgen$;
