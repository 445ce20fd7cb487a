-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 4 tables, 8 columns, 8 constraints, 3 indexes, 8 grants
-- The rollback restores everything exactly

-- create table People
CREATE TABLE public."People" (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    "lastName" VARCHAR(40),
    PRIMARY KEY (id)
);
CREATE INDEX "People_lastName_ix" ON public."People" ("lastName");
COMMENT ON TABLE public."People" IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public."People" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."People" TO authenticated, service_role;

-- create table SalesOrderTags
CREATE TABLE public."SalesOrderTags" (
    "salesOrderId" UUID NOT NULL,
    "tagId" UUID NOT NULL,
    PRIMARY KEY ("salesOrderId", "tagId")
);
CREATE INDEX "SalesOrderTags_tagId_ix" ON public."SalesOrderTags" ("tagId");
COMMENT ON TABLE public."SalesOrderTags" IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public."SalesOrderTags" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."SalesOrderTags" TO authenticated, service_role;

-- create table SalesOrders
CREATE TABLE public."SalesOrders" (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    "orderNumber" VARCHAR(20),
    "placedBy" UUID,
    PRIMARY KEY (id),
    CONSTRAINT "uq_SalesOrders_orderNumber" UNIQUE ("orderNumber")
);
CREATE INDEX "SalesOrders_placedBy_ix" ON public."SalesOrders" ("placedBy");
COMMENT ON TABLE public."SalesOrders" IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public."SalesOrders" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."SalesOrders" TO authenticated, service_role;

-- create table Tags
CREATE TABLE public."Tags" (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public."Tags" IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public."Tags" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."Tags" TO authenticated, service_role;

-- bring back the rows of People that were kept, if any
-- bring back the rows of SalesOrderTags that were kept, if any
-- bring back the rows of SalesOrders that were kept, if any
-- bring back the rows of Tags that were kept, if any
-- look for rows of SalesOrderTags that SalesOrderTags_salesOrderId_ref would refuse
-- look for rows of SalesOrderTags that SalesOrderTags_tagId_ref would refuse
-- look for rows of SalesOrders that SalesOrders_placedBy_ref would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'People');
        PERFORM dbgen.restore_table(1, 'rollback', 'SalesOrderTags');
        PERFORM dbgen.restore_table(1, 'rollback', 'SalesOrders');
        PERFORM dbgen.restore_table(1, 'rollback', 'Tags');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'SalesOrderTags', 'SalesOrderTags_salesOrderId_ref', ARRAY['salesOrderId'], 'public."SalesOrders"', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'SalesOrderTags', 'SalesOrderTags_tagId_ref', ARRAY['tagId'], 'public."Tags"', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'SalesOrders', 'SalesOrders_placedBy_ref', ARRAY['placedBy'], 'public."People"', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key SalesOrderTags (salesOrderId) to SalesOrders (id)
-- add foreign key SalesOrderTags (tagId) to Tags (id)
ALTER TABLE public."SalesOrderTags"
    ADD CONSTRAINT "SalesOrderTags_salesOrderId_ref" FOREIGN KEY ("salesOrderId") REFERENCES public."SalesOrders" (id) ON DELETE CASCADE,
    ADD CONSTRAINT "SalesOrderTags_tagId_ref" FOREIGN KEY ("tagId") REFERENCES public."Tags" (id) ON DELETE CASCADE;

-- add foreign key SalesOrders (placedBy) to People (id)
ALTER TABLE public."SalesOrders"
    ADD CONSTRAINT "SalesOrders_placedBy_ref" FOREIGN KEY ("placedBy") REFERENCES public."People" (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
