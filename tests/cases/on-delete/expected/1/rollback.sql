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

-- drop foreign key units (e_id) to bosses (id)
-- drop foreign key units (d_id) to bosses (id)
-- drop foreign key units (c_id) to bosses (id)
-- drop foreign key units (b_id) to bosses (id)
-- drop foreign key units (a_id) to bosses (id)
ALTER TABLE public.units
    DROP CONSTRAINT fk_units_e_id,
    DROP CONSTRAINT fk_units_d_id,
    DROP CONSTRAINT fk_units_c_id,
    DROP CONSTRAINT fk_units_b_id,
    DROP CONSTRAINT fk_units_a_id;

-- bring back the rows of units that fk_units_e_id had refused, if any
-- bring back the rows of units that fk_units_d_id had refused, if any
-- bring back the rows of units that fk_units_c_id had refused, if any
-- bring back the rows of units that fk_units_b_id had refused, if any
-- bring back the rows of units that fk_units_a_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'units', 'units.fk_units_e_id');
        PERFORM dbgen.unmend(1, 'forward', 'units', 'units.fk_units_d_id');
        PERFORM dbgen.unmend(1, 'forward', 'units', 'units.fk_units_c_id');
        PERFORM dbgen.unmend(1, 'forward', 'units', 'units.fk_units_b_id');
        PERFORM dbgen.unmend(1, 'forward', 'units', 'units.fk_units_a_id');
    END IF;
END
$dbgen$;

-- keep the rows of units in dbgen_archive
-- keep the rows of bosses in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'units');
    PERFORM dbgen.keep_table(1, 'rollback', 'bosses');
END
$dbgen$;

-- drop table units
DROP TABLE public.units;

-- drop table bosses
DROP TABLE public.bosses;

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
