-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns
-- Not exact: drop column docs.title (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- (dbgen.archive)
-- (dbgen.enter)
-- (dbgen.leave)
-- (dbgen.portable)
-- (dbgen.refuse_dependents)
-- (dbgen.reserve)
-- (dbgen.seal)
-- (dbgen.types_of)
-- (dbgen.keep_columns)
-- mark the values of docs.name that nobody has edited
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'rollback', 'docs', 'name');
    END IF;
END
$dbgen$;

-- alter column docs.name: VARCHAR(40) to VARCHAR(60)
ALTER TABLE public.docs ALTER COLUMN name TYPE VARCHAR(60);

-- bring back the original values of docs.name, if any were changed
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'docs', 'name');
    END IF;
END
$dbgen$;

-- keep the values of docs.title in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'forward', 'docs', ARRAY['title'], ARRAY['id']);
END
$dbgen$;

-- drop column docs.title
ALTER TABLE public.docs DROP COLUMN title;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
