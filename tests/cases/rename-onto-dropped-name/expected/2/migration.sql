-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 3 columns
-- Not exact: drop column docs.name__dropped (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.portable
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_columns

-- rename column docs.name to name__dropped
ALTER TABLE public.docs RENAME COLUMN name TO name__dropped;

-- rename column docs.title to name
ALTER TABLE public.docs RENAME COLUMN title TO name;

-- keep the values of docs.name__dropped in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'forward', 'docs', ARRAY['name__dropped'], ARRAY['id']);
END
$dbgen$;

-- drop column docs.name__dropped
ALTER TABLE public.docs DROP COLUMN name__dropped;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
