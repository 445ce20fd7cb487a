-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 table, 1 column, 2 constraints, 1 index, 2 grants
-- The rollback restores everything exactly

-- create table customers
CREATE TABLE public.customers (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.customers IS 'Created in iteration 2 for shop module';
REVOKE ALL ON TABLE public.customers FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.customers TO authenticated, service_role;

-- bring back the rows of customers that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(2, 'rollback', 'customers');
    END IF;
END
$dbgen$;

-- create index idx_orders_customer_id on orders (customer_id)
CREATE INDEX idx_orders_customer_id ON public.orders (customer_id);

-- look for rows of orders that fk_orders_customer_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'orders', 'fk_orders_customer_id', ARRAY['customer_id'], 'public.customers', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key orders (customer_id) to customers (id)
ALTER TABLE public.orders
    ADD CONSTRAINT fk_orders_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
