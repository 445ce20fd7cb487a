-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 3 columns, 2 constraints, 1 index, 2 grants
-- The rollback restores everything exactly

-- create table entries
CREATE TABLE public.entries (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    first VARCHAR(10),
    second VARCHAR(10),
    PRIMARY KEY (id),
    CONSTRAINT uq_entries_second UNIQUE (second)
);
CREATE INDEX idx_entries_first ON public.entries (first);
COMMENT ON TABLE public.entries IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.entries FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.entries TO authenticated, service_role;

-- bring back the rows of entries that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'entries');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
