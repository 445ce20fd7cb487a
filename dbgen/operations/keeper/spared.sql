-- a predicate that leaves out rows whose original value comes back after the cast anyway
CREATE OR REPLACE FUNCTION dbgen.spared(
    _iteration integer, _direction text, _table regclass, _column text
) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $dbgen$
    SELECT coalesce(string_agg(format(
        ' AND NOT EXISTS (SELECT FROM dbgen_archive.%I k WHERE k.dbgen_unedited AND %s)',
        e.relation, dbgen.matching(_table, e)), ''), '')
    FROM dbgen.archive e
    JOIN pg_catalog.pg_class c ON c.oid = _table AND c.relname = e.table_name
    WHERE e.iteration = _iteration AND e.direction = _direction AND e.kind = 'values'
      AND e.column_names = ARRAY[_column] AND e.returned_at IS NULL
$dbgen$;
