-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 1 table, 3 columns, 2 constraints, 1 index, 2 grants
-- The rollback restores everything exactly

-- create table notes
CREATE TABLE public.notes (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    owner_id UUID DEFAULT auth.uid(),
    body TEXT,
    PRIMARY KEY (id)
);
CREATE INDEX idx_notes_owner_id ON public.notes (owner_id);
COMMENT ON TABLE public.notes IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.notes FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.notes TO authenticated, service_role;

-- bring back the rows of notes that were kept, if any
-- look for rows of notes that fk_notes_owner_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'notes');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'notes', 'fk_notes_owner_id', ARRAY['owner_id'], 'auth.users', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key notes (owner_id) to auth.users (id)
ALTER TABLE public.notes
    ADD CONSTRAINT fk_notes_owner_id FOREIGN KEY (owner_id) REFERENCES auth.users (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
