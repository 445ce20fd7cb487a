-- the cast from a kept value to the column's type: types of public were kept as text, and a column may have had
-- another type then (`_was`)
CREATE OR REPLACE FUNCTION dbgen.back_cast(_table regclass, _column text, _was text) RETURNS text
LANGUAGE sql STABLE SET search_path = '' AS $dbgen$
    SELECT CASE WHEN dbgen.portable(_table, _column) <> format('t.%I', _column) OR _was <> t.type
           THEN '::' || t.type ELSE '' END
    FROM (SELECT dbgen.types_of(_table) ->> _column AS type) t
$dbgen$;
