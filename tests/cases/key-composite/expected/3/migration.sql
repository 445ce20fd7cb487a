-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 2 constraints
-- The rollback restores everything exactly

-- drop primary key (order_no, line_no) of order_lines
DO $dbgen$
BEGIN
    PERFORM set_config('dbgen.keys',
        (coalesce(nullif(current_setting('dbgen.keys', true), ''), '{}')::jsonb || '{"order_lines": ["order_no", "line_no"]}')::text, true);
END
$dbgen$;
ALTER TABLE public.order_lines DROP CONSTRAINT order_lines_pkey;

-- bring back the rows of order_lines that order_lines_pkey had refused, if any
-- look for rows of order_lines that order_lines_pkey would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'rollback', 'order_lines', 'order_lines.order_lines_pkey');
        PERFORM dbgen.mend_unique(3, 'forward', 'order_lines', 'order_lines_pkey', ARRAY['line_no']);
    END IF;
END
$dbgen$;

-- add primary key (line_no) to order_lines
ALTER TABLE public.order_lines ADD CONSTRAINT order_lines_pkey PRIMARY KEY (line_no);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
