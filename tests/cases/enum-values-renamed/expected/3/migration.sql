-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 1 enum
-- Not exact: alter column orders.seen: VARCHAR(50)[] to public.order_status[] (data-kept); alter column orders.status: VARCHAR(50) to public.order_status (data-kept)

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

-- create enum order_status (fresh, paid, lost)
CREATE TYPE public.order_status AS ENUM ('fresh', 'paid', 'lost');

-- look for values of orders.seen that the type change would not keep
-- look for values of orders.status that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(3, 'forward', 'orders', 'seen', 'seen::public.order_status[]', 'seen::VARCHAR(50)[]', false);
    PERFORM dbgen.before_cast(3, 'forward', 'orders', 'status', 'status::public.order_status', 'status::VARCHAR(50)', false);
END
$dbgen$;

-- alter column orders.seen: VARCHAR(50)[] to public.order_status[]
-- alter column orders.status: VARCHAR(50) to public.order_status
ALTER TABLE public.orders
    ALTER COLUMN seen TYPE public.order_status[] USING seen::public.order_status[],
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE public.order_status USING status::public.order_status,
    ALTER COLUMN status SET DEFAULT 'fresh';

-- bring back the original values of orders.seen, if any were changed
-- bring back the original values of orders.status, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(3, 'rollback', 'orders', 'seen');
        PERFORM dbgen.after_cast(3, 'rollback', 'orders', 'status');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
