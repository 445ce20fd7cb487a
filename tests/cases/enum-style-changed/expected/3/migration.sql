-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 column, 1 constraint, 1 enum
-- Not exact: alter column orders.status: VARCHAR(50) to public.order_status (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.portable
-- dbgen.types_of
-- dbgen.back_cast
-- dbgen.cast_row
-- dbgen.enter
-- dbgen.key_of
-- dbgen.known_by
-- dbgen.conflict
-- dbgen.reserve
-- dbgen.seal
-- dbgen.keep_values
-- dbgen.matching
-- dbgen.keep_cast
-- dbgen.mode
-- dbgen.leave
-- dbgen.referrers
-- dbgen.quarantine
-- dbgen.fit
-- dbgen.mark_values
-- dbgen.rows_where
-- dbgen.spared
-- dbgen.before_cast

-- drop check ck_orders_status_enum of orders
ALTER TABLE public.orders DROP CONSTRAINT ck_orders_status_enum;

-- bring back the rows of orders that ck_orders_status_enum had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'rollback', 'orders', 'orders.ck_orders_status_enum');
    END IF;
END
$dbgen$;

-- create enum order_status (new, paid)
CREATE TYPE public.order_status AS ENUM ('new', 'paid');

-- look for values of orders.status that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(3, 'forward', 'orders', 'status', 'status::public.order_status', 'status::VARCHAR(50)', false);
END
$dbgen$;

-- alter column orders.status: VARCHAR(50) to public.order_status
ALTER TABLE public.orders
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE public.order_status USING status::public.order_status,
    ALTER COLUMN status SET DEFAULT 'new';

-- bring back the original values of orders.status, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(3, 'rollback', 'orders', 'status');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
