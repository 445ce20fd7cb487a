-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- add column we"ird ' $table$;--.back\slash VARCHAR(9)
-- add column we"ird ' $table$;--.percent% VARCHAR(9)
ALTER TABLE public."we""ird ' $table$;--"
    ADD COLUMN "back\slash" VARCHAR(9),
    ADD COLUMN "percent%" VARCHAR(9);

-- add column order.group UUID
ALTER TABLE public."order" ADD COLUMN "group" UUID;

-- add column User.a"b VARCHAR(5)
-- add column User.semi;colon VARCHAR(5)
ALTER TABLE public."User"
    ADD COLUMN "a""b" VARCHAR(5) DEFAULT '''',
    ADD COLUMN "semi;colon" VARCHAR(5);

-- bring back the values of we"ird ' $table$;--.back\slash, we"ird ' $table$;--.percent% that were kept, if any
-- bring back the values of order.group that were kept, if any
-- bring back the values of User.a"b, User.semi;colon that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(2, 'forward', 'we"ird '' $table$;--', ARRAY[E'back\\slash', 'percent%']);
        PERFORM dbgen.restore_columns(2, 'forward', 'order', ARRAY['group']);
        PERFORM dbgen.restore_columns(2, 'forward', 'User', ARRAY['a"b', 'semi;colon']);
    END IF;
END
$dbgen$;

-- keep the values of User.table in dbgen_archive
-- look for values of order.user that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(2, 'rollback', 'User', ARRAY['table'], ARRAY['id']);
    PERFORM dbgen.before_cast(2, 'rollback', 'order', 'user', '"user"::VARCHAR(80)', '''c"d''', false);
END
$dbgen$;

-- alter column order.user: public.order_user to VARCHAR(80)
ALTER TABLE public."order" ALTER COLUMN "user" TYPE VARCHAR(80);

-- bring back the original values of order.user, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'order', 'user');
    END IF;
END
$dbgen$;

-- drop column User.table
ALTER TABLE public."User" DROP COLUMN "table";

-- drop enum order_user
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.keep_type') IS NOT NULL THEN
        PERFORM dbgen.keep_type(2, 'rollback', 'order_user');
    END IF;
END
$dbgen$;
DROP TYPE public.order_user;

-- look for rows of order that fk_order_group would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'order', 'fk_order_group', ARRAY['group'], 'public."User"', ARRAY['id']);
    END IF;
END
$dbgen$;

-- create index idx_order_group on order (group)
CREATE INDEX idx_order_group ON public."order" ("group");

-- add foreign key order (group) to User (id)
ALTER TABLE public."order"
    ADD CONSTRAINT fk_order_group FOREIGN KEY ("group") REFERENCES public."User" (id);

-- rename column order.end to from_date
ALTER TABLE public."order" RENAME COLUMN "end" TO from_date;

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
