-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 1 constraint
-- The rollback restores everything exactly

-- add column products.notes TEXT
-- add column products.sku VARCHAR(20)
ALTER TABLE public.products
    ADD COLUMN notes TEXT,
    ADD COLUMN sku VARCHAR(20);

-- bring back the values of products.notes, products.sku that were kept, if any
-- look for rows of products that uq_products_sku would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_unique') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(3, 'rollback', 'products', ARRAY['notes', 'sku']);
        PERFORM dbgen.mend_unique(3, 'forward', 'products', 'uq_products_sku', ARRAY['sku']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_products_sku (sku) to products
ALTER TABLE public.products ADD CONSTRAINT uq_products_sku UNIQUE (sku);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
