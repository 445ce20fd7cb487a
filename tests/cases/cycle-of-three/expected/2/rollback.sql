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

-- create table gammas
CREATE TABLE public.gammas (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    alpha_id UUID,
    self_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_gammas_alpha_id ON public.gammas (alpha_id);
CREATE INDEX idx_gammas_self_id ON public.gammas (self_id);
COMMENT ON TABLE public.gammas IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.gammas FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.gammas TO authenticated, service_role;

-- bring back the rows of gammas that were kept, if any
-- look for rows of bonds that fk_bonds_gamma_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(2, 'forward', 'gammas');
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'bonds', 'fk_bonds_gamma_id', ARRAY['gamma_id'], 'public.gammas', ARRAY['id']);
    END IF;
END
$dbgen$;

-- create index idx_bonds_gamma_id on bonds (gamma_id)
CREATE INDEX idx_bonds_gamma_id ON public.bonds (gamma_id);

-- add foreign key gammas (self_id) to gammas (id)
-- add foreign key gammas (alpha_id) to alphas (id)
ALTER TABLE public.gammas
    ADD CONSTRAINT fk_gammas_self_id FOREIGN KEY (self_id) REFERENCES public.gammas (id),
    ADD CONSTRAINT fk_gammas_alpha_id FOREIGN KEY (alpha_id) REFERENCES public.alphas (id);

-- add foreign key bonds (gamma_id) to gammas (id)
ALTER TABLE public.bonds
    ADD CONSTRAINT fk_bonds_gamma_id FOREIGN KEY (gamma_id) REFERENCES public.gammas (id);

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
