-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 6 columns, 4 constraints, 2 indexes, 4 grants
-- The rollback restores everything exactly

-- create table clients
CREATE TABLE public.clients (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80) NOT NULL,
    code VARCHAR(10),
    PRIMARY KEY (id),
    CONSTRAINT uq_clients_code UNIQUE (code)
);
CREATE INDEX idx_clients_name ON public.clients (name);
COMMENT ON TABLE public.clients IS 'Who buys';
REVOKE ALL ON TABLE public.clients FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.clients TO authenticated, service_role;

-- create table orders
CREATE TABLE public.orders (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    client_id UUID NOT NULL,
    placed_on DATE,
    PRIMARY KEY (id)
);
CREATE INDEX idx_orders_client_id ON public.orders (client_id);
COMMENT ON TABLE public.orders IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.orders FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.orders TO authenticated, service_role;

-- bring back the rows of clients that were kept, if any
-- bring back the rows of orders that were kept, if any
-- look for rows of orders that fk_orders_client_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'clients');
        PERFORM dbgen.restore_table(1, 'rollback', 'orders');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'orders', 'fk_orders_client_id', ARRAY['client_id'], 'public.clients', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key orders (client_id) to clients (id)
ALTER TABLE public.orders
    ADD CONSTRAINT fk_orders_client_id FOREIGN KEY (client_id) REFERENCES public.clients (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
