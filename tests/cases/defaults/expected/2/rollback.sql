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

-- alter column things.user: default auth.uid()
-- alter column things.token: default gen_random_uuid()
-- alter column things.tags: default '{}'
-- alter column things.size: default 0
-- alter column things.rate: default -1.5
-- alter column things.quote: default 'it''s; DROP TABLE things --'
-- alter column things.label: default 'now()'
-- alter column things.flag: default true
-- alter column things.due: default CURRENT_DATE + 14
-- alter column things.day: default CURRENT_DATE
-- alter column things.data: default '{"a": [1, null]}'
-- alter column things.at: default now()
ALTER TABLE public.things
    ALTER COLUMN "user" SET DEFAULT auth.uid(),
    ALTER COLUMN token SET DEFAULT gen_random_uuid(),
    ALTER COLUMN tags SET DEFAULT '{}',
    ALTER COLUMN size SET DEFAULT 0,
    ALTER COLUMN rate SET DEFAULT -1.5,
    ALTER COLUMN quote SET DEFAULT 'it''s; DROP TABLE things --',
    ALTER COLUMN label SET DEFAULT 'now()',
    ALTER COLUMN flag SET DEFAULT true,
    ALTER COLUMN due SET DEFAULT CURRENT_DATE + 14,
    ALTER COLUMN day SET DEFAULT CURRENT_DATE,
    ALTER COLUMN data SET DEFAULT '{"a": [1, null]}',
    ALTER COLUMN at SET DEFAULT now();

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
