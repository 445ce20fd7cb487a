-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 5 columns, 3 constraints, 1 index, 4 grants
-- The rollback restores everything exactly

-- create table drafts
CREATE TABLE public.drafts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    body TEXT,
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.drafts IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.drafts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.drafts TO authenticated, service_role;

-- create table finals
CREATE TABLE public.finals (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    body TEXT,
    draft_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_finals_draft_id ON public.finals (draft_id);
COMMENT ON TABLE public.finals IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.finals FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.finals TO authenticated, service_role;

-- bring back the rows of drafts that were kept, if any
-- bring back the rows of finals that were kept, if any
-- look for rows of finals that fk_finals_draft_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'drafts');
        PERFORM dbgen.restore_table(1, 'rollback', 'finals');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'finals', 'fk_finals_draft_id', ARRAY['draft_id'], 'public.drafts', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key finals (draft_id) to drafts (id)
ALTER TABLE public.finals
    ADD CONSTRAINT fk_finals_draft_id FOREIGN KEY (draft_id) REFERENCES public.drafts (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
