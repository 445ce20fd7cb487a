-- Rollback of iteration 3 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop check ck_orders_state_enum of orders
ALTER TABLE public.orders DROP CONSTRAINT ck_orders_state_enum;

-- bring back the rows of orders that ck_orders_state_enum had refused, if any
-- look for rows of orders that ck_orders_status_enum would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_check') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'forward', 'orders', 'orders.ck_orders_state_enum');
        PERFORM dbgen.mend_check(3, 'rollback', 'orders', 'ck_orders_status_enum', ARRAY['state'], 'state IN (''new'', ''it''''s paid'', ''paid'')');
    END IF;
END
$dbgen$;

-- add check ck_orders_status_enum to orders
ALTER TABLE public.orders
    ADD CONSTRAINT ck_orders_status_enum CHECK (state IN ('new', 'it''s paid', 'paid'));

-- rename column orders.state to status
ALTER TABLE public.orders RENAME COLUMN state TO status;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 3;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter3_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
