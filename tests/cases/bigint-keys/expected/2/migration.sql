-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 table, 1 column, 1 constraint
-- Not exact: drop table extras (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.belongings
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.is_shared
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_table

-- drop foreign key extras (order_id) to orders (id)
ALTER TABLE public.extras DROP CONSTRAINT fk_extras_order_id;

-- add column orders.total NUMERIC(12,2)
ALTER TABLE public.orders ADD COLUMN total NUMERIC(12,2) NOT NULL DEFAULT 0;

-- bring back the values of orders.total that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'rollback', 'orders', ARRAY['total']);
    END IF;
END
$dbgen$;

-- keep the rows of extras in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(2, 'forward', 'extras');
END
$dbgen$;

-- drop table extras
DROP TABLE public.extras;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
