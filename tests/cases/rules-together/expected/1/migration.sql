-- Iteration 1 of desk, made by dbgen 0.1.0
-- Touches 7 tables, 18 columns, 14 constraints, 4 indexes, 14 grants
-- The rollback restores everything exactly

-- create table countries
CREATE TABLE public.countries (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.countries IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.countries FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.countries TO authenticated, service_role;

-- create table memberships
CREATE TABLE public.memberships (
    organization_id UUID NOT NULL,
    user_id UUID NOT NULL,
    PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX idx_memberships_user_id ON public.memberships (user_id);
COMMENT ON TABLE public.memberships IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.memberships FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.memberships TO authenticated, service_role;

-- create table note_countries
CREATE TABLE public.note_countries (
    note_id UUID NOT NULL,
    country_id UUID NOT NULL,
    PRIMARY KEY (note_id, country_id)
);
CREATE INDEX idx_note_countries_country_id ON public.note_countries (country_id);
COMMENT ON TABLE public.note_countries IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.note_countries FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.note_countries TO authenticated, service_role;

-- create table notes
CREATE TABLE public.notes (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    author_id UUID NOT NULL,
    body TEXT,
    is_public BOOLEAN NOT NULL DEFAULT false,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    mood VARCHAR(50),
    PRIMARY KEY (id)
);
CREATE INDEX idx_notes_author_id ON public.notes (author_id);
COMMENT ON TABLE public.notes IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.notes FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.notes TO authenticated, service_role;

-- create table organizations
CREATE TABLE public.organizations (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.organizations IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.organizations FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.organizations TO authenticated, service_role;

-- create table tasks
CREATE TABLE public.tasks (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    organization_id UUID,
    assignee_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_tasks_organization_id ON public.tasks (organization_id);
COMMENT ON TABLE public.tasks IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.tasks FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.tasks TO authenticated, service_role;

-- create table users
CREATE TABLE public.users (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80),
    email VARCHAR(255),
    PRIMARY KEY (id),
    CONSTRAINT uq_users_email UNIQUE (email)
);
COMMENT ON TABLE public.users IS 'Created in iteration 1 for desk module';
REVOKE ALL ON TABLE public.users FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.users TO authenticated, service_role;

-- bring back the rows of countries that were kept, if any
-- bring back the rows of memberships that were kept, if any
-- bring back the rows of note_countries that were kept, if any
-- bring back the rows of notes that were kept, if any
-- bring back the rows of organizations that were kept, if any
-- bring back the rows of tasks that were kept, if any
-- bring back the rows of users that were kept, if any
-- look for rows of memberships that fk_memberships_organization_id would refuse
-- look for rows of memberships that fk_memberships_user_id would refuse
-- look for rows of note_countries that fk_note_countries_country_id would refuse
-- look for rows of note_countries that fk_note_countries_note_id would refuse
-- look for rows of notes that fk_notes_author_id would refuse
-- look for rows of tasks that fk_tasks_organization_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'countries');
        PERFORM dbgen.restore_table(1, 'rollback', 'memberships');
        PERFORM dbgen.restore_table(1, 'rollback', 'note_countries');
        PERFORM dbgen.restore_table(1, 'rollback', 'notes');
        PERFORM dbgen.restore_table(1, 'rollback', 'organizations');
        PERFORM dbgen.restore_table(1, 'rollback', 'tasks');
        PERFORM dbgen.restore_table(1, 'rollback', 'users');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'memberships', 'fk_memberships_organization_id', ARRAY['organization_id'], 'public.organizations', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'memberships', 'fk_memberships_user_id', ARRAY['user_id'], 'public.users', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'note_countries', 'fk_note_countries_country_id', ARRAY['country_id'], 'public.countries', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'note_countries', 'fk_note_countries_note_id', ARRAY['note_id'], 'public.notes', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'notes', 'fk_notes_author_id', ARRAY['author_id'], 'public.users', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'tasks', 'fk_tasks_organization_id', ARRAY['organization_id'], 'public.organizations', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key memberships (organization_id) to organizations (id)
-- add foreign key memberships (user_id) to users (id)
ALTER TABLE public.memberships
    ADD CONSTRAINT fk_memberships_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations (id),
    ADD CONSTRAINT fk_memberships_user_id FOREIGN KEY (user_id) REFERENCES public.users (id);

-- add foreign key note_countries (country_id) to countries (id)
-- add foreign key note_countries (note_id) to notes (id)
ALTER TABLE public.note_countries
    ADD CONSTRAINT fk_note_countries_country_id FOREIGN KEY (country_id) REFERENCES public.countries (id) ON DELETE CASCADE,
    ADD CONSTRAINT fk_note_countries_note_id FOREIGN KEY (note_id) REFERENCES public.notes (id) ON DELETE CASCADE;

-- add foreign key notes (author_id) to users (id)
ALTER TABLE public.notes
    ADD CONSTRAINT fk_notes_author_id FOREIGN KEY (author_id) REFERENCES public.users (id);

-- add foreign key tasks (organization_id) to organizations (id)
ALTER TABLE public.tasks
    ADD CONSTRAINT fk_tasks_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
