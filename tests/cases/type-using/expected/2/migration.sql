-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 3 columns
-- Not exact: alter column things.cents: INTEGER to NUMERIC(12,2) (data-kept); alter column things.code: TEXT to INTEGER (data-kept); alter column things.tags: TEXT to TEXT[] (data-kept)

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

-- look for values of things.cents that the type change would not keep
-- look for values of things.code that the type change would not keep
-- look for values of things.tags that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'forward', 'things', 'cents', 'cents / 100.0', '(cents * 100)::integer', true);
    PERFORM dbgen.before_cast(2, 'forward', 'things', 'code', 'substr(code, 3)::integer', '''A-'' || code', true);
    PERFORM dbgen.before_cast(2, 'forward', 'things', 'tags', 'string_to_array(tags, '','')', 'array_to_string(tags, '','')', true);
END
$dbgen$;

-- alter column things.cents: INTEGER to NUMERIC(12,2)
-- alter column things.code: TEXT to INTEGER
-- alter column things.tags: TEXT to TEXT[]
ALTER TABLE public.things
    ALTER COLUMN cents TYPE NUMERIC(12,2) USING cents / 100.0,
    ALTER COLUMN code TYPE INTEGER USING substr(code, 3)::integer,
    ALTER COLUMN tags TYPE TEXT[] USING string_to_array(tags, ',');

-- bring back the original values of things.cents, if any were changed
-- bring back the original values of things.code, if any were changed
-- bring back the original values of things.tags, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'cents');
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'code');
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'tags');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
