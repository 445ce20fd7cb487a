-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 4 tables, 10 columns, 7 constraints, 1 index, 8 grants
-- The rollback restores everything exactly

-- create table account_tags
CREATE TABLE public.account_tags (
    account_id UUID NOT NULL,
    tag_id UUID NOT NULL,
    PRIMARY KEY (account_id, tag_id)
);
CREATE INDEX idx_account_tags_tag_id ON public.account_tags (tag_id);
COMMENT ON TABLE public.account_tags IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.account_tags FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.account_tags TO authenticated, service_role;

-- create table accounts
CREATE TABLE public.accounts (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80),
    card VARCHAR(20),
    created_at TIMESTAMPTZ,
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.accounts IS 'Created in iteration 1 for shop module';
COMMENT ON COLUMN public.accounts.created_at IS 'When the customer came';
REVOKE ALL ON TABLE public.accounts FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.accounts TO authenticated, service_role;

-- create table lines
CREATE TABLE public.lines (
    account_id UUID NOT NULL,
    number INTEGER NOT NULL,
    note TEXT,
    PRIMARY KEY (account_id, number)
);
COMMENT ON TABLE public.lines IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.lines FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.lines TO authenticated, service_role;

-- create table tags
CREATE TABLE public.tags (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    PRIMARY KEY (id)
);
COMMENT ON TABLE public.tags IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.tags FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.tags TO authenticated, service_role;

-- bring back the rows of account_tags that were kept, if any
-- bring back the rows of accounts that were kept, if any
-- bring back the rows of lines that were kept, if any
-- bring back the rows of tags that were kept, if any
-- look for rows of account_tags that fk_account_tags_account_id would refuse
-- look for rows of account_tags that fk_account_tags_tag_id would refuse
-- look for rows of lines that fk_lines_account_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'account_tags');
        PERFORM dbgen.restore_table(1, 'rollback', 'accounts');
        PERFORM dbgen.restore_table(1, 'rollback', 'lines');
        PERFORM dbgen.restore_table(1, 'rollback', 'tags');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'account_tags', 'fk_account_tags_account_id', ARRAY['account_id'], 'public.accounts', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'account_tags', 'fk_account_tags_tag_id', ARRAY['tag_id'], 'public.tags', ARRAY['id']);
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'lines', 'fk_lines_account_id', ARRAY['account_id'], 'public.accounts', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key account_tags (account_id) to accounts (id)
-- add foreign key account_tags (tag_id) to tags (id)
ALTER TABLE public.account_tags
    ADD CONSTRAINT fk_account_tags_account_id FOREIGN KEY (account_id) REFERENCES public.accounts (id) ON DELETE CASCADE,
    ADD CONSTRAINT fk_account_tags_tag_id FOREIGN KEY (tag_id) REFERENCES public.tags (id) ON DELETE CASCADE;

-- add foreign key lines (account_id) to accounts (id)
ALTER TABLE public.lines
    ADD CONSTRAINT fk_lines_account_id FOREIGN KEY (account_id) REFERENCES public.accounts (id) ON DELETE CASCADE;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
