-- Iteration 2 of desk, made by dbgen 0.1.0
-- Touches 3 columns, 4 policies
-- The rollback restores everything exactly

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.portable
-- dbgen.types_of
-- dbgen.back_cast
-- dbgen.cast_row
-- dbgen.enter
-- dbgen.key_of
-- dbgen.known_by
-- dbgen.conflict
-- dbgen.reserve
-- dbgen.seal
-- dbgen.keep_values
-- dbgen.matching
-- dbgen.keep_cast
-- dbgen.mode
-- dbgen.leave
-- dbgen.referrers
-- dbgen.quarantine
-- dbgen.fit
-- dbgen.mark_values
-- dbgen.rows_where
-- dbgen.spared
-- dbgen.before_cast

-- drop policy editors on notes for UPDATE
DROP POLICY editors ON public.notes;

-- rename column users.role to job
ALTER TABLE public.users RENAME COLUMN role TO job;

-- drop policy everybody's on notes for SELECT
DROP POLICY "everybody's" ON public.notes;

-- look for values of notes.order that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'forward', 'notes', 'order', '"order"::VARCHAR(80)', '"order"::TEXT', false);
END
$dbgen$;

-- mark the values of notes.rank that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'rollback', 'notes', 'rank');
    END IF;
END
$dbgen$;

-- alter column notes.order: TEXT to VARCHAR(80)
-- alter column notes.rank: INTEGER to BIGINT
ALTER TABLE public.notes
    ALTER COLUMN "order" TYPE VARCHAR(80),
    ALTER COLUMN rank DROP DEFAULT,
    ALTER COLUMN rank TYPE BIGINT,
    ALTER COLUMN rank SET DEFAULT 0;

-- bring back the original values of notes.order, if any were changed
-- bring back the original values of notes.rank, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'notes', 'order');
        PERFORM dbgen.after_cast(2, 'rollback', 'notes', 'rank');
    END IF;
END
$dbgen$;

-- create policy editors on notes for UPDATE
CREATE POLICY editors ON public.notes
    FOR UPDATE
    TO authenticated
    USING (EXISTS (SELECT FROM users u WHERE u.id = auth.uid() AND u.job = 'editor'))
    WITH CHECK (rank < 10);

-- create policy everybody's on notes for SELECT
CREATE POLICY "everybody's" ON public.notes
    FOR SELECT
    USING (rank > 5 AND "order" IS NOT NULL);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
