-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 9 constraints, 1 index
-- The rollback restores everything exactly

-- drop foreign key units (a_id) to bosses (id)
-- drop foreign key units (b_id) to bosses (id)
-- drop foreign key units (c_id) to bosses (id)
-- drop foreign key units (d_id) to bosses (id)
-- drop foreign key units (e_id) to bosses (id)
ALTER TABLE public.units
    DROP CONSTRAINT fk_units_a_id,
    DROP CONSTRAINT fk_units_b_id,
    DROP CONSTRAINT fk_units_c_id,
    DROP CONSTRAINT fk_units_d_id,
    DROP CONSTRAINT fk_units_e_id;

-- drop index idx_units_e_id on units
DROP INDEX public.idx_units_e_id;

-- bring back the rows of units that fk_units_e_id had refused, if any
-- bring back the rows of units that fk_units_a_id had refused, if any
-- bring back the rows of units that fk_units_b_id had refused, if any
-- bring back the rows of units that fk_units_c_id had refused, if any
-- bring back the rows of units that fk_units_d_id had refused, if any
-- look for rows of units that fk_units_a_id would refuse
-- look for rows of units that fk_units_b_id would refuse
-- look for rows of units that fk_units_c_id would refuse
-- look for rows of units that fk_units_d_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'units', 'units.fk_units_e_id');
        PERFORM dbgen.unmend(2, 'rollback', 'units', 'units.fk_units_a_id');
        PERFORM dbgen.unmend(2, 'rollback', 'units', 'units.fk_units_b_id');
        PERFORM dbgen.unmend(2, 'rollback', 'units', 'units.fk_units_c_id');
        PERFORM dbgen.unmend(2, 'rollback', 'units', 'units.fk_units_d_id');
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'units', 'fk_units_a_id', ARRAY['a_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'units', 'fk_units_b_id', ARRAY['b_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'units', 'fk_units_c_id', ARRAY['c_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'units', 'fk_units_d_id', ARRAY['d_id'], 'public.bosses', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key units (a_id) to bosses (id)
-- add foreign key units (b_id) to bosses (id)
-- add foreign key units (c_id) to bosses (id)
-- add foreign key units (d_id) to bosses (id)
ALTER TABLE public.units
    ADD CONSTRAINT fk_units_a_id FOREIGN KEY (a_id) REFERENCES public.bosses (id) ON DELETE SET NULL,
    ADD CONSTRAINT fk_units_b_id FOREIGN KEY (b_id) REFERENCES public.bosses (id) ON DELETE CASCADE,
    ADD CONSTRAINT fk_units_c_id FOREIGN KEY (c_id) REFERENCES public.bosses (id) ON DELETE RESTRICT,
    ADD CONSTRAINT fk_units_d_id FOREIGN KEY (d_id) REFERENCES public.bosses (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
