-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 5 columns, 4 triggers
-- Not exact: drop column lines.note (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.portable
-- dbgen.types_of
-- dbgen.back_cast
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.key_of
-- dbgen.known_by
-- dbgen.reserve
-- dbgen.seal
-- dbgen.keep_values
-- dbgen.matching
-- dbgen.note_values
-- dbgen.fill
-- dbgen.has_rows
-- dbgen.refuse_dependents
-- dbgen.keep_columns

-- rename column accounts.name to display_name
ALTER TABLE public.accounts RENAME COLUMN name TO display_name;

-- rename column lines.number to position
ALTER TABLE public.lines RENAME COLUMN number TO position;

-- drop trigger dbgen_audit on accounts, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.accounts;

-- drop trigger dbgen_audit on lines, AFTER DELETE or INSERT or UPDATE
DROP TRIGGER dbgen_audit ON public.lines;

-- add column accounts.initial VARCHAR(1)
ALTER TABLE public.accounts ADD COLUMN initial VARCHAR(1);
DO $dbgen$
BEGIN
    PERFORM dbgen.fill(3, 'forward', 'accounts', 'initial', 'left(display_name, 1)', false);
END
$dbgen$;
ALTER TABLE public.accounts ALTER COLUMN initial SET NOT NULL;

-- mark the values of accounts.display_name that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL THEN
        PERFORM dbgen.mark_values(3, 'rollback', 'accounts', 'display_name');
    END IF;
END
$dbgen$;

-- alter column accounts.display_name: VARCHAR(80) to TEXT
ALTER TABLE public.accounts ALTER COLUMN display_name TYPE TEXT;

-- bring back the original values of accounts.display_name, if any were changed
-- bring back the values of accounts.initial that were kept, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.restore_columns') IS NOT NULL THEN
        PERFORM dbgen.after_cast(3, 'rollback', 'accounts', 'display_name');
        PERFORM dbgen.restore_columns(3, 'rollback', 'accounts', ARRAY['initial']);
    END IF;
END
$dbgen$;

-- create trigger dbgen_audit on accounts, AFTER DELETE or INSERT or UPDATE
CREATE TRIGGER dbgen_audit
    AFTER DELETE OR INSERT OR UPDATE ON public.accounts
    FOR EACH ROW
    EXECUTE FUNCTION dbgen.audit('{"id"}', '{"display_name"}');

-- create trigger dbgen_audit on lines, AFTER DELETE or INSERT or UPDATE
CREATE TRIGGER dbgen_audit
    AFTER DELETE OR INSERT OR UPDATE ON public.lines
    FOR EACH ROW
    EXECUTE FUNCTION dbgen.audit('{"account_id","position"}', '{}');

-- keep the values of lines.note in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_columns(3, 'forward', 'lines', ARRAY['note'], ARRAY['account_id', 'position']);
END
$dbgen$;

-- drop column lines.note
ALTER TABLE public.lines DROP COLUMN note;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
