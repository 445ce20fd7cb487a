-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 column, 3 constraints, 1 index
-- The rollback restores everything exactly

-- add column notes.editor_id UUID
ALTER TABLE public.notes ADD COLUMN editor_id UUID;

-- bring back the values of notes.editor_id that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'rollback', 'notes', ARRAY['editor_id']);
    END IF;
END
$dbgen$;

-- create index idx_notes_editor_id on notes (editor_id)
CREATE INDEX idx_notes_editor_id ON public.notes (editor_id);

-- look for rows of notes that fk_notes_editor_id would refuse
-- look for rows of notes that fk_notes_owner_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'notes', 'fk_notes_editor_id', ARRAY['editor_id'], 'auth.users', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'notes', 'fk_notes_owner_id', ARRAY['owner_id'], 'auth.users', ARRAY['id']);
    END IF;
END
$dbgen$;

-- drop foreign key notes (owner_id) to auth.users (id)
ALTER TABLE public.notes DROP CONSTRAINT fk_notes_owner_id;

-- bring back the rows of notes that fk_notes_owner_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'notes', 'notes.fk_notes_owner_id');
    END IF;
END
$dbgen$;

-- add foreign key notes (editor_id) to auth.users (id)
-- add foreign key notes (owner_id) to auth.users (id)
ALTER TABLE public.notes
    ADD CONSTRAINT fk_notes_editor_id FOREIGN KEY (editor_id) REFERENCES auth.users (id) ON DELETE SET NULL,
    ADD CONSTRAINT fk_notes_owner_id FOREIGN KEY (owner_id) REFERENCES auth.users (id) ON DELETE CASCADE;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
