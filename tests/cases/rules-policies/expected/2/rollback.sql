-- Rollback of iteration 2 of desk, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop policy everybody's on notes for SELECT
DROP POLICY "everybody's" ON public.notes;

-- drop policy editors on notes for UPDATE
DROP POLICY editors ON public.notes;

-- look for values of notes.rank that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'rollback', 'notes', 'rank', 'rank::INTEGER', 'rank::BIGINT', false);
END
$dbgen$;

-- mark the values of notes.order that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'forward', 'notes', 'order');
    END IF;
END
$dbgen$;

-- alter column notes.rank: BIGINT to INTEGER
-- alter column notes.order: VARCHAR(80) to TEXT
ALTER TABLE public.notes
    ALTER COLUMN rank DROP DEFAULT,
    ALTER COLUMN rank TYPE INTEGER,
    ALTER COLUMN rank SET DEFAULT 0,
    ALTER COLUMN "order" TYPE TEXT;

-- bring back the original values of notes.rank, if any were changed
-- bring back the original values of notes.order, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'notes', 'rank');
        PERFORM dbgen.after_cast(2, 'forward', 'notes', 'order');
    END IF;
END
$dbgen$;

-- create policy everybody's on notes for SELECT
CREATE POLICY "everybody's" ON public.notes
    FOR SELECT
    USING (rank > 5 AND "order" IS NOT NULL);

-- rename column users.job to role
ALTER TABLE public.users RENAME COLUMN job TO role;

-- create policy editors on notes for UPDATE
CREATE POLICY editors ON public.notes
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT FROM users u WHERE u.id = auth.uid() AND u.role = 'editor'))
    WITH CHECK (rank < 10);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_desk';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
