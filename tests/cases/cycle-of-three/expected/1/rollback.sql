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

-- drop foreign key gammas (self_id) to gammas (id)
-- drop foreign key gammas (alpha_id) to alphas (id)
ALTER TABLE public.gammas
    DROP CONSTRAINT fk_gammas_self_id,
    DROP CONSTRAINT fk_gammas_alpha_id;

-- drop foreign key bonds (gamma_id) to gammas (id)
ALTER TABLE public.bonds DROP CONSTRAINT fk_bonds_gamma_id;

-- drop foreign key alphas (bond_id) to bonds (id)
ALTER TABLE public.alphas DROP CONSTRAINT fk_alphas_bond_id;

-- bring back the rows of gammas that fk_gammas_self_id had refused, if any
-- bring back the rows of gammas that fk_gammas_alpha_id had refused, if any
-- bring back the rows of bonds that fk_bonds_gamma_id had refused, if any
-- bring back the rows of alphas that fk_alphas_bond_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'gammas', 'gammas.fk_gammas_self_id');
        PERFORM dbgen.unmend(1, 'forward', 'gammas', 'gammas.fk_gammas_alpha_id');
        PERFORM dbgen.unmend(1, 'forward', 'bonds', 'bonds.fk_bonds_gamma_id');
        PERFORM dbgen.unmend(1, 'forward', 'alphas', 'alphas.fk_alphas_bond_id');
    END IF;
END
$dbgen$;

-- keep the rows of gammas in dbgen_archive
-- keep the rows of bonds in dbgen_archive
-- keep the rows of alphas in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'gammas');
    PERFORM dbgen.keep_table(1, 'rollback', 'bonds');
    PERFORM dbgen.keep_table(1, 'rollback', 'alphas');
END
$dbgen$;

-- drop table gammas
DROP TABLE public.gammas;

-- drop table bonds
DROP TABLE public.bonds;

-- drop table alphas
DROP TABLE public.alphas;

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
