-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 4 columns, 5 constraints, 1 index, 4 grants
-- The rollback restores everything exactly

-- create table post_labels
CREATE TABLE public.post_labels (
    post_id UUID NOT NULL,
    tag_id UUID NOT NULL,
    PRIMARY KEY (post_id, tag_id)
);
CREATE INDEX idx_post_labels_tag_id ON public.post_labels (tag_id);
COMMENT ON TABLE public.post_labels IS 'Created in iteration 2 for shop module';
REVOKE ALL ON TABLE public.post_labels FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.post_labels TO authenticated, service_role;

-- create table tags
CREATE TABLE public.tags (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_tags_name UNIQUE (name)
);
COMMENT ON TABLE public.tags IS 'Created in iteration 2 for shop module';
REVOKE ALL ON TABLE public.tags FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.tags TO authenticated, service_role;

-- bring back the rows of post_labels that were kept, if any
-- bring back the rows of tags that were kept, if any
-- look for rows of post_labels that fk_post_labels_post_id would refuse
-- look for rows of post_labels that fk_post_labels_tag_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(2, 'rollback', 'post_labels');
        PERFORM dbgen.restore_table(2, 'rollback', 'tags');
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'post_labels', 'fk_post_labels_post_id', ARRAY['post_id'], 'public.posts', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'post_labels', 'fk_post_labels_tag_id', ARRAY['tag_id'], 'public.tags', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key post_labels (post_id) to posts (id)
-- add foreign key post_labels (tag_id) to tags (id)
ALTER TABLE public.post_labels
    ADD CONSTRAINT fk_post_labels_post_id FOREIGN KEY (post_id) REFERENCES public.posts (id) ON DELETE CASCADE,
    ADD CONSTRAINT fk_post_labels_tag_id FOREIGN KEY (tag_id) REFERENCES public.tags (id) ON DELETE CASCADE;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
