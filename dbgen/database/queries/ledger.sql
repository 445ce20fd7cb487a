-- dbgen's ledger and the Supabase CLI's history, made where they are missing; no API role may see either.
DO $ledger$
DECLARE
    api text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'dbgen') THEN
        CREATE SCHEMA dbgen;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = 'dbgen' AND c.relname = 'iterations') THEN
        CREATE TABLE IF NOT EXISTS dbgen.workspace (
            id text PRIMARY KEY,
            created_at timestamptz DEFAULT now()
        );
        CREATE TABLE dbgen.iterations (
            iteration integer PRIMARY KEY,
            version text NOT NULL,
            name text NOT NULL,
            module text NOT NULL,
            migration text NOT NULL,
            rollback text NOT NULL,
            snapshot text NOT NULL,
            types text NOT NULL,
            catalog jsonb,
            summary jsonb,
            generator text NOT NULL,
            applied_by text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        );
        REVOKE ALL ON SCHEMA dbgen FROM PUBLIC;
        REVOKE ALL ON ALL TABLES IN SCHEMA dbgen FROM PUBLIC;
        FOR api IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated', 'service_role')
        LOOP
            EXECUTE format('REVOKE ALL ON SCHEMA dbgen FROM %I', api);
            EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA dbgen FROM %I', api);
        END LOOP;
    END IF;
    -- What a script takes out of the ledger leaves a mark, so that dbgen can move the files afterwards.
    IF to_regclass('dbgen.undone') IS NULL THEN
        CREATE TABLE dbgen.undone (
            version text PRIMARY KEY,
            iteration integer NOT NULL,
            undone_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE FUNCTION dbgen.note_undone() RETURNS trigger
        LANGUAGE plpgsql SET search_path = '' AS $note$
        BEGIN
            INSERT INTO dbgen.undone (version, iteration) VALUES (OLD.version, OLD.iteration)
            ON CONFLICT (version) DO UPDATE SET undone_at = now();
            RETURN OLD;
        END
        $note$;
        CREATE TRIGGER note_undone AFTER DELETE ON dbgen.iterations
            FOR EACH ROW EXECUTE FUNCTION dbgen.note_undone();
    END IF;
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'supabase_migrations') THEN
        CREATE SCHEMA supabase_migrations;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = 'supabase_migrations' AND c.relname = 'schema_migrations') THEN
        CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY);
    END IF;
    -- A history of an older Supabase CLI has the version alone.
    IF (SELECT count(*) FROM pg_attribute
        WHERE attrelid = 'supabase_migrations.schema_migrations'::regclass
          AND attname IN ('statements', 'name') AND NOT attisdropped) < 2 THEN
        ALTER TABLE supabase_migrations.schema_migrations
            ADD COLUMN IF NOT EXISTS statements text[],
            ADD COLUMN IF NOT EXISTS name text;
    END IF;
END
$ledger$
