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

-- drop foreign key a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y (first) to a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (id)
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y
    DROP CONSTRAINT fk_a_table_with_a_name_that_is_almost_as_long_as_names_e94d7cc9;

-- drop foreign key a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (other_id) to a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y (id)
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    DROP CONSTRAINT fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832;

-- drop foreign key a_b (x) to a (id)
ALTER TABLE public.a_b DROP CONSTRAINT fk_a_b_x;

-- drop foreign key a (b_x) to a_b (id)
ALTER TABLE public.a DROP CONSTRAINT fk_a_b_x;

-- bring back the rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y that fk_a_table_with_a_name_that_is_almost_as_long_as_names_e94d7cc9 had refused, if any
-- bring back the rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x that fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832 had refused, if any
-- bring back the rows of a_b that fk_a_b_x had refused, if any
-- bring back the rows of a that fk_a_b_x had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y.fk_a_table_with_a_name_that_is_almost_as_long_as_names_e94d7cc9');
        PERFORM dbgen.unmend(1, 'forward', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832');
        PERFORM dbgen.unmend(1, 'forward', 'a_b', 'a_b.fk_a_b_x');
        PERFORM dbgen.unmend(1, 'forward', 'a', 'a.fk_a_b_x');
    END IF;
END
$dbgen$;

-- keep the rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y in dbgen_archive
-- keep the rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x in dbgen_archive
-- keep the rows of a_b in dbgen_archive
-- keep the rows of a in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y');
    PERFORM dbgen.keep_table(1, 'rollback', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x');
    PERFORM dbgen.keep_table(1, 'rollback', 'a_b');
    PERFORM dbgen.keep_table(1, 'rollback', 'a');
END
$dbgen$;

-- drop table a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y
DROP TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y;

-- drop table a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
DROP TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x;

-- drop table a_b
DROP TABLE public.a_b;

-- drop table a
DROP TABLE public.a;

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
