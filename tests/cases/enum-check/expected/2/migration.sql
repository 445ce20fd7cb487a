-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 column, 2 constraints
-- The rollback restores everything exactly

-- drop check ck_orders_status_enum of orders
ALTER TABLE public.orders DROP CONSTRAINT ck_orders_status_enum;

-- bring back the rows of orders that ck_orders_status_enum had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'orders', 'orders.ck_orders_status_enum');
    END IF;
END
$dbgen$;

-- alter column orders.status: default 'paid'
ALTER TABLE public.orders ALTER COLUMN status SET DEFAULT 'paid';

-- look for rows of orders that ck_orders_status_enum would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_check') IS NOT NULL THEN
        PERFORM dbgen.mend_check(2, 'forward', 'orders', 'ck_orders_status_enum', ARRAY['status'], 'status IN (''new'', ''it''''s paid'', ''paid'')');
    END IF;
END
$dbgen$;

-- add check ck_orders_status_enum to orders
ALTER TABLE public.orders
    ADD CONSTRAINT ck_orders_status_enum CHECK (status IN ('new', 'it''s paid', 'paid'));

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
