-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 12 columns
-- The rollback restores everything exactly

-- alter column things.at: default CURRENT_TIMESTAMP
-- alter column things.data: default '[]'
-- alter column things.day: default '2026-01-31'
-- alter column things.due: default CURRENT_DATE + 30
-- alter column things.flag: default false
-- alter column things.label: drop the default
-- alter column things.quote: default ''
-- alter column things.rate: drop the default
-- alter column things.size: default 10
-- alter column things.tags: default '{a,"b c"}'
-- alter column things.token: drop the default
-- alter column things.user: drop the default
ALTER TABLE public.things
    ALTER COLUMN at SET DEFAULT CURRENT_TIMESTAMP,
    ALTER COLUMN data SET DEFAULT '[]',
    ALTER COLUMN day SET DEFAULT '2026-01-31',
    ALTER COLUMN due SET DEFAULT CURRENT_DATE + 30,
    ALTER COLUMN flag SET DEFAULT false,
    ALTER COLUMN label DROP DEFAULT,
    ALTER COLUMN quote SET DEFAULT '',
    ALTER COLUMN rate DROP DEFAULT,
    ALTER COLUMN size SET DEFAULT 10,
    ALTER COLUMN tags SET DEFAULT '{a,"b c"}',
    ALTER COLUMN token DROP DEFAULT,
    ALTER COLUMN "user" DROP DEFAULT;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
