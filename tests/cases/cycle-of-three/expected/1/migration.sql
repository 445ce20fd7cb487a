-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 3 tables, 7 columns, 7 constraints, 4 indexes, 6 grants
-- The rollback restores everything exactly

-- create table alphas
CREATE TABLE public.alphas (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    bond_id UUID NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX idx_alphas_bond_id ON public.alphas (bond_id);
COMMENT ON TABLE public.alphas IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.alphas FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.alphas TO authenticated, service_role;

-- create table bonds
CREATE TABLE public.bonds (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    gamma_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_bonds_gamma_id ON public.bonds (gamma_id);
COMMENT ON TABLE public.bonds IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.bonds FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.bonds TO authenticated, service_role;

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

-- bring back the rows of alphas that were kept, if any
-- bring back the rows of bonds that were kept, if any
-- bring back the rows of gammas that were kept, if any
-- look for rows of alphas that fk_alphas_bond_id would refuse
-- look for rows of bonds that fk_bonds_gamma_id would refuse
-- look for rows of gammas that fk_gammas_alpha_id would refuse
-- look for rows of gammas that fk_gammas_self_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'alphas');
        PERFORM dbgen.restore_table(1, 'rollback', 'bonds');
        PERFORM dbgen.restore_table(1, 'rollback', 'gammas');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'alphas', 'fk_alphas_bond_id', ARRAY['bond_id'], 'public.bonds', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'bonds', 'fk_bonds_gamma_id', ARRAY['gamma_id'], 'public.gammas', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'gammas', 'fk_gammas_alpha_id', ARRAY['alpha_id'], 'public.alphas', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'gammas', 'fk_gammas_self_id', ARRAY['self_id'], 'public.gammas', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key alphas (bond_id) to bonds (id)
ALTER TABLE public.alphas
    ADD CONSTRAINT fk_alphas_bond_id FOREIGN KEY (bond_id) REFERENCES public.bonds (id);

-- add foreign key bonds (gamma_id) to gammas (id)
ALTER TABLE public.bonds
    ADD CONSTRAINT fk_bonds_gamma_id FOREIGN KEY (gamma_id) REFERENCES public.gammas (id);

-- add foreign key gammas (alpha_id) to alphas (id)
-- add foreign key gammas (self_id) to gammas (id)
ALTER TABLE public.gammas
    ADD CONSTRAINT fk_gammas_alpha_id FOREIGN KEY (alpha_id) REFERENCES public.alphas (id),
    ADD CONSTRAINT fk_gammas_self_id FOREIGN KEY (self_id) REFERENCES public.gammas (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
