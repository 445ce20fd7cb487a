-- the cast from a kept value to the column's type: types of public were kept as text
CREATE OR REPLACE FUNCTION dbgen.back_cast(_table regclass, _column text) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $dbgen$
    SELECT CASE WHEN dbgen.portable(_table, _column) <> format('t.%I', _column)
           THEN '::' || (dbgen.types_of(_table) ->> _column) ELSE '' END
$dbgen$;
