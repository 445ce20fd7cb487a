-- gives rows without a kept value numbers past the kept ones, in identity columns that came back; where no values were
-- kept (`_entry` NULL), to rows that have the number of one that may come back
CREATE OR REPLACE FUNCTION dbgen.renumber(_table regclass, _columns text[], _entry dbgen.archive) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _column text;
BEGIN
    FOR _column IN SELECT attname FROM pg_catalog.pg_attribute
                   WHERE attrelid = _table AND attidentity <> '' AND attname = ANY (_columns)
    LOOP
        PERFORM dbgen.advance(_table);
        EXECUTE format('UPDATE %s t SET %I = DEFAULT WHERE %s', _table, _column,
            CASE WHEN _entry.id IS NULL
            THEN format('t.%I <= %s', _column, coalesce(dbgen.highest_kept(_table, _column), 0))
            ELSE format('NOT EXISTS (SELECT FROM dbgen_archive.%I k WHERE %s)',
                _entry.relation, dbgen.matching(_table, _entry)) END);
    END LOOP;
END
$dbgen$;
