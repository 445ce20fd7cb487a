-- copies kept rows whose keys are free, and that no constraint refuses, into a table that is not the one they came
-- from; a value comes back where the column still has the type that it had
CREATE OR REPLACE FUNCTION dbgen.copy_back(_entry dbgen.archive, _fresh regclass, _kept regclass) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _was jsonb := _entry.detail -> 'types';
    _types jsonb := dbgen.types_of(_fresh);
    _key text[] := dbgen.key_of(_fresh);
    _columns text[];
    _state jsonb;
    _all bigint;
    _copied bigint;
BEGIN
    SELECT coalesce(array_agg(w.key), '{}') INTO _columns
    FROM jsonb_each_text(_was) w
    JOIN pg_catalog.pg_attribute a ON a.attrelid = _fresh AND a.attname = w.key AND a.attgenerated = ''
    WHERE w.value = _types ->> w.key;
    -- Quarantined rows may come back while the key is being changed; then no key is taken.
    IF (_key = '{}' AND _entry.kind <> 'rows') OR NOT _key <@ _columns THEN
        RAISE NOTICE 'the rows of % stay in dbgen_archive.%: the key is another', _fresh, _entry.relation;
        RETURN;
    END IF;
    EXECUTE format('SELECT count(*) FROM %s', _kept) INTO _all;
    _state := dbgen.enter(_fresh);
    _copied := dbgen.copy_rows(format(
        'INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s k WHERE NOT EXISTS (SELECT FROM %s f WHERE %s)',
        _fresh,
        (SELECT string_agg(quote_ident(c), ', ') FROM unnest(_columns) c),
        (SELECT string_agg(format('k.%I::text::%s', c, _types ->> c), ', ') FROM unnest(_columns) c),
        _kept, _fresh,
        (SELECT coalesce(string_agg(format('f.%1$I = k.%1$I::text::%2$s', c, _types ->> c), ' AND '), 'false')
         FROM unnest(_key) c)), _kept);
    PERFORM dbgen.leave(_fresh, _state);
    PERFORM dbgen.advance(_fresh);
    IF _entry.kind = 'table' THEN
        PERFORM dbgen.belong_again(_entry.detail);
    END IF;
    UPDATE dbgen.archive SET returned_at = now(), returned_rows = _copied WHERE id = _entry.id;
    IF _copied = _all AND (SELECT bool_and(w.key = ANY (_columns)) FROM jsonb_each_text(_was) w) THEN
        EXECUTE format('DROP TABLE %s', _kept);
        PERFORM dbgen.tidy_types();
    ELSE
        RAISE NOTICE '% of % rows came back to %; what did not stays in dbgen_archive.%',
            _copied, _all, _fresh, _entry.relation;
    END IF;
END
$dbgen$;
