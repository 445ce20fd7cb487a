-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 3 columns, 1 constraint, 2 grants
-- The rollback restores everything exactly

-- create table docs
CREATE TABLE public.docs (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(40),
    title VARCHAR(60) NOT NULL,
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.docs IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.docs FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.docs TO authenticated, service_role;

-- bring back the rows of docs that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'docs');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
