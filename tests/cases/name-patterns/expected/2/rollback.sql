-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- rename index ix_SalesOrders_placedBy to SalesOrders_placedBy_ix
ALTER INDEX public."ix_SalesOrders_placedBy" RENAME TO "SalesOrders_placedBy_ix";

-- rename index ix_SalesOrderTags_tagId to SalesOrderTags_tagId_ix
ALTER INDEX public."ix_SalesOrderTags_tagId" RENAME TO "SalesOrderTags_tagId_ix";

-- rename index ix_People_lastName to People_lastName_ix
ALTER INDEX public."ix_People_lastName" RENAME TO "People_lastName_ix";

-- rename constraint SalesOrders_placedBy_fkey of SalesOrders to SalesOrders_placedBy_ref
ALTER TABLE public."SalesOrders"
    RENAME CONSTRAINT "SalesOrders_placedBy_fkey" TO "SalesOrders_placedBy_ref";

-- rename constraint SalesOrderTags_tagId_fkey of SalesOrderTags to SalesOrderTags_tagId_ref
ALTER TABLE public."SalesOrderTags"
    RENAME CONSTRAINT "SalesOrderTags_tagId_fkey" TO "SalesOrderTags_tagId_ref";

-- rename constraint SalesOrderTags_salesOrderId_fkey of SalesOrderTags to SalesOrderTags_salesOrderId_ref
ALTER TABLE public."SalesOrderTags"
    RENAME CONSTRAINT "SalesOrderTags_salesOrderId_fkey" TO "SalesOrderTags_salesOrderId_ref";

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
