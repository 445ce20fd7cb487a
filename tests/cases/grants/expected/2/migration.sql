-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 table, 1 column, 1 constraint, 3 grants
-- The rollback restores everything exactly

-- create table others
CREATE TABLE public.others (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.others IS 'Created in iteration 2 for shop module';
REVOKE ALL ON TABLE public.others FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.others TO authenticated, service_role;

-- bring back the rows of others that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(2, 'rollback', 'others');
    END IF;
END
$dbgen$;

-- grant access to things to authenticated, service_role
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.things TO authenticated;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
