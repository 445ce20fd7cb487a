-- Rollback of iteration 3 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- look for values of orders.status that the type change would not keep
-- look for values of orders.seen that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(3, 'rollback', 'orders', 'status', 'status::VARCHAR(50)', 'status::public.order_status', false);
    PERFORM dbgen.before_cast(3, 'rollback', 'orders', 'seen', 'seen::VARCHAR(50)[]', 'seen::public.order_status[]', false);
END
$dbgen$;

-- alter column orders.status: public.order_status to VARCHAR(50)
-- alter column orders.seen: public.order_status[] to VARCHAR(50)[]
ALTER TABLE public.orders
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE VARCHAR(50),
    ALTER COLUMN status SET DEFAULT 'fresh',
    ALTER COLUMN seen TYPE VARCHAR(50)[];

-- bring back the original values of orders.status, if any were changed
-- bring back the original values of orders.seen, if any were changed
-- drop enum order_status
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.after_cast(3, 'forward', 'orders', 'status');
        PERFORM dbgen.after_cast(3, 'forward', 'orders', 'seen');
        PERFORM dbgen.keep_type(3, 'rollback', 'order_status');
    END IF;
END
$dbgen$;
DROP TYPE public.order_status;

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
