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

-- add column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y.a_column_with_a_very_long_name_too VARCHAR(9)
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y
    ADD COLUMN a_column_with_a_very_long_name_too VARCHAR(9);

-- add column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.a_column_with_a_very_long_name_two VARCHAR(9)
-- add column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.other_id UUID
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    ADD COLUMN a_column_with_a_very_long_name_two VARCHAR(9),
    ADD COLUMN other_id UUID;

-- add column a_b.x UUID
ALTER TABLE public.a_b ADD COLUMN x UUID;

-- add column a.b_x UUID
ALTER TABLE public.a ADD COLUMN b_x UUID;

-- bring back the values of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y.a_column_with_a_very_long_name_too that were kept, if any
-- bring back the values of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.a_column_with_a_very_long_name_two, a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.other_id that were kept, if any
-- bring back the values of a_b.x that were kept, if any
-- bring back the values of a.b_x that were kept, if any
-- look for rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y that uq_a_table_with_a_name_that_is_almost_as_long_as_names_3e7d98e5 would refuse
-- look for rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x that fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832 would refuse
-- look for rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x that uq_a_table_with_a_name_that_is_almost_as_long_as_names_213810b8 would refuse
-- look for rows of a_b that fk_a_b_x would refuse
-- look for rows of a that fk_a_b_x would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.mend_unique') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'forward', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y', ARRAY['a_column_with_a_very_long_name_too']);
        PERFORM dbgen.restore_columns(2, 'forward', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x', ARRAY['a_column_with_a_very_long_name_two', 'other_id']);
        PERFORM dbgen.restore_columns(2, 'forward', 'a_b', ARRAY['x']);
        PERFORM dbgen.restore_columns(2, 'forward', 'a', ARRAY['b_x']);
        PERFORM dbgen.mend_unique(2, 'rollback', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y', 'uq_a_table_with_a_name_that_is_almost_as_long_as_names_3e7d98e5', ARRAY['a_column_with_a_very_long_name_too']);
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x', 'fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832', ARRAY['other_id'], 'public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y', ARRAY['id']);
        PERFORM dbgen.mend_unique(2, 'rollback', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x', 'uq_a_table_with_a_name_that_is_almost_as_long_as_names_213810b8', ARRAY['a_column_with_a_very_long_name_two']);
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'a_b', 'fk_a_b_x', ARRAY['x'], 'public.a', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'a', 'fk_a_b_x', ARRAY['b_x'], 'public.a_b', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add unique constraint uq_a_table_with_a_name_that_is_almost_as_long_as_names_3e7d98e5 (a_column_with_a_very_long_name_too) to a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y
    ADD CONSTRAINT uq_a_table_with_a_name_that_is_almost_as_long_as_names_3e7d98e5 UNIQUE (a_column_with_a_very_long_name_too);

-- add unique constraint uq_a_table_with_a_name_that_is_almost_as_long_as_names_213810b8 (a_column_with_a_very_long_name_two) to a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    ADD CONSTRAINT uq_a_table_with_a_name_that_is_almost_as_long_as_names_213810b8 UNIQUE (a_column_with_a_very_long_name_two);

-- create index idx_a_table_with_a_name_that_is_almost_as_long_as_name_97006a66 on a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (other_id)
CREATE INDEX idx_a_table_with_a_name_that_is_almost_as_long_as_name_97006a66 ON public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (other_id);

-- create index idx_a_b_x_9f37c015 on a_b (x)
CREATE INDEX idx_a_b_x_9f37c015 ON public.a_b (x);

-- create index idx_a_b_x on a (b_x)
CREATE INDEX idx_a_b_x ON public.a (b_x);

-- add foreign key a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (other_id) to a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y (id)
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    ADD CONSTRAINT fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832 FOREIGN KEY (other_id) REFERENCES public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y (id);

-- add foreign key a_b (x) to a (id)
ALTER TABLE public.a_b ADD CONSTRAINT fk_a_b_x FOREIGN KEY (x) REFERENCES public.a (id);

-- add foreign key a (b_x) to a_b (id)
ALTER TABLE public.a ADD CONSTRAINT fk_a_b_x FOREIGN KEY (b_x) REFERENCES public.a_b (id);

-- rename constraint uq_a_table_with_a_name_that_is_almost_as_long_as_names_5d1debd5 of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x to uq_a_table_with_a_name_that_is_almost_as_long_as_names_d885499a
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    RENAME CONSTRAINT uq_a_table_with_a_name_that_is_almost_as_long_as_names_5d1debd5 TO uq_a_table_with_a_name_that_is_almost_as_long_as_names_d885499a;

-- rename column a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x.other_column_with_a_very_long_name to a_column_with_a_very_long_name_too
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    RENAME COLUMN other_column_with_a_very_long_name TO a_column_with_a_very_long_name_too;

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
