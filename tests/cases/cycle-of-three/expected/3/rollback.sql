-- Rollback of iteration 3 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

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

-- bring back the rows of alphas that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(3, 'forward', 'alphas');
    END IF;
END
$dbgen$;

-- add foreign key alphas (bond_id) to bonds (id)
ALTER TABLE public.alphas
    ADD CONSTRAINT fk_alphas_bond_id FOREIGN KEY (bond_id) REFERENCES public.bonds (id);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 3;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter3_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
