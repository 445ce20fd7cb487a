-- whether others have put something on a table that its DROP would take along
CREATE OR REPLACE FUNCTION dbgen.is_shared(_table regclass) RETURNS boolean
LANGUAGE sql STABLE SET search_path = '' AS $dbgen$
    SELECT EXISTS (
        SELECT FROM jsonb_each(dbgen.belongings(_table)) b
        CROSS JOIN LATERAL jsonb_array_elements_text(b.value) s(value)
        WHERE b.key <> 'grants' OR s.value !~ ' TO (anon|authenticated|service_role)( WITH GRANT OPTION)?$')
$dbgen$;
