-- gives rows without a kept value numbers past the kept ones, in identity columns that came back
CREATE OR REPLACE FUNCTION dbgen.renumber(_table regclass, _columns text[], _entry dbgen.archive) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _column text;
BEGIN
    FOR _column IN SELECT attname FROM pg_catalog.pg_attribute
                   WHERE attrelid = _table AND attidentity <> '' AND attname = ANY (_columns)
    LOOP
        PERFORM dbgen.advance(_table);
        EXECUTE format('UPDATE %s t SET %I = DEFAULT WHERE NOT EXISTS (SELECT FROM dbgen_archive.%I k WHERE %s)',
            _table, _column, _entry.relation, dbgen.matching(_table, _entry));
    END LOOP;
END
$dbgen$;
