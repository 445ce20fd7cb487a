-- puts back what others had on a table, as belongings() noted it, as far as the table still allows it
CREATE OR REPLACE FUNCTION dbgen.belong_again(_noted jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $dbgen$
DECLARE
    _sql text;
BEGIN
    FOR _sql IN
        SELECT s.value FROM unnest(ARRAY['security', 'grants', 'policies', 'triggers', 'keys', 'publications']) kind
        CROSS JOIN LATERAL jsonb_array_elements_text(_noted -> kind) s(value)
        WHERE kind <> 'grants' OR s.value !~ ' TO (anon|authenticated|service_role)( WITH GRANT OPTION)?$'
    LOOP
        BEGIN
            EXECUTE _sql;
        EXCEPTION WHEN duplicate_object OR undefined_column OR undefined_object OR undefined_function
            OR undefined_table OR invalid_schema_name OR foreign_key_violation
        THEN
            RAISE NOTICE 'not put back: % (%)', _sql, SQLERRM;
        END;
    END LOOP;
END
$dbgen$;
