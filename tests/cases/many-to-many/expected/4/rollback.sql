-- Rollback of iteration 4 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 4) THEN
            RAISE EXCEPTION 'iteration 4 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

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

-- bring back the rows of tags that were kept, if any
-- bring back the rows of post_labels that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(4, 'forward', 'tags');
        PERFORM dbgen.restore_table(4, 'forward', 'post_labels');
    END IF;
END
$dbgen$;

-- add foreign key post_labels (tag_id) to tags (id)
-- add foreign key post_labels (post_id) to posts (id)
ALTER TABLE public.post_labels
    ADD CONSTRAINT fk_post_labels_tag_id FOREIGN KEY (tag_id) REFERENCES public.tags (id) ON DELETE CASCADE,
    ADD CONSTRAINT fk_post_labels_post_id FOREIGN KEY (post_id) REFERENCES public.posts (id) ON DELETE CASCADE;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 4;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter4_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
