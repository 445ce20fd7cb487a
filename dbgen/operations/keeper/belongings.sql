-- what others may have put on a table, as statements that put it back
CREATE OR REPLACE FUNCTION dbgen.belongings(_table regclass) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = '' AS $dbgen$
BEGIN
    RETURN (
        SELECT jsonb_build_object(
            'security', (
                SELECT to_jsonb(array_remove(ARRAY[
                    CASE WHEN c.relrowsecurity THEN format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', _table) END,
                    CASE WHEN c.relforcerowsecurity THEN format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', _table) END],
                    NULL))
                FROM pg_catalog.pg_class c WHERE c.oid = _table),
            'grants', coalesce((
                SELECT jsonb_agg(format('GRANT %s ON TABLE %s TO %s%s', g.privilege_type
                            || CASE WHEN g.attname IS NULL THEN '' ELSE format(' (%I)', g.attname) END, _table,
                            CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END,
                            CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END))
                FROM (
                    SELECT acl.*, NULL::name AS attname, c.relowner FROM pg_catalog.pg_class c
                    CROSS JOIN LATERAL aclexplode(c.relacl) acl WHERE c.oid = _table
                    UNION ALL
                    SELECT acl.*, a.attname, c.relowner FROM pg_catalog.pg_attribute a
                    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                    CROSS JOIN LATERAL aclexplode(a.attacl) acl
                    WHERE a.attrelid = _table AND NOT a.attisdropped
                ) g
                WHERE g.grantee <> g.relowner), '[]'),
            'policies', coalesce((
                SELECT jsonb_agg(format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, _table,
                    CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                  WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                    (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE r::regrole::text END, ', ')
                     FROM unnest(p.polroles) r),
                    coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ''),
                    coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')))
                FROM pg_catalog.pg_policy p WHERE p.polrelid = _table), '[]'),
            'triggers', coalesce((
                SELECT jsonb_agg(pg_get_triggerdef(t.oid) || CASE t.tgenabled
                    WHEN 'D' THEN format('; ALTER TABLE %s DISABLE TRIGGER %I', _table, t.tgname)
                    WHEN 'R' THEN format('; ALTER TABLE %s ENABLE REPLICA TRIGGER %I', _table, t.tgname)
                    WHEN 'A' THEN format('; ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', _table, t.tgname)
                    ELSE '' END)
                FROM pg_catalog.pg_trigger t WHERE t.tgrelid = _table AND NOT t.tgisinternal), '[]'),
            'keys', coalesce((
                SELECT jsonb_agg(format('ALTER TABLE %s ADD CONSTRAINT %I %s', _table, k.conname,
                    pg_get_constraintdef(k.oid)) ORDER BY k.conname)
                FROM pg_catalog.pg_constraint k WHERE k.conrelid = _table AND k.contype = 'f'), '[]'),
            'publications', coalesce((
                SELECT jsonb_agg(format('ALTER PUBLICATION %I ADD TABLE ONLY %s%s%s', p.pubname, _table,
                    (SELECT format(' (%s)', string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum))
                     FROM pg_catalog.pg_attribute a
                     WHERE a.attrelid = _table AND a.attnum = ANY (r.prattrs) HAVING count(*) > 0),
                    ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')'))
                FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
                WHERE r.prrelid = _table), '[]')));
END
$dbgen$;
