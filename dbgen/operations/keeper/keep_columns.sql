-- keeps key and values of columns that are about to be dropped, of every row
CREATE OR REPLACE FUNCTION dbgen.keep_columns(
    _iteration integer, _direction text, _table text, _columns text[], _key text[]
) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _source regclass := format('public.%I', _table)::regclass;
    _entry dbgen.archive;
    _state jsonb;
    _kept bigint;
    _all bigint;
BEGIN
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', _source);
    PERFORM dbgen.refuse_dependents(_source, _columns);
    IF NOT dbgen.discarding(_source) AND dbgen.has_rows(_source) THEN
        _state := dbgen.enter(_source);
        _entry := dbgen.reserve(_iteration, _direction, 'columns', _table, _columns, 'the column is dropped');
        EXECUTE format('CREATE TABLE dbgen_archive.%I AS SELECT %s FROM %s t', _entry.relation,
            (SELECT string_agg(dbgen.portable(_source, c), ', ') FROM unnest(_key || _columns) c), _source);
        GET DIAGNOSTICS _kept = ROW_COUNT;
        EXECUTE format('SELECT count(*) FROM %s', _source) INTO _all;
        IF _kept <> _all THEN
            RAISE EXCEPTION '% rows of % were kept of %: nothing is changed', _kept, _source, _all;
        END IF;
        PERFORM dbgen.seal(format('dbgen_archive.%I', _entry.relation)::regclass);
        UPDATE dbgen.archive SET rows = _kept, key_columns = _key,
            detail = jsonb_build_object('types', dbgen.types_of(_source))
        WHERE id = _entry.id;
        PERFORM dbgen.leave(_source, _state);
    END IF;
END
$dbgen$;
