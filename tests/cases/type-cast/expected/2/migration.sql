-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 4 columns
-- Not exact: alter column things.code: TEXT to INTEGER (data-kept); alter column things.data: TEXT to JSONB (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.portable
-- dbgen.types_of
-- dbgen.back_cast
-- dbgen.cast_row
-- dbgen.enter
-- dbgen.key_of
-- dbgen.known_by
-- dbgen.conflict
-- dbgen.reserve
-- dbgen.seal
-- dbgen.keep_values
-- dbgen.matching
-- dbgen.keep_cast
-- dbgen.mode
-- dbgen.leave
-- dbgen.referrers
-- dbgen.quarantine
-- dbgen.fit
-- dbgen.mark_values
-- dbgen.rows_where
-- dbgen.spared
-- dbgen.before_cast

-- look for values of things.code that the type change would not keep
-- look for values of things.data that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'forward', 'things', 'code', 'code::INTEGER', 'code::TEXT', false);
    PERFORM dbgen.before_cast(2, 'forward', 'things', 'data', 'data::JSONB', 'data::TEXT', false);
END
$dbgen$;

-- mark the values of things.flag that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(2, 'rollback', 'things', 'flag');
    END IF;
END
$dbgen$;

-- look for values of things.size that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'forward', 'things', 'size', 'size::VARCHAR(10)', 'size::INTEGER', false);
END
$dbgen$;

-- alter column things.code: TEXT to INTEGER
-- alter column things.data: TEXT to JSONB
-- alter column things.flag: BOOLEAN to TEXT, default 'no'
-- alter column things.size: INTEGER to VARCHAR(10), default '1'
ALTER TABLE public.things
    ALTER COLUMN code TYPE INTEGER USING code::INTEGER,
    ALTER COLUMN data TYPE JSONB USING data::JSONB,
    ALTER COLUMN flag DROP DEFAULT,
    ALTER COLUMN flag TYPE TEXT,
    ALTER COLUMN flag SET DEFAULT 'no',
    ALTER COLUMN size DROP DEFAULT,
    ALTER COLUMN size TYPE VARCHAR(10),
    ALTER COLUMN size SET DEFAULT '1';

-- bring back the original values of things.code, if any were changed
-- bring back the original values of things.data, if any were changed
-- bring back the original values of things.flag, if any were changed
-- bring back the original values of things.size, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'code');
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'data');
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'flag');
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'size');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
