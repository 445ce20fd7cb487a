-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 column, 2 constraints
-- The rollback restores everything exactly

-- rename column orders.status to state
ALTER TABLE public.orders RENAME COLUMN status TO state;

-- drop check ck_orders_status_enum of orders
ALTER TABLE public.orders DROP CONSTRAINT ck_orders_status_enum;

-- bring back the rows of orders that ck_orders_status_enum had refused, if any
-- look for rows of orders that ck_orders_state_enum would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_check') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'rollback', 'orders', 'orders.ck_orders_status_enum');
        PERFORM dbgen.mend_check(3, 'forward', 'orders', 'ck_orders_state_enum', ARRAY['state'], 'state IN (''new'', ''paid'')');
    END IF;
END
$dbgen$;

-- add check ck_orders_state_enum to orders
ALTER TABLE public.orders ADD CONSTRAINT ck_orders_state_enum CHECK (state IN ('new', 'paid'));

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
