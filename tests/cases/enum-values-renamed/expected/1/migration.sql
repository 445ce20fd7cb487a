-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 3 columns, 1 constraint, 2 grants
-- The rollback restores everything exactly

-- create table orders
CREATE TABLE public.orders (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    status VARCHAR(50) NOT NULL DEFAULT 'new',
    seen VARCHAR(50)[],
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.orders IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.orders FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.orders TO authenticated, service_role;

-- bring back the rows of orders that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'orders');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
