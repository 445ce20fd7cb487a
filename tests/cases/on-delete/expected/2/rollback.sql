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

-- drop foreign key units (d_id) to bosses (id)
-- drop foreign key units (c_id) to bosses (id)
-- drop foreign key units (b_id) to bosses (id)
-- drop foreign key units (a_id) to bosses (id)
ALTER TABLE public.units
    DROP CONSTRAINT fk_units_d_id,
    DROP CONSTRAINT fk_units_c_id,
    DROP CONSTRAINT fk_units_b_id,
    DROP CONSTRAINT fk_units_a_id;

-- bring back the rows of units that fk_units_d_id had refused, if any
-- bring back the rows of units that fk_units_c_id had refused, if any
-- bring back the rows of units that fk_units_b_id had refused, if any
-- bring back the rows of units that fk_units_a_id had refused, if any
-- look for rows of units that fk_units_d_id would refuse
-- look for rows of units that fk_units_c_id would refuse
-- look for rows of units that fk_units_b_id would refuse
-- look for rows of units that fk_units_a_id would refuse
-- look for rows of units that fk_units_e_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'units', 'units.fk_units_d_id');
        PERFORM dbgen.unmend(2, 'forward', 'units', 'units.fk_units_c_id');
        PERFORM dbgen.unmend(2, 'forward', 'units', 'units.fk_units_b_id');
        PERFORM dbgen.unmend(2, 'forward', 'units', 'units.fk_units_a_id');
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'units', 'fk_units_d_id', ARRAY['d_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'units', 'fk_units_c_id', ARRAY['c_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'units', 'fk_units_b_id', ARRAY['b_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'units', 'fk_units_a_id', ARRAY['a_id'], 'public.bosses', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'units', 'fk_units_e_id', ARRAY['e_id'], 'public.bosses', ARRAY['id']);
    END IF;
END
$dbgen$;

-- create index idx_units_e_id on units (e_id)
CREATE INDEX idx_units_e_id ON public.units (e_id);

-- add foreign key units (e_id) to bosses (id)
-- add foreign key units (d_id) to bosses (id)
-- add foreign key units (c_id) to bosses (id)
-- add foreign key units (b_id) to bosses (id)
-- add foreign key units (a_id) to bosses (id)
ALTER TABLE public.units
    ADD CONSTRAINT fk_units_e_id FOREIGN KEY (e_id) REFERENCES public.bosses (id) ON DELETE SET DEFAULT,
    ADD CONSTRAINT fk_units_d_id FOREIGN KEY (d_id) REFERENCES public.bosses (id) ON DELETE SET NULL,
    ADD CONSTRAINT fk_units_c_id FOREIGN KEY (c_id) REFERENCES public.bosses (id),
    ADD CONSTRAINT fk_units_b_id FOREIGN KEY (b_id) REFERENCES public.bosses (id) ON DELETE RESTRICT,
    ADD CONSTRAINT fk_units_a_id FOREIGN KEY (a_id) REFERENCES public.bosses (id) ON DELETE CASCADE;

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
