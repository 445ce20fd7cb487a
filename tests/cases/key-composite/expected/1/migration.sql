-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 3 columns, 1 constraint, 2 grants
-- The rollback restores everything exactly

-- create table order_lines
CREATE TABLE public.order_lines (
    order_no INTEGER NOT NULL,
    line_no SMALLINT NOT NULL,
    text VARCHAR(80),
    PRIMARY KEY (order_no, line_no)
);
COMMENT ON TABLE public.order_lines IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.order_lines FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.order_lines TO authenticated, service_role;

-- bring back the rows of order_lines that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'order_lines');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
