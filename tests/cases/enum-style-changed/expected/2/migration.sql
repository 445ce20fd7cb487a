-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 constraint
-- The rollback restores everything exactly

-- look for rows of orders that ck_orders_status_enum would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_check') IS NOT NULL THEN
        PERFORM dbgen.mend_check(2, 'forward', 'orders', 'ck_orders_status_enum', ARRAY['status'], 'status IN (''new'', ''paid'')');
    END IF;
END
$dbgen$;

-- add check ck_orders_status_enum to orders
ALTER TABLE public.orders ADD CONSTRAINT ck_orders_status_enum CHECK (status IN ('new', 'paid'));

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
