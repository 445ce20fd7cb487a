-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 1 enum
-- Not exact: alter column things.enum_value: VARCHAR(50) to public.mood (data-kept)

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

-- create enum mood (calm, busy)
CREATE TYPE public.mood AS ENUM ('calm', 'busy');

-- look for values of things.enum_value that the type change would not keep
-- look for values of things.string_value that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'forward', 'things', 'enum_value', 'enum_value::public.mood', 'enum_value::VARCHAR(50)', false);
    PERFORM dbgen.before_cast(2, 'forward', 'things', 'string_value', 'string_value::VARCHAR(100)', 'string_value::VARCHAR(255)', false);
END
$dbgen$;

-- alter column things.enum_value: VARCHAR(50) to public.mood
-- alter column things.string_value: VARCHAR(255) to VARCHAR(100)
ALTER TABLE public.things
    ALTER COLUMN enum_value TYPE public.mood USING enum_value::public.mood,
    ALTER COLUMN string_value TYPE VARCHAR(100);

-- bring back the original values of things.enum_value, if any were changed
-- bring back the original values of things.string_value, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'enum_value');
        PERFORM dbgen.after_cast(2, 'rollback', 'things', 'string_value');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
