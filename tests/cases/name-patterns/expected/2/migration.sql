-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 3 constraints, 3 indexes
-- The rollback restores everything exactly

-- rename constraint SalesOrderTags_salesOrderId_ref of SalesOrderTags to SalesOrderTags_salesOrderId_fkey
ALTER TABLE public."SalesOrderTags"
    RENAME CONSTRAINT "SalesOrderTags_salesOrderId_ref" TO "SalesOrderTags_salesOrderId_fkey";

-- rename constraint SalesOrderTags_tagId_ref of SalesOrderTags to SalesOrderTags_tagId_fkey
ALTER TABLE public."SalesOrderTags"
    RENAME CONSTRAINT "SalesOrderTags_tagId_ref" TO "SalesOrderTags_tagId_fkey";

-- rename constraint SalesOrders_placedBy_ref of SalesOrders to SalesOrders_placedBy_fkey
ALTER TABLE public."SalesOrders"
    RENAME CONSTRAINT "SalesOrders_placedBy_ref" TO "SalesOrders_placedBy_fkey";

-- rename index People_lastName_ix to ix_People_lastName
ALTER INDEX public."People_lastName_ix" RENAME TO "ix_People_lastName";

-- rename index SalesOrderTags_tagId_ix to ix_SalesOrderTags_tagId
ALTER INDEX public."SalesOrderTags_tagId_ix" RENAME TO "ix_SalesOrderTags_tagId";

-- rename index SalesOrders_placedBy_ix to ix_SalesOrders_placedBy
ALTER INDEX public."SalesOrders_placedBy_ix" RENAME TO "ix_SalesOrders_placedBy";

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
