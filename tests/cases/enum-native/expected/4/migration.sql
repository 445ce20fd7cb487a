-- Iteration 4 of shop, made by dbgen 0.1.0
-- Touches 1 enum
-- The rollback restores everything exactly

-- alter enum order_status: add lost
ALTER TYPE public.order_status RENAME TO order_status__before;
CREATE TYPE public.order_status AS ENUM ('draft', 'new', 'checked', 'paid', 'it''s sent', 'lost');
ALTER TABLE public.orders
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE public.order_status USING status::TEXT::public.order_status,
    ALTER COLUMN status SET DEFAULT 'lost';
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.keep_type(4, 'forward', 'order_status__before');
    END IF;
END
$dbgen$;
DROP TYPE public.order_status__before;

-- bring back the rows of orders whose status the enum order_status had lost, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend_enum') IS NOT NULL THEN
        PERFORM dbgen.unmend_enum(4, 'rollback', 'orders', 'status', NULL);
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
