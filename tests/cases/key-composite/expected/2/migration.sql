-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns
-- Not exact: drop column order_lines.text (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.portable
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_columns

-- add column order_lines.amount INTEGER
ALTER TABLE public.order_lines ADD COLUMN amount INTEGER NOT NULL DEFAULT 1;

-- bring back the values of order_lines.amount that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'rollback', 'order_lines', ARRAY['amount']);
    END IF;
END
$dbgen$;

-- keep the values of order_lines.text in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'forward', 'order_lines', ARRAY['text'], ARRAY['order_no', 'line_no']);
END
$dbgen$;

-- drop column order_lines.text
ALTER TABLE public.order_lines DROP COLUMN text;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
