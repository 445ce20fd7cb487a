-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 6 columns, 6 constraints, 3 indexes
-- Not exact: drop column a.b_x (data-kept); drop column a_b.x (data-kept); drop column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.other_id (data-kept); drop column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.a_column_with_a_very_long_name_two (data-kept); drop column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y.a_column_with_a_very_long_name_too (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.portable
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_columns

-- rename column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.a_column_with_a_very_long_name_too to other_column_with_a_very_long_name
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    RENAME COLUMN a_column_with_a_very_long_name_too TO other_column_with_a_very_long_name;

-- rename constraint uq_a_table_with_a_name_that_is_almost_as_long_as_names_d885499a of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x to uq_a_table_with_a_name_that_is_almost_as_long_as_names_5d1debd5
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    RENAME CONSTRAINT uq_a_table_with_a_name_that_is_almost_as_long_as_names_d885499a TO uq_a_table_with_a_name_that_is_almost_as_long_as_names_5d1debd5;

-- drop foreign key a (b_x) to a_b (id)
ALTER TABLE public.a DROP CONSTRAINT fk_a_b_x;

-- drop foreign key a_b (x) to a (id)
ALTER TABLE public.a_b DROP CONSTRAINT fk_a_b_x;

-- drop foreign key a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (other_id) to a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y (id)
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    DROP CONSTRAINT fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832;

-- drop index idx_a_b_x on a
DROP INDEX public.idx_a_b_x;

-- drop index idx_a_b_x_9f37c015 on a_b
DROP INDEX public.idx_a_b_x_9f37c015;

-- drop index idx_a_table_with_a_name_that_is_almost_as_long_as_name_97006a66 on a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
DROP INDEX public.idx_a_table_with_a_name_that_is_almost_as_long_as_name_97006a66;

-- drop unique constraint uq_a_table_with_a_name_that_is_almost_as_long_as_names_213810b8 (a_column_with_a_very_long_name_two) of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    DROP CONSTRAINT uq_a_table_with_a_name_that_is_almost_as_long_as_names_213810b8;

-- drop unique constraint uq_a_table_with_a_name_that_is_almost_as_long_as_names_3e7d98e5 (a_column_with_a_very_long_name_too) of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y
    DROP CONSTRAINT uq_a_table_with_a_name_that_is_almost_as_long_as_names_3e7d98e5;

-- bring back the rows of a that fk_a_b_x had refused, if any
-- bring back the rows of a_b that fk_a_b_x had refused, if any
-- bring back the rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x that uq_a_table_with_a_name_that_is_almost_as_long_as_names_213810b8 had refused, if any
-- bring back the rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x that fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832 had refused, if any
-- bring back the rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y that uq_a_table_with_a_name_that_is_almost_as_long_as_names_3e7d98e5 had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'a', 'a.fk_a_b_x');
        PERFORM dbgen.unmend(2, 'rollback', 'a_b', 'a_b.fk_a_b_x');
        PERFORM dbgen.unmend(2, 'rollback', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.uq_a_table_with_a_name_that_is_almost_as_long_as_names_213810b8');
        PERFORM dbgen.unmend(2, 'rollback', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832');
        PERFORM dbgen.unmend(2, 'rollback', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y.uq_a_table_with_a_name_that_is_almost_as_long_as_names_3e7d98e5');
    END IF;
END
$dbgen$;

-- keep the values of a.b_x in dbgen_archive
-- keep the values of a_b.x in dbgen_archive
-- keep the values of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.a_column_with_a_very_long_name_two, a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.other_id in dbgen_archive
-- keep the values of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y.a_column_with_a_very_long_name_too in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'forward', 'a', ARRAY['b_x'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'forward', 'a_b', ARRAY['x'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'forward', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x', ARRAY['a_column_with_a_very_long_name_two', 'other_id'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'forward', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y', ARRAY['a_column_with_a_very_long_name_too'], ARRAY['id']);
END
$dbgen$;

-- drop column a.b_x
ALTER TABLE public.a DROP COLUMN b_x;

-- drop column a_b.x
ALTER TABLE public.a_b DROP COLUMN x;

-- drop column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.other_id
-- drop column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.a_column_with_a_very_long_name_two
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    DROP COLUMN other_id,
    DROP COLUMN a_column_with_a_very_long_name_two;

-- drop column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y.a_column_with_a_very_long_name_too
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y
    DROP COLUMN a_column_with_a_very_long_name_too;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
