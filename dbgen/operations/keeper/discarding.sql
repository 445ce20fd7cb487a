-- whether somebody said that nothing of a table is to be kept (--discard-data). The setting is on, or what the
-- backup saw: then it stops where others have written since. Rows whose writer is not done are this transaction's.
CREATE OR REPLACE FUNCTION dbgen.discarding(_table regclass) RETURNS boolean
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _said text := coalesce(current_setting('dbgen.discard', true), '');
    _now bigint := pg_current_xact_id()::text::bigint;
    _state jsonb;
    _written bigint;
BEGIN
    IF _said IN ('', 'off', 'on') THEN
        RETURN _said = 'on';
    END IF;
    _state := dbgen.enter(_table);
    -- xmin counts up to 2^32 and begins again: what is higher than now is of the round before.
    EXECUTE format('SELECT count(*) FROM (
        SELECT ($2 >> 32 << 32) + x - CASE WHEN x > $2 & 4294967295 THEN 4294967296 ELSE 0 END AS writer
        FROM (SELECT t.xmin::text::bigint AS x FROM %s t) t) w
        WHERE w.writer >= $3 AND NOT pg_visible_in_snapshot(w.writer::text::xid8, $1)
          AND pg_xact_status(w.writer::text::xid8) = ''committed''', _table)
    INTO _written USING _said::pg_snapshot, _now, pg_snapshot_xmin(_said::pg_snapshot)::text::bigint;
    PERFORM dbgen.leave(_table, _state);
    IF _written > 0 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'DG004',
            MESSAGE = format('%s row(s) of %s were written after the backup was made', _written, _table),
            HINT = 'Nothing was discarded. Run it again: the backup is made anew.';
    END IF;
    RETURN true;
END
$dbgen$;
