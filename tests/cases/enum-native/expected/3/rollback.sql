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

-- look for rows of orders with a status that the enum order_status loses
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_enum') IS NOT NULL THEN
        PERFORM dbgen.mend_enum(3, 'rollback', 'orders', 'status', ARRAY['draft', 'checked'], '''new''');
    END IF;
END
$dbgen$;

-- alter enum order_status: remove draft, checked
ALTER TYPE public.order_status RENAME TO order_status__before;
CREATE TYPE public.order_status AS ENUM ('new', 'paid', 'it''s sent');
ALTER TABLE public.orders
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE public.order_status USING status::TEXT::public.order_status,
    ALTER COLUMN status SET DEFAULT 'new';
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.keep_type(3, 'rollback', 'order_status__before');
    END IF;
END
$dbgen$;
DROP TYPE public.order_status__before;

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
