-- Iteration 5 of shop, made by dbgen 0.1.0
-- Touches 1 enum
-- The rollback restores everything exactly

-- look for rows of orders with a status that the enum order_status loses
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_enum') IS NOT NULL THEN
        PERFORM dbgen.mend_enum(5, 'forward', 'orders', 'status', ARRAY['draft', 'checked', 'it''s sent', 'lost'], '''new''');
    END IF;
END
$dbgen$;

-- alter enum order_status: remove draft, checked, it's sent, lost
ALTER TYPE public.order_status RENAME TO order_status__before;
CREATE TYPE public.order_status AS ENUM ('new', 'paid');
ALTER TABLE public.orders
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE public.order_status USING status::TEXT::public.order_status,
    ALTER COLUMN status SET DEFAULT 'new';
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.keep_type(5, 'forward', 'order_status__before');
    END IF;
END
$dbgen$;
DROP TYPE public.order_status__before;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
