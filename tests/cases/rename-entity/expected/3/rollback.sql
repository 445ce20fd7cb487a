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

-- add column customers.code VARCHAR(10)
ALTER TABLE public.customers ADD COLUMN code VARCHAR(10);

-- bring back the values of customers.code that were kept, if any
-- look for rows of customers that uq_customers_code would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(3, 'forward', 'customers', ARRAY['code']);
        PERFORM dbgen.mend_unique(3, 'rollback', 'customers', 'uq_customers_code', ARRAY['code']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_customers_code (code) to customers
ALTER TABLE public.customers ADD CONSTRAINT uq_customers_code UNIQUE (code);

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
