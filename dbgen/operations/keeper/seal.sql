-- takes every right on a kept relation from everyone but its owner
CREATE OR REPLACE FUNCTION dbgen.seal(_relation regclass) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $dbgen$
DECLARE
    _grantee text;
BEGIN
    FOR _grantee IN
        SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END
        FROM pg_catalog.pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) acl
        WHERE c.oid = _relation AND acl.grantee <> c.relowner
        UNION
        SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END
        FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) acl
        WHERE a.attrelid = _relation
    LOOP
        EXECUTE format('REVOKE ALL ON TABLE %s FROM %s', _relation, _grantee);
    END LOOP;
END
$dbgen$;
