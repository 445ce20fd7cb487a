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

-- drop primary key (line_no) of order_lines
DO $dbgen$
BEGIN
    PERFORM set_config('dbgen.keys',
        (coalesce(nullif(current_setting('dbgen.keys', true), ''), '{}')::jsonb || '{"order_lines": ["line_no"]}')::text, true);
END
$dbgen$;
ALTER TABLE public.order_lines DROP CONSTRAINT order_lines_pkey;

-- bring back the rows of order_lines that order_lines_pkey had refused, if any
-- look for rows of order_lines that order_lines_pkey would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(3, 'forward', 'order_lines', 'order_lines.order_lines_pkey');
        PERFORM dbgen.mend_unique(3, 'rollback', 'order_lines', 'order_lines_pkey', ARRAY['order_no', 'line_no']);
    END IF;
END
$dbgen$;

-- add primary key (order_no, line_no) to order_lines
ALTER TABLE public.order_lines ADD CONSTRAINT order_lines_pkey PRIMARY KEY (order_no, line_no);

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
