-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 14 columns, 1 constraint, 2 grants
-- The rollback restores everything exactly

-- create table products
CREATE TABLE public.products (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(40) NOT NULL,
    sku VARCHAR(8),
    price NUMERIC(10,2) NOT NULL,
    weight DOUBLE PRECISION,
    rating REAL,
    contact VARCHAR(255),
    notes TEXT,
    sold_from DATE,
    sold_at TIMESTAMPTZ,
    scores INTEGER[],
    state VARCHAR(50),
    code VARCHAR(255),
    tags VARCHAR(255)[],
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.products IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.products FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.products TO authenticated, service_role;

-- bring back the rows of products that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'products');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
