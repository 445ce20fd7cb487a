-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- alter column orders.status: default 'new'
ALTER TABLE public.orders ALTER COLUMN status SET DEFAULT 'new';

-- rename the values of orders.status: paid to it's paid, fresh to new
DO $dbgen$
BEGIN
    PERFORM dbgen.rename_values(2, 'rollback', 'orders', 'status', ARRAY['paid', 'fresh'], ARRAY['it''s paid', 'new']);
END
$dbgen$;
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'orders', 'orders.status VALUES');
    END IF;
END
$dbgen$;

-- rename the values of orders.seen: paid to it's paid, fresh to new
DO $dbgen$
BEGIN
    PERFORM dbgen.rename_values(2, 'rollback', 'orders', 'seen', ARRAY['paid', 'fresh'], ARRAY['it''s paid', 'new']);
END
$dbgen$;
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'orders', 'orders.seen VALUES');
    END IF;
END
$dbgen$;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
