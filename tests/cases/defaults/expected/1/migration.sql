-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 13 columns, 1 constraint, 2 grants
-- The rollback restores everything exactly

-- create table things
CREATE TABLE public.things (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    label TEXT DEFAULT 'now()',
    at TIMESTAMPTZ DEFAULT now(),
    day DATE DEFAULT CURRENT_DATE,
    token UUID DEFAULT gen_random_uuid(),
    size INTEGER DEFAULT 0,
    rate NUMERIC DEFAULT -1.5,
    flag BOOLEAN DEFAULT true,
    data JSONB DEFAULT '{"a": [1, null]}',
    tags TEXT[] DEFAULT '{}',
    due DATE DEFAULT CURRENT_DATE + 14,
    quote TEXT DEFAULT 'it''s; DROP TABLE things --',
    "user" UUID DEFAULT auth.uid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.things IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.things FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.things TO authenticated, service_role;

-- bring back the rows of things that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'things');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
