-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 2 columns, 1 constraint, 2 grants
-- The rollback restores everything exactly

-- create table counters
CREATE TABLE public.counters (
    id INTEGER NOT NULL DEFAULT 7,
    name VARCHAR(80),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.counters IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.counters FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.counters TO authenticated, service_role;

-- bring back the rows of counters that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'counters');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
