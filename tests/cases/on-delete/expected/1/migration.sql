-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 7 columns, 7 constraints, 5 indexes, 4 grants
-- The rollback restores everything exactly

-- create table bosses
CREATE TABLE public.bosses (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.bosses IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.bosses FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.bosses TO authenticated, service_role;

-- create table units
CREATE TABLE public.units (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    a_id UUID,
    b_id UUID,
    c_id UUID,
    d_id UUID,
    e_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_units_a_id ON public.units (a_id);
CREATE INDEX idx_units_b_id ON public.units (b_id);
CREATE INDEX idx_units_c_id ON public.units (c_id);
CREATE INDEX idx_units_d_id ON public.units (d_id);
CREATE INDEX idx_units_e_id ON public.units (e_id);
COMMENT ON TABLE public.units IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.units FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.units TO authenticated, service_role;

-- bring back the rows of bosses that were kept, if any
-- bring back the rows of units that were kept, if any
-- look for rows of units that fk_units_a_id would refuse
-- look for rows of units that fk_units_b_id would refuse
-- look for rows of units that fk_units_c_id would refuse
-- look for rows of units that fk_units_d_id would refuse
-- look for rows of units that fk_units_e_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'bosses');
        PERFORM dbgen.restore_table(1, 'rollback', 'units');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'units', 'fk_units_a_id', ARRAY['a_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'units', 'fk_units_b_id', ARRAY['b_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'units', 'fk_units_c_id', ARRAY['c_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'units', 'fk_units_d_id', ARRAY['d_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'units', 'fk_units_e_id', ARRAY['e_id'], 'public.bosses', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key units (a_id) to bosses (id)
-- add foreign key units (b_id) to bosses (id)
-- add foreign key units (c_id) to bosses (id)
-- add foreign key units (d_id) to bosses (id)
-- add foreign key units (e_id) to bosses (id)
ALTER TABLE public.units
    ADD CONSTRAINT fk_units_a_id FOREIGN KEY (a_id) REFERENCES public.bosses (id) ON DELETE CASCADE,
    ADD CONSTRAINT fk_units_b_id FOREIGN KEY (b_id) REFERENCES public.bosses (id) ON DELETE RESTRICT,
    ADD CONSTRAINT fk_units_c_id FOREIGN KEY (c_id) REFERENCES public.bosses (id),
    ADD CONSTRAINT fk_units_d_id FOREIGN KEY (d_id) REFERENCES public.bosses (id) ON DELETE SET NULL,
    ADD CONSTRAINT fk_units_e_id FOREIGN KEY (e_id) REFERENCES public.bosses (id) ON DELETE SET DEFAULT;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
