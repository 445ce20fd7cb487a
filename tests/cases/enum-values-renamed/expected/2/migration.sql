-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 column
-- The rollback restores everything exactly

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.portable
-- dbgen.types_of
-- dbgen.back_cast
-- dbgen.key_of
-- dbgen.known_by
-- dbgen.conflict
-- dbgen.enter
-- dbgen.leave
-- dbgen.has_rows
-- dbgen.reserve
-- dbgen.seal
-- dbgen.keep_values
-- dbgen.matching
-- dbgen.mode
-- dbgen.referrers
-- dbgen.quarantine
-- dbgen.note_values
-- dbgen.replace_values
-- dbgen.rows_where
-- dbgen.mend
-- dbgen.rename_values

-- rename the values of orders.seen: it's paid to paid, new to fresh
DO $dbgen$
BEGIN
    PERFORM dbgen.rename_values(2, 'forward', 'orders', 'seen', ARRAY['it''s paid', 'new'], ARRAY['paid', 'fresh']);
END
$dbgen$;
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'orders', 'orders.seen VALUES');
    END IF;
END
$dbgen$;

-- rename the values of orders.status: it's paid to paid, new to fresh
DO $dbgen$
BEGIN
    PERFORM dbgen.rename_values(2, 'forward', 'orders', 'status', ARRAY['it''s paid', 'new'], ARRAY['paid', 'fresh']);
END
$dbgen$;
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'orders', 'orders.status VALUES');
    END IF;
END
$dbgen$;

-- alter column orders.status: default 'fresh'
ALTER TABLE public.orders ALTER COLUMN status SET DEFAULT 'fresh';

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
