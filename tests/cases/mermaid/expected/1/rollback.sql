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

-- drop foreign key product_tags (tag_id) to tags (id)
-- drop foreign key product_tags (product_id) to products (product_id)
ALTER TABLE public.product_tags
    DROP CONSTRAINT fk_product_tags_tag_id,
    DROP CONSTRAINT fk_product_tags_product_id;

-- drop foreign key orders (customer_id) to customers (customer_id)
ALTER TABLE public.orders DROP CONSTRAINT fk_orders_customer_id;

-- drop foreign key line_items (product_id) to products (product_id)
-- drop foreign key line_items (order_id) to orders (order_id)
ALTER TABLE public.line_items
    DROP CONSTRAINT fk_line_items_product_id,
    DROP CONSTRAINT fk_line_items_order_id;

-- bring back the rows of product_tags that fk_product_tags_tag_id had refused, if any
-- bring back the rows of product_tags that fk_product_tags_product_id had refused, if any
-- bring back the rows of orders that fk_orders_customer_id had refused, if any
-- bring back the rows of line_items that fk_line_items_product_id had refused, if any
-- bring back the rows of line_items that fk_line_items_order_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'product_tags', 'product_tags.fk_product_tags_tag_id');
        PERFORM dbgen.unmend(1, 'forward', 'product_tags', 'product_tags.fk_product_tags_product_id');
        PERFORM dbgen.unmend(1, 'forward', 'orders', 'orders.fk_orders_customer_id');
        PERFORM dbgen.unmend(1, 'forward', 'line_items', 'line_items.fk_line_items_product_id');
        PERFORM dbgen.unmend(1, 'forward', 'line_items', 'line_items.fk_line_items_order_id');
    END IF;
END
$dbgen$;

-- keep the rows of tags in dbgen_archive
-- keep the rows of products in dbgen_archive
-- keep the rows of product_tags in dbgen_archive
-- keep the rows of orders in dbgen_archive
-- keep the rows of line_items in dbgen_archive
-- keep the rows of customers in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'tags');
    PERFORM dbgen.keep_table(1, 'rollback', 'products');
    PERFORM dbgen.keep_table(1, 'rollback', 'product_tags');
    PERFORM dbgen.keep_table(1, 'rollback', 'orders');
    PERFORM dbgen.keep_table(1, 'rollback', 'line_items');
    PERFORM dbgen.keep_table(1, 'rollback', 'customers');
END
$dbgen$;

-- drop table tags
DROP TABLE public.tags;

-- drop table products
DROP TABLE public.products;

-- drop table product_tags
DROP TABLE public.product_tags;

-- drop table orders
DROP TABLE public.orders;

-- drop table line_items
DROP TABLE public.line_items;

-- drop table customers
DROP TABLE public.customers;

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
