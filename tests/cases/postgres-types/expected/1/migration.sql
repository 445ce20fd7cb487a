-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 32 columns, 1 constraint, 2 grants
-- The rollback restores everything exactly

-- create table things
CREATE TABLE public.things (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    c0 VARCHAR(50),
    c1 VARCHAR,
    c2 CHAR(3),
    c3 NUMERIC(12,2),
    c4 NUMERIC(6,0),
    c5 NUMERIC,
    c6 TEXT[],
    c7 INTEGER[],
    c8 TIMESTAMPTZ,
    c9 TIMESTAMP(3),
    c10 TIMETZ,
    c11 TIMESTAMPTZ[],
    c12 DOUBLE PRECISION,
    c13 REAL,
    c14 REAL,
    c15 JSON,
    c16 JSONB,
    c17 INTERVAL,
    c18 CIDR,
    c19 MACADDR,
    c20 MONEY,
    c21 BIT(8),
    c22 VARBIT(9),
    c23 XML,
    c24 TSVECTOR,
    c25 INT4RANGE,
    c26 DATEMULTIRANGE,
    c27 BIGINT,
    c28 BOOLEAN,
    c29 BYTEA,
    c30 NUMERIC(5,1),
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
