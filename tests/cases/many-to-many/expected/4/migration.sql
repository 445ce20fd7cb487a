-- Iteration 4 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 2 constraints
-- Not exact: drop table post_labels (data-kept); drop table tags (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.belongings
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.is_shared
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_table

-- drop foreign key post_labels (post_id) to posts (id)
-- drop foreign key post_labels (tag_id) to tags (id)
ALTER TABLE public.post_labels
    DROP CONSTRAINT fk_post_labels_post_id,
    DROP CONSTRAINT fk_post_labels_tag_id;

-- keep the rows of post_labels in dbgen_archive
-- keep the rows of tags in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(4, 'forward', 'post_labels');
    PERFORM dbgen.keep_table(4, 'forward', 'tags');
END
$dbgen$;

-- drop table post_labels
DROP TABLE public.post_labels;

-- drop table tags
DROP TABLE public.tags;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
