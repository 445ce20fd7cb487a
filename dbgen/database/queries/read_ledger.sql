-- Opens four cursors: the workspace's id, the iterations, the versions of the Supabase CLI's history, and
-- those that a script took out of the ledger.
-- A table that is not there, or that this role may not read, is an empty one.
DO $read$
DECLARE
    workspace refcursor := 'dbgen_workspace';
    iterations refcursor := 'dbgen_iterations';
    versions refcursor := 'dbgen_versions';
    undone refcursor := 'dbgen_undone';
    readable text[];
    texts boolean := current_setting('dbgen.texts')::boolean;
BEGIN
    SELECT coalesce(array_agg(n.nspname || '.' || c.relname), '{}') INTO readable
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE (n.nspname, c.relname) IN (('dbgen', 'workspace'), ('dbgen', 'iterations'), ('dbgen', 'undone'),
                                      ('supabase_migrations', 'schema_migrations'))
       AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT');
    IF 'dbgen.workspace' = ANY (readable) THEN
        OPEN workspace FOR SELECT id FROM dbgen.workspace ORDER BY created_at LIMIT 1;
    ELSE
        OPEN workspace FOR SELECT NULL::text WHERE false;
    END IF;
    IF 'dbgen.iterations' = ANY (readable) THEN
        OPEN iterations FOR
            SELECT iteration, version, name, module, generator, applied_by, applied_at, summary,
                   md5(migration), md5(rollback), md5(snapshot), md5(types),
                   CASE WHEN texts THEN migration END, CASE WHEN texts THEN rollback END,
                   CASE WHEN texts THEN snapshot END, CASE WHEN texts THEN types END
              FROM dbgen.iterations ORDER BY iteration;
    ELSE
        OPEN iterations FOR SELECT NULL::text WHERE false;
    END IF;
    IF 'supabase_migrations.schema_migrations' = ANY (readable) THEN
        OPEN versions FOR SELECT version FROM supabase_migrations.schema_migrations ORDER BY version;
    ELSE
        OPEN versions FOR SELECT NULL::text WHERE false;
    END IF;
    IF 'dbgen.undone' = ANY (readable) THEN
        OPEN undone FOR SELECT version FROM dbgen.undone ORDER BY version;
    ELSE
        OPEN undone FOR SELECT NULL::text WHERE false;
    END IF;
END
$read$
