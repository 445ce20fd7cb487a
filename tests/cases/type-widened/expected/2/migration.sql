-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 5 columns
-- The rollback restores everything exactly

-- mark the values of things.body that nobody has edited
-- mark the values of things.count that nobody has edited
-- mark the values of things.day that nobody has edited
-- mark the values of things.label that nobody has edited
-- mark the values of things.price that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'rollback', 'things', 'body');
        PERFORM dbgen.mark_values(2, 'rollback', 'things', 'count');
        PERFORM dbgen.mark_values(2, 'rollback', 'things', 'day');
        PERFORM dbgen.mark_values(2, 'rollback', 'things', 'label');
        PERFORM dbgen.mark_values(2, 'rollback', 'things', 'price');
    END IF;
END
$dbgen$;

-- alter column things.body: VARCHAR(100) to TEXT
-- alter column things.count: INTEGER to BIGINT
-- alter column things.day: DATE to TIMESTAMP
-- alter column things.label: VARCHAR(20) to VARCHAR(40)
-- alter column things.price: NUMERIC(10,2) to NUMERIC(12,4)
ALTER TABLE public.things
    ALTER COLUMN body TYPE TEXT,
    ALTER COLUMN count TYPE BIGINT,
    ALTER COLUMN day TYPE TIMESTAMP,
    ALTER COLUMN label DROP DEFAULT,
    ALTER COLUMN label TYPE VARCHAR(40),
    ALTER COLUMN label SET DEFAULT 'x',
    ALTER COLUMN price TYPE NUMERIC(12,4);

-- bring back the original values of things.body, if any were changed
-- bring back the original values of things.count, if any were changed
-- bring back the original values of things.day, if any were changed
-- bring back the original values of things.label, if any were changed
-- bring back the original values of things.price, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'body');
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'count');
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'day');
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'label');
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'price');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
