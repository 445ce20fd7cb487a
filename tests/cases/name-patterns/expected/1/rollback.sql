-- Rollback of iteration 1 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 1) THEN
            RAISE EXCEPTION 'iteration 1 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop foreign key SalesOrders (placedBy) to People (id)
ALTER TABLE public."SalesOrders" DROP CONSTRAINT "SalesOrders_placedBy_ref";

-- drop foreign key SalesOrderTags (tagId) to Tags (id)
-- drop foreign key SalesOrderTags (salesOrderId) to SalesOrders (id)
ALTER TABLE public."SalesOrderTags"
    DROP CONSTRAINT "SalesOrderTags_tagId_ref",
    DROP CONSTRAINT "SalesOrderTags_salesOrderId_ref";

-- bring back the rows of SalesOrders that SalesOrders_placedBy_ref had refused, if any
-- bring back the rows of SalesOrderTags that SalesOrderTags_tagId_ref had refused, if any
-- bring back the rows of SalesOrderTags that SalesOrderTags_salesOrderId_ref had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'SalesOrders', 'SalesOrders.SalesOrders_placedBy_ref');
        PERFORM dbgen.unmend(1, 'forward', 'SalesOrderTags', 'SalesOrderTags.SalesOrderTags_tagId_ref');
        PERFORM dbgen.unmend(1, 'forward', 'SalesOrderTags', 'SalesOrderTags.SalesOrderTags_salesOrderId_ref');
    END IF;
END
$dbgen$;

-- keep the rows of Tags in dbgen_archive
-- keep the rows of SalesOrders in dbgen_archive
-- keep the rows of SalesOrderTags in dbgen_archive
-- keep the rows of People in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'Tags');
    PERFORM dbgen.keep_table(1, 'rollback', 'SalesOrders');
    PERFORM dbgen.keep_table(1, 'rollback', 'SalesOrderTags');
    PERFORM dbgen.keep_table(1, 'rollback', 'People');
END
$dbgen$;

-- drop table Tags
DROP TABLE public."Tags";

-- drop table SalesOrders
DROP TABLE public."SalesOrders";

-- drop table SalesOrderTags
DROP TABLE public."SalesOrderTags";

-- drop table People
DROP TABLE public."People";

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 1;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter1_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
