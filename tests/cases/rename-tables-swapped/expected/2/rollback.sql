-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- rename constraint finals_pkey of finals to drafts_pkey__aside
ALTER TABLE public.finals RENAME CONSTRAINT finals_pkey TO drafts_pkey__aside;

-- rename constraint drafts_pkey of drafts to finals_pkey
ALTER TABLE public.drafts RENAME CONSTRAINT drafts_pkey TO finals_pkey;

-- rename constraint drafts_pkey__aside of finals to drafts_pkey
ALTER TABLE public.finals RENAME CONSTRAINT drafts_pkey__aside TO drafts_pkey;

-- rename index idx_drafts_draft_id to idx_finals_draft_id
ALTER INDEX public.idx_drafts_draft_id RENAME TO idx_finals_draft_id;

-- rename constraint fk_drafts_draft_id of drafts to fk_finals_draft_id
ALTER TABLE public.drafts RENAME CONSTRAINT fk_drafts_draft_id TO fk_finals_draft_id;

-- rename table finals to drafts__aside
ALTER TABLE public.finals RENAME TO drafts__aside;

-- rename table drafts to finals
ALTER TABLE public.drafts RENAME TO finals;

-- rename table drafts__aside to drafts
ALTER TABLE public.drafts__aside RENAME TO drafts;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
