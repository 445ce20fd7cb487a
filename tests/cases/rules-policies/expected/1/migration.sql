-- Iteration 1 of desk, made by dbgen 0.1.0
-- Touches 3 tables, 8 columns, 5 constraints, 2 indexes, 9 grants, 3 row security settings, 12 policies
-- The rollback restores everything exactly

-- create table items
CREATE TABLE public.items (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    note_id UUID NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX idx_items_note_id ON public.items (note_id);
COMMENT ON TABLE public.items IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.items FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.items TO anon, authenticated, service_role;

-- create table notes
CREATE TABLE public.notes (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    author_id UUID NOT NULL,
    rank INTEGER DEFAULT 0,
    "order" TEXT,
    PRIMARY KEY (id)
);
CREATE INDEX idx_notes_author_id ON public.notes (author_id);
COMMENT ON TABLE public.notes IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.notes FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.notes TO anon, authenticated, service_role;

-- create table users
CREATE TABLE public.users (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    role VARCHAR(255),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.users IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.users FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.users TO anon, authenticated, service_role;

-- bring back the rows of items that were kept, if any
-- bring back the rows of notes that were kept, if any
-- bring back the rows of users that were kept, if any
-- look for rows of items that fk_items_note_id would refuse
-- look for rows of notes that fk_notes_author_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'items');
        PERFORM dbgen.restore_table(1, 'rollback', 'notes');
        PERFORM dbgen.restore_table(1, 'rollback', 'users');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'items', 'fk_items_note_id', ARRAY['note_id'], 'public.notes', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'notes', 'fk_notes_author_id', ARRAY['author_id'], 'public.users', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key items (note_id) to notes (id)
ALTER TABLE public.items
    ADD CONSTRAINT fk_items_note_id FOREIGN KEY (note_id) REFERENCES public.notes (id);

-- add foreign key notes (author_id) to users (id)
ALTER TABLE public.notes
    ADD CONSTRAINT fk_notes_author_id FOREIGN KEY (author_id) REFERENCES public.users (id);

-- turn row level security of items on
ALTER TABLE public.items ENABLE ROW LEVEL SECURITY;

-- turn row level security of notes on
ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;

-- turn row level security of users on
ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

-- create policy items_delete_parent on items for DELETE
CREATE POLICY items_delete_parent ON public.items
    FOR DELETE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id AND e.author_id = (SELECT auth.uid())));

-- create policy items_insert_parent on items for INSERT
CREATE POLICY items_insert_parent ON public.items
    FOR INSERT
    TO authenticated
    WITH CHECK (EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id AND e.author_id = (SELECT auth.uid())));

-- create policy items_select_parent on items for SELECT
CREATE POLICY items_select_parent ON public.items
    FOR SELECT
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id));

-- create policy items_update_parent on items for UPDATE
CREATE POLICY items_update_parent ON public.items
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id AND e.author_id = (SELECT auth.uid())))
    WITH CHECK (EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id AND e.author_id = (SELECT auth.uid())));

-- create policy editors on notes for UPDATE
CREATE POLICY editors ON public.notes
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT FROM users u WHERE u.id = auth.uid() AND u.role = 'editor'))
    WITH CHECK (rank < 10);

-- create policy everybody's on notes for SELECT
CREATE POLICY "everybody's" ON public.notes
    FOR SELECT
    USING (rank > 5 AND "order" IS NOT NULL);

-- create policy notes_delete_owner on notes for DELETE
CREATE POLICY notes_delete_owner ON public.notes
    FOR DELETE
    TO authenticated
    USING (author_id = (SELECT auth.uid()));

-- create policy notes_insert_owner on notes for INSERT
CREATE POLICY notes_insert_owner ON public.notes
    FOR INSERT
    TO authenticated
    WITH CHECK (author_id = (SELECT auth.uid()));

-- create policy users_delete_owner on users for DELETE
CREATE POLICY users_delete_owner ON public.users
    FOR DELETE
    TO authenticated
    USING (id = (SELECT auth.uid()));

-- create policy users_insert_owner on users for INSERT
CREATE POLICY users_insert_owner ON public.users
    FOR INSERT
    TO authenticated
    WITH CHECK (id = (SELECT auth.uid()));

-- create policy users_select_owner on users for SELECT
CREATE POLICY users_select_owner ON public.users
    FOR SELECT
    TO authenticated
    USING (id = (SELECT auth.uid()));

-- create policy users_update_owner on users for UPDATE
CREATE POLICY users_update_owner ON public.users
    FOR UPDATE
    TO authenticated
    USING (id = (SELECT auth.uid()))
    WITH CHECK (id = (SELECT auth.uid()));

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
