-- Iteration 1 of contacts, tasks, made by dbgen 0.1.0
-- Touches 3 tables, 12 columns, 6 constraints, 2 indexes, 6 grants
-- The rollback restores everything exactly

-- create table contacts
CREATE TABLE public.contacts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    first_name VARCHAR(80) NOT NULL,
    email VARCHAR(255),
    mood VARCHAR(50) DEFAULT 'calm',
    score INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (id),
    CONSTRAINT uq_contacts_email UNIQUE (email)
);
COMMENT ON TABLE public.contacts IS 'Created in iteration 1 for contacts module';
REVOKE ALL ON TABLE public.contacts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.contacts TO authenticated, service_role;

-- create table steps
CREATE TABLE public.steps (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    task_id UUID,
    due_on DATE,
    is_done BOOLEAN,
    PRIMARY KEY (id)
);
CREATE INDEX idx_steps_task_id ON public.steps (task_id);
COMMENT ON TABLE public.steps IS 'Created in iteration 1 for tasks module';
REVOKE ALL ON TABLE public.steps FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.steps TO authenticated, service_role;

-- create table tasks
CREATE TABLE public.tasks (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    title VARCHAR(255) NOT NULL,
    contact_id UUID,
    PRIMARY KEY (id)
);
CREATE INDEX idx_tasks_contact_id ON public.tasks (contact_id);
COMMENT ON TABLE public.tasks IS 'Created in iteration 1 for tasks module';
REVOKE ALL ON TABLE public.tasks FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.tasks TO authenticated, service_role;

-- bring back the rows of contacts that were kept, if any
-- bring back the rows of steps that were kept, if any
-- bring back the rows of tasks that were kept, if any
-- look for rows of steps that fk_steps_task_id would refuse
-- look for rows of tasks that fk_tasks_contact_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'contacts');
        PERFORM dbgen.restore_table(1, 'rollback', 'steps');
        PERFORM dbgen.restore_table(1, 'rollback', 'tasks');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'steps', 'fk_steps_task_id', ARRAY['task_id'], 'public.tasks', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'tasks', 'fk_tasks_contact_id', ARRAY['contact_id'], 'public.contacts', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key steps (task_id) to tasks (id)
ALTER TABLE public.steps
    ADD CONSTRAINT fk_steps_task_id FOREIGN KEY (task_id) REFERENCES public.tasks (id);

-- add foreign key tasks (contact_id) to contacts (id)
ALTER TABLE public.tasks
    ADD CONSTRAINT fk_tasks_contact_id FOREIGN KEY (contact_id) REFERENCES public.contacts (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
