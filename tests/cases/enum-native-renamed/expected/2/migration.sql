-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 column, 2 enums
-- Not exact: alter column orders.status: public.order_status to public.purchase_status (data-kept)

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

-- create enum purchase_status (new, paid)
CREATE TYPE public.purchase_status AS ENUM ('new', 'paid');

-- look for values of orders.status that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'forward', 'orders', 'status', 'status::TEXT::public.purchase_status', 'status::TEXT::public.order_status', false);
END
$dbgen$;

-- alter column orders.status: public.order_status to public.purchase_status
ALTER TABLE public.orders
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE public.purchase_status USING status::TEXT::public.purchase_status,
    ALTER COLUMN status SET DEFAULT 'new';

-- bring back the original values of orders.status, if any were changed
-- drop enum order_status
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'orders', 'status');
        PERFORM dbgen.keep_type(2, 'forward', 'order_status');
    END IF;
END
$dbgen$;
DROP TYPE public.order_status;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
