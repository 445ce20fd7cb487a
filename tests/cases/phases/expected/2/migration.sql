-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 table, 4 columns, 2 constraints, 1 index, 2 grants
-- The rollback restores everything exactly

-- create table reviews
CREATE TABLE public.reviews (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    product_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_reviews_product_id ON public.reviews (product_id);
COMMENT ON TABLE public.reviews IS 'Created in iteration 2 for shop module';
REVOKE ALL ON TABLE public.reviews FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.reviews TO authenticated, service_role;

-- add column products.price NUMERIC(12,2)
-- add column products.stock INTEGER
ALTER TABLE public.products
    ADD COLUMN price NUMERIC(12,2),
    ADD COLUMN stock INTEGER DEFAULT 0;

-- bring back the rows of reviews that were kept, if any
-- bring back the values of products.price, products.stock that were kept, if any
-- look for rows of reviews that fk_reviews_product_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(2, 'rollback', 'reviews');
        PERFORM dbgen.restore_columns(2, 'rollback', 'products', ARRAY['price', 'stock']);
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'reviews', 'fk_reviews_product_id', ARRAY['product_id'], 'public.products', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key reviews (product_id) to products (id)
ALTER TABLE public.reviews
    ADD CONSTRAINT fk_reviews_product_id FOREIGN KEY (product_id) REFERENCES public.products (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
