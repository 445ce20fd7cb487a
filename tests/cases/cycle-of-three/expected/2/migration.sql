-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 table, 3 constraints, 1 index
-- Not exact: drop table gammas (data-kept)

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

-- drop foreign key bonds (gamma_id) to gammas (id)
ALTER TABLE public.bonds DROP CONSTRAINT fk_bonds_gamma_id;

-- drop foreign key gammas (alpha_id) to alphas (id)
-- drop foreign key gammas (self_id) to gammas (id)
ALTER TABLE public.gammas
    DROP CONSTRAINT fk_gammas_alpha_id,
    DROP CONSTRAINT fk_gammas_self_id;

-- drop index idx_bonds_gamma_id on bonds
DROP INDEX public.idx_bonds_gamma_id;

-- bring back the rows of bonds that fk_bonds_gamma_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'bonds', 'bonds.fk_bonds_gamma_id');
    END IF;
END
$dbgen$;

-- keep the rows of gammas in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(2, 'forward', 'gammas');
END
$dbgen$;

-- drop table gammas
DROP TABLE public.gammas;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
