-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 4 tables, 13 columns, 13 constraints, 4 indexes, 8 grants
-- The rollback restores everything exactly

-- create table a
CREATE TABLE public.a (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    b_c VARCHAR(9),
    b_x UUID,
    PRIMARY KEY (id),
    CONSTRAINT uq_a_b_c UNIQUE (b_c)
);
CREATE INDEX idx_a_b_x ON public.a (b_x);
COMMENT ON TABLE public.a IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.a FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.a TO authenticated, service_role;

-- create table a_b
CREATE TABLE public.a_b (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    c VARCHAR(9),
    x UUID,
    PRIMARY KEY (id),
    CONSTRAINT uq_a_b_c_0c1d18f5 UNIQUE (c)
);
CREATE INDEX idx_a_b_x_9f37c015 ON public.a_b (x);
COMMENT ON TABLE public.a_b IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.a_b FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.a_b TO authenticated, service_role;

-- create table a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
CREATE TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    a_column_with_a_very_long_name_too VARCHAR(9),
    a_column_with_a_very_long_name_two VARCHAR(9),
    other_id UUID,
    CONSTRAINT a_table_with_a_name_that_is_almost_as_long_as_names_ca_e26f788c PRIMARY KEY (id),
    CONSTRAINT uq_a_table_with_a_name_that_is_almost_as_long_as_names_213810b8 UNIQUE (a_column_with_a_very_long_name_two),
    CONSTRAINT uq_a_table_with_a_name_that_is_almost_as_long_as_names_d885499a UNIQUE (a_column_with_a_very_long_name_too)
);
CREATE INDEX idx_a_table_with_a_name_that_is_almost_as_long_as_name_97006a66 ON public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (other_id);
COMMENT ON TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x TO authenticated, service_role;

-- create table a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y
CREATE TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    a_column_with_a_very_long_name_too VARCHAR(9),
    first UUID,
    CONSTRAINT a_table_with_a_name_that_is_almost_as_long_as_names_ca_2d9a8d9b PRIMARY KEY (id),
    CONSTRAINT uq_a_table_with_a_name_that_is_almost_as_long_as_names_3e7d98e5 UNIQUE (a_column_with_a_very_long_name_too)
);
CREATE INDEX idx_a_table_with_a_name_that_is_almost_as_long_as_name_98911af3 ON public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y (first);
COMMENT ON TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y TO authenticated, service_role;

-- bring back the rows of a that were kept, if any
-- bring back the rows of a_b that were kept, if any
-- bring back the rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x that were kept, if any
-- bring back the rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y that were kept, if any
-- look for rows of a that fk_a_b_x would refuse
-- look for rows of a_b that fk_a_b_x would refuse
-- look for rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x that fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832 would refuse
-- look for rows of a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y that fk_a_table_with_a_name_that_is_almost_as_long_as_names_e94d7cc9 would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'a');
        PERFORM dbgen.restore_table(1, 'rollback', 'a_b');
        PERFORM dbgen.restore_table(1, 'rollback', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x');
        PERFORM dbgen.restore_table(1, 'rollback', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'a', 'fk_a_b_x', ARRAY['b_x'], 'public.a_b', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'a_b', 'fk_a_b_x', ARRAY['x'], 'public.a', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x', 'fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832', ARRAY['other_id'], 'public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y', 'fk_a_table_with_a_name_that_is_almost_as_long_as_names_e94d7cc9', ARRAY['first'], 'public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key a (b_x) to a_b (id)
ALTER TABLE public.a ADD CONSTRAINT fk_a_b_x FOREIGN KEY (b_x) REFERENCES public.a_b (id);

-- add foreign key a_b (x) to a (id)
ALTER TABLE public.a_b ADD CONSTRAINT fk_a_b_x FOREIGN KEY (x) REFERENCES public.a (id);

-- add foreign key a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (other_id) to a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y (id)
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x
    ADD CONSTRAINT fk_a_table_with_a_name_that_is_almost_as_long_as_names_3bdd1832 FOREIGN KEY (other_id) REFERENCES public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y (id);

-- add foreign key a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y (first) to a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (id)
ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_y
    ADD CONSTRAINT fk_a_table_with_a_name_that_is_almost_as_long_as_names_e94d7cc9 FOREIGN KEY (first) REFERENCES public.a_table_with_a_name_that_is_almost_as_long_as_names_can_be_x (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
