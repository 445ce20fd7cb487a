-- before UNIQUE and PRIMARY KEY: of duplicates the lowest key stays
CREATE OR REPLACE FUNCTION dbgen.mend_unique(
    _iteration integer, _direction text, _table text, _constraint text, _columns text[]
) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $dbgen$
DECLARE
    _target regclass := format('public.%I', _table)::regclass;
    _list text := (SELECT string_agg(quote_ident(c), ', ') FROM unnest(_columns) c);
    _order text := coalesce(
        (SELECT string_agg(quote_ident(c), ', ') FROM unnest(dbgen.known_by(_target)) c), 'ctid');
    _filled text := (SELECT string_agg(format('%I IS NOT NULL', c), ' AND ') FROM unnest(_columns) c);
BEGIN
    PERFORM dbgen.mend(_iteration, _direction, _table, format('%s.%s', _table, _constraint), _columns,
        format('t.ctid IN (SELECT d.ctid FROM (SELECT ctid, row_number() OVER (PARTITION BY %s ORDER BY %s) AS n '
            'FROM %s WHERE %s) d WHERE d.n > 1)', _list, _order, _target, _filled),
        format('%s is there more than once', _list),
        'Make the values different, or say --on-conflict quarantine (the lowest key stays) or fill.');
END
$dbgen$;
