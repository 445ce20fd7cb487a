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

-- create table reviews
CREATE TABLE public.reviews (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    product_id UUID NOT NULL,
    stars SMALLINT NOT NULL,
    body TEXT,
    PRIMARY KEY (id)
);
CREATE INDEX idx_reviews_product_id ON public.reviews (product_id);
COMMENT ON TABLE public.reviews IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.reviews FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.reviews TO authenticated, service_role;

-- bring back the rows of reviews that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(2, 'forward', 'reviews');
    END IF;
END
$dbgen$;

-- add foreign key reviews (product_id) to products (id)
ALTER TABLE public.reviews
    ADD CONSTRAINT fk_reviews_product_id FOREIGN KEY (product_id) REFERENCES public.products (id);

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
