-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 8 columns, 1 constraint, 1 index, 1 enum
-- Not exact: alter column order.user: VARCHAR(80) to public.order_user (data-kept); drop column User.semi;colon (data-kept); drop column User.a"b (data-kept); drop column order.group (data-kept); drop column we"ird ' $table$;--.percent% (data-kept); drop column we"ird ' $table$;--.back\slash (data-kept)

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
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.refuse_dependents
-- dbgen.keep_columns

-- rename column order.from_date to end
ALTER TABLE public."order" RENAME COLUMN from_date TO "end";

-- drop foreign key order (group) to User (id)
ALTER TABLE public."order" DROP CONSTRAINT fk_order_group;

-- drop index idx_order_group on order
DROP INDEX public.idx_order_group;

-- bring back the rows of order that fk_order_group had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'order', 'order.fk_order_group');
    END IF;
END
$dbgen$;

-- create enum order_user (a'b, c"d)
CREATE TYPE public.order_user AS ENUM ('a''b', 'c"d');

-- add column User.table TEXT
ALTER TABLE public."User" ADD COLUMN "table" TEXT;

-- look for values of order.user that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'forward', 'order', 'user', '''c"d''', '"user"::VARCHAR(80)', true);
END
$dbgen$;

-- alter column order.user: VARCHAR(80) to public.order_user
ALTER TABLE public."order" ALTER COLUMN "user" TYPE public.order_user USING 'c"d';

-- bring back the original values of order.user, if any were changed
-- bring back the values of User.table that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'order', 'user');
        PERFORM dbgen.restore_columns(2, 'rollback', 'User', ARRAY['table']);
    END IF;
END
$dbgen$;

-- keep the values of User.a"b, User.semi;colon in dbgen_archive
-- keep the values of order.group in dbgen_archive
-- keep the values of we"ird ' $table$;--.back\slash, we"ird ' $table$;--.percent% in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'forward', 'User', ARRAY['a"b', 'semi;colon'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'forward', 'order', ARRAY['group'], ARRAY['id']);
    PERFORM dbgen.keep_columns(2, 'forward', 'we"ird '' $table$;--', ARRAY[E'back\\slash', 'percent%'], ARRAY['id']);
END
$dbgen$;

-- drop column User.semi;colon
-- drop column User.a"b
ALTER TABLE public."User"
    DROP COLUMN "semi;colon",
    DROP COLUMN "a""b";

-- drop column order.group
ALTER TABLE public."order" DROP COLUMN "group";

-- drop column we"ird ' $table$;--.percent%
-- drop column we"ird ' $table$;--.back\slash
ALTER TABLE public."we""ird ' $table$;--"
    DROP COLUMN "percent%",
    DROP COLUMN "back\slash";

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
