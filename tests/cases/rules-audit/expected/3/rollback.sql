-- Rollback of iteration 3 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 3) THEN
            RAISE EXCEPTION 'iteration 3 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- add column lines.note TEXT
ALTER TABLE public.lines ADD COLUMN note TEXT;

-- bring back the values of lines.note that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.restore_columns(3, 'forward', 'lines', ARRAY['note']);
    END IF;
END
$dbgen$;

-- drop trigger dbgen_audit on lines, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.lines;

-- drop trigger dbgen_audit on accounts, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.accounts;

-- keep the values of accounts.initial in dbgen_archive
-- look for values of accounts.display_name that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'rollback', 'accounts', ARRAY['initial'], ARRAY['id']);
    PERFORM dbgen.before_cast(3, 'rollback', 'accounts', 'display_name', 'display_name::VARCHAR(80)', 'display_name::TEXT', false);
END
$dbgen$;

-- alter column accounts.display_name: TEXT to VARCHAR(80)
ALTER TABLE public.accounts ALTER COLUMN display_name TYPE VARCHAR(80);

-- bring back the original values of accounts.display_name, if any were changed
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL THEN
        PERFORM dbgen.after_cast(3, 'forward', 'accounts', 'display_name');
    END IF;
END
$dbgen$;

-- drop column accounts.initial
ALTER TABLE public.accounts DROP COLUMN initial;

-- create trigger dbgen_audit on lines, AFTER DELETE or INSERT or UPDATE
CREATE TRIGGER dbgen_audit
    AFTER DELETE OR INSERT OR UPDATE ON public.lines
    FOR EACH ROW
    EXECUTE FUNCTION dbgen.audit('{"account_id","number"}', '{}');

-- create trigger dbgen_audit on accounts, AFTER DELETE or INSERT or UPDATE
CREATE TRIGGER dbgen_audit
    AFTER DELETE OR INSERT OR UPDATE ON public.accounts
    FOR EACH ROW
    EXECUTE FUNCTION dbgen.audit('{"id"}', '{"card"}');

-- rename column lines.position to number
ALTER TABLE public.lines RENAME COLUMN position TO number;

-- rename column accounts.display_name to name
ALTER TABLE public.accounts RENAME COLUMN display_name TO name;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 3;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter3_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
