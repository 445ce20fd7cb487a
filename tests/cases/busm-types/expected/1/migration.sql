-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 30 columns, 1 constraint, 2 grants
-- The rollback restores everything exactly

-- create table things
CREATE TABLE public.things (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    uuid_value UUID,
    string_value VARCHAR(255),
    text_value TEXT,
    email_value VARCHAR(255),
    phone_value VARCHAR(20),
    url_value VARCHAR(255),
    integer_value INTEGER,
    bigint_value BIGINT,
    smallint_value SMALLINT,
    decimal_value NUMERIC(10,2),
    number_value NUMERIC,
    float_value DOUBLE PRECISION,
    currency_value NUMERIC(12,2),
    percentage_value NUMERIC(5,2),
    boolean_value BOOLEAN,
    date_value DATE,
    time_value TIME,
    datetime_value TIMESTAMPTZ,
    timestamp_value TIMESTAMPTZ,
    json_value JSONB,
    array_value TEXT[],
    enum_value VARCHAR(50),
    binary_value BYTEA,
    inet_value INET,
    point_value POINT,
    short_name VARCHAR(7),
    exact NUMERIC(20,6),
    scores INTEGER[],
    stamps TIMESTAMPTZ[],
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
