-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- create enum order_status (new, paid)
CREATE TYPE public.order_status AS ENUM ('new', 'paid');

-- look for values of orders.status that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'rollback', 'orders', 'status', 'status::TEXT::public.order_status', 'status::TEXT::public.purchase_status', false);
END
$dbgen$;

-- alter column orders.status: public.purchase_status to public.order_status
ALTER TABLE public.orders
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE public.order_status USING status::TEXT::public.order_status,
    ALTER COLUMN status SET DEFAULT 'new';

-- bring back the original values of orders.status, if any were changed
-- drop enum purchase_status
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'orders', 'status');
        PERFORM dbgen.keep_type(2, 'rollback', 'purchase_status');
    END IF;
END
$dbgen$;
DROP TYPE public.purchase_status;

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
