-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 4 columns, 2 constraints, 4 grants
-- The rollback restores everything exactly

-- create table others
CREATE TABLE public.others (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.others IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.others FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.others TO authenticated, service_role;

-- create table things
CREATE TABLE public.things (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80),
    size INTEGER,
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.things IS E'It''s a \\ thing
in two lines';
COMMENT ON COLUMN public.things.name IS 'The name; -- it''s "one"';
REVOKE ALL ON TABLE public.things FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.things TO authenticated, service_role;

-- bring back the rows of others that were kept, if any
-- bring back the rows of things that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'others');
        PERFORM dbgen.restore_table(1, 'rollback', 'things');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
