-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 table, 1 constraint
-- Not exact: drop table reviews (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.belongings
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.is_shared
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_table

-- drop foreign key reviews (product_id) to products (id)
ALTER TABLE public.reviews DROP CONSTRAINT fk_reviews_product_id;

-- keep the rows of reviews in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(2, 'forward', 'reviews');
END
$dbgen$;

-- drop table reviews
DROP TABLE public.reviews;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
