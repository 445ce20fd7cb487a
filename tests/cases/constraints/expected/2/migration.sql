-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 16 constraints
-- The rollback restores everything exactly

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.portable
-- dbgen.types_of
-- dbgen.back_cast
-- dbgen.enter
-- dbgen.key_of
-- dbgen.known_by
-- dbgen.reserve
-- dbgen.seal
-- dbgen.keep_values
-- dbgen.leave
-- dbgen.matching
-- dbgen.note_values
-- dbgen.fill

-- add column products.origin VARCHAR(255)
ALTER TABLE public.products ADD COLUMN origin VARCHAR(255);
DO $dbgen$
BEGIN
    PERFORM dbgen.fill(2, 'forward', 'products', 'origin', '''Italy''', false);
END
$dbgen$;
ALTER TABLE public.products ALTER COLUMN origin SET NOT NULL;

-- mark the values of products.sku that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'rollback', 'products', 'sku');
    END IF;
END
$dbgen$;

-- alter column products.sku: VARCHAR(8) to VARCHAR(20)
ALTER TABLE public.products ALTER COLUMN sku TYPE VARCHAR(20);

-- bring back the original values of products.sku, if any were changed
-- bring back the values of products.origin that were kept, if any
-- look for rows of products that ck_products_code_min_length would refuse
-- look for rows of products that ck_products_contact_pattern would refuse
-- look for rows of products that ck_products_name_min_length would refuse
-- look for rows of products that ck_products_notes_max_length would refuse
-- look for rows of products that ck_products_notes_pattern would refuse
-- look for rows of products that ck_products_price_max would refuse
-- look for rows of products that ck_products_price_min would refuse
-- look for rows of products that ck_products_rating_max would refuse
-- look for rows of products that ck_products_scores_max would refuse
-- look for rows of products that ck_products_scores_min would refuse
-- look for rows of products that ck_products_sku_length would refuse
-- look for rows of products that ck_products_sku_pattern would refuse
-- look for rows of products that ck_products_sold_at_max would refuse
-- look for rows of products that ck_products_sold_from_min would refuse
-- look for rows of products that ck_products_state_enum would refuse
-- look for rows of products that ck_products_weight_min would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.mend_check') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'products', 'sku');
        PERFORM dbgen.restore_columns(2, 'rollback', 'products', ARRAY['origin']);
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_code_min_length', ARRAY['code'], 'char_length(code) >= 2');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_contact_pattern', ARRAY['contact'], E'contact ~ ''[^.]$'' AND contact ~ E''^[^\\\\u0009-\\\\u000D \\\\u00A0\\\\u1680\\\\u2000-\\\\u200A\\\\u2028\\\\u2029\\\\u202F\\\\u205F\\\\u3000\\\\uFEFF]+@[^\\\\u0009-\\\\u000D \\\\u00A0\\\\u1680\\\\u2000-\\\\u200A\\\\u2028\\\\u2029\\\\u202F\\\\u205F\\\\u3000\\\\uFEFF]+$''');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_name_min_length', ARRAY['name'], 'char_length(name) >= 3');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_notes_max_length', ARRAY['notes'], 'char_length(notes) <= 20');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_notes_pattern', ARRAY['notes'], E'notes ~ E''(?i)^(?:[Ii][Tt]''''[Ss] )?[Oo]\\\\.?[Kk]''');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_price_max', ARRAY['price'], 'price <= 999999.99');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_price_min', ARRAY['price'], 'price >= 0.05');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_rating_max', ARRAY['rating'], 'rating <= 0.9::REAL');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_scores_max', ARRAY['scores'], '5 >= ALL (scores)');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_scores_min', ARRAY['scores'], '1 <= ALL (scores)');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_sku_length', ARRAY['sku'], 'char_length(sku) = 8');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_sku_pattern', ARRAY['sku'], 'sku ~ ''^[A-Z]{3}-[0-9]{4}$''');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_sold_at_max', ARRAY['sold_at'], 'sold_at <= ''2100-01-01T00:00:00+00:00''');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_sold_from_min', ARRAY['sold_from'], 'sold_from >= ''2020-01-01''');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_state_enum', ARRAY['state'], 'state IN (''new'', ''sold'')');
        PERFORM dbgen.mend_check(2, 'forward', 'products', 'ck_products_weight_min', ARRAY['weight'], 'weight >= 0.1::DOUBLE PRECISION');
    END IF;
END
$dbgen$;

-- add check ck_products_code_min_length to products
-- add check ck_products_contact_pattern to products
-- add check ck_products_name_min_length to products
-- add check ck_products_notes_max_length to products
-- add check ck_products_notes_pattern to products
-- add check ck_products_price_max to products
-- add check ck_products_price_min to products
-- add check ck_products_rating_max to products
-- add check ck_products_scores_max to products
-- add check ck_products_scores_min to products
-- add check ck_products_sku_length to products
-- add check ck_products_sku_pattern to products
-- add check ck_products_sold_at_max to products
-- add check ck_products_sold_from_min to products
-- add check ck_products_state_enum to products
-- add check ck_products_weight_min to products
ALTER TABLE public.products
    ADD CONSTRAINT ck_products_code_min_length CHECK (char_length(code) >= 2),
    ADD CONSTRAINT ck_products_contact_pattern CHECK (contact ~ '[^.]$' AND contact ~ E'^[^\\u0009-\\u000D \\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF]+@[^\\u0009-\\u000D \\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF]+$'),
    ADD CONSTRAINT ck_products_name_min_length CHECK (char_length(name) >= 3),
    ADD CONSTRAINT ck_products_notes_max_length CHECK (char_length(notes) <= 20),
    ADD CONSTRAINT ck_products_notes_pattern CHECK (notes ~ E'(?i)^(?:[Ii][Tt]''[Ss] )?[Oo]\\.?[Kk]'),
    ADD CONSTRAINT ck_products_price_max CHECK (price <= 999999.99),
    ADD CONSTRAINT ck_products_price_min CHECK (price >= 0.05),
    ADD CONSTRAINT ck_products_rating_max CHECK (rating <= 0.9::REAL),
    ADD CONSTRAINT ck_products_scores_max CHECK (5 >= ALL (scores)),
    ADD CONSTRAINT ck_products_scores_min CHECK (1 <= ALL (scores)),
    ADD CONSTRAINT ck_products_sku_length CHECK (char_length(sku) = 8),
    ADD CONSTRAINT ck_products_sku_pattern CHECK (sku ~ '^[A-Z]{3}-[0-9]{4}$'),
    ADD CONSTRAINT ck_products_sold_at_max CHECK (sold_at <= '2100-01-01T00:00:00+00:00'),
    ADD CONSTRAINT ck_products_sold_from_min CHECK (sold_from >= '2020-01-01'),
    ADD CONSTRAINT ck_products_state_enum CHECK (state IN ('new', 'sold')),
    ADD CONSTRAINT ck_products_weight_min CHECK (weight >= 0.1::DOUBLE PRECISION);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
