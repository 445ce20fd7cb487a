-- Rollback of iteration 1 of contacts, tasks, made by dbgen 0.1.0
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

-- drop foreign key tasks (contact_id) to contacts (id)
ALTER TABLE public.tasks DROP CONSTRAINT fk_tasks_contact_id;

-- drop foreign key steps (task_id) to tasks (id)
ALTER TABLE public.steps DROP CONSTRAINT fk_steps_task_id;

-- bring back the rows of tasks that fk_tasks_contact_id had refused, if any
-- bring back the rows of steps that fk_steps_task_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'tasks', 'tasks.fk_tasks_contact_id');
        PERFORM dbgen.unmend(1, 'forward', 'steps', 'steps.fk_steps_task_id');
    END IF;
END
$dbgen$;

-- keep the rows of tasks in dbgen_archive
-- keep the rows of steps in dbgen_archive
-- keep the rows of contacts in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'tasks');
    PERFORM dbgen.keep_table(1, 'rollback', 'steps');
    PERFORM dbgen.keep_table(1, 'rollback', 'contacts');
END
$dbgen$;

-- drop table tasks
DROP TABLE public.tasks;

-- drop table steps
DROP TABLE public.steps;

-- drop table contacts
DROP TABLE public.contacts;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 1;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter1_contacts_tasks';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
