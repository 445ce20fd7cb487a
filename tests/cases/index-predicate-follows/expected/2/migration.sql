-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 3 indexes
-- Not exact: drop column authors.name (data-kept)

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

-- drop index idx_authors_name on authors
DROP INDEX public.idx_authors_name;

-- drop index idx_posts_state on posts
DROP INDEX public.idx_posts_state;

-- mark the values of posts.state that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'rollback', 'posts', 'state');
    END IF;
END
$dbgen$;

-- alter column posts.state: VARCHAR(20) to TEXT
ALTER TABLE public.posts ALTER COLUMN state TYPE TEXT;

-- bring back the original values of posts.state, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'posts', 'state');
    END IF;
END
$dbgen$;

-- create index idx_posts_state on posts (state)
CREATE INDEX idx_posts_state ON public.posts (state) WHERE state <> 'closed';

-- keep the values of authors.name in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'forward', 'authors', ARRAY['name'], ARRAY['id']);
END
$dbgen$;

-- drop column authors.name
ALTER TABLE public.authors DROP COLUMN name;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
