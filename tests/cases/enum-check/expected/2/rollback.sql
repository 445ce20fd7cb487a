-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop check ck_orders_status_enum of orders
ALTER TABLE public.orders DROP CONSTRAINT ck_orders_status_enum;

-- bring back the rows of orders that ck_orders_status_enum had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'orders', 'orders.ck_orders_status_enum');
    END IF;
END
$dbgen$;

-- alter column orders.status: default 'new'
ALTER TABLE public.orders ALTER COLUMN status SET DEFAULT 'new';

-- look for rows of orders that ck_orders_status_enum would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_check') IS NOT NULL THEN
        PERFORM dbgen.mend_check(2, 'rollback', 'orders', 'ck_orders_status_enum', ARRAY['status'], 'status IN (''new'', ''paid'')');
    END IF;
END
$dbgen$;

-- add check ck_orders_status_enum to orders
ALTER TABLE public.orders ADD CONSTRAINT ck_orders_status_enum CHECK (status IN ('new', 'paid'));

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
