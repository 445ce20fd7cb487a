"""Iterations applied and rolled back: all or nothing, one at a time, whatever breaks."""

from __future__ import annotations

import _thread
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from dbgen.database import exclusive
from dbgen.database.apply import apply_step
from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection, connect
from dbgen.database.ledger import Ledger, read_ledger
from dbgen.errors import DbgenError, WorkError
from dbgen.model.schema import Column, Schema, Table

from .steps import PATH, apply, step, undo

A = Table("a", (Column("id", "integer"),))
ONE = step(1, "CREATE TABLE public.a (id integer)", undo=("DROP TABLE public.a",))
TWO = step(2, "CREATE TABLE public.b (id integer)", undo=("DROP TABLE public.b",))


def nothing_changed(connection: Connection) -> bool:
    return (
        not connection.in_transaction
        and read_schema(connection) == Schema()
        and read_ledger(connection) == Ledger()
    )


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(DbgenError) as caught:
        work()
    return caught.value.code


def terminate(url: str, pid: int) -> None:
    with connect(url) as other:
        other.rows("select pg_terminate_backend(%s)", (pid,))


def lose_the_answer(monkeypatch: pytest.MonkeyPatch, committed: bool) -> None:
    """End the session just after, or just before, the next COMMIT: the client hears the same."""
    commit = Connection.commit

    def lost(self: Connection) -> None:
        monkeypatch.undo()
        if committed:
            commit(self)
        terminate(self.url, self.raw.info.backend_pid)
        self.rows("COMMIT")

    monkeypatch.setattr(Connection, "commit", lost)


def test_apply(connection: Connection) -> None:
    applied = apply(connection, ONE)
    assert (applied.iteration, applied.version, applied.schema) == (1, ONE.version, Schema((A,)))
    assert read_schema(connection) == Schema((A,))
    assert connection.rows("select version, name, statements from supabase_migrations.schema_migrations") == [
        (ONE.version, ONE.name, list(ONE.statements))
    ]
    assert not connection.in_transaction


def test_the_history_is_made_as_the_supabase_cli_makes_it(connection: Connection) -> None:
    apply(connection, ONE)
    columns = """
        select attname::text, format_type(atttypid, atttypmod), attnotnull from pg_attribute
         where attrelid = 'supabase_migrations.schema_migrations'::regclass and attnum > 0 order by attnum"""
    assert connection.rows(columns) == [
        ("version", "text", True),
        ("statements", "text[]", False),
        ("name", "text", False),
    ]


def test_the_platforms_further_columns_get_the_way_back(connection: Connection) -> None:
    connection.batch("""
        create schema supabase_migrations;
        create table supabase_migrations.schema_migrations (version text primary key, statements text[],
            name text, created_by text, idempotency_key text unique, rollback text[])""")
    apply(connection, ONE)
    ((way_back, by),) = connection.rows(
        "select rollback, created_by from supabase_migrations.schema_migrations"
    )
    assert way_back[0] == "DROP TABLE public.a"
    assert len(way_back) == 3
    assert by is None


def test_an_old_history_gets_its_missing_columns(connection: Connection) -> None:
    connection.batch("""
        create schema supabase_migrations;
        create table supabase_migrations.schema_migrations (version text primary key)""")
    apply(connection, ONE)
    assert read_ledger(connection).versions == (ONE.version,)


def test_api_servers_are_told(connection: Connection) -> None:
    with connect(connection.url) as listener:
        listener.rows("listen pgrst")
        apply(connection, ONE)
        undo(connection, ONE)
        told = [notice.payload for notice in listener.raw.notifies(timeout=5, stop_after=2)]
    assert told == ["reload schema", "reload schema"]


def test_progress_is_told(connection: Connection) -> None:
    told: list[tuple[int, int]] = []
    made = step(1, *(f"create table t{i} (id integer)" for i in range(3)))
    apply_step(
        connection,
        made,
        workspace_id="w",
        applied_by="a",
        rollback_path=PATH,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_comments_and_hostile_texts_stay_whole(connection: Connection) -> None:
    made = step(
        1, "-- why; %s\ncreate table a (id integer) -- end", "comment on table a is 'it''s 100% \\ ;'"
    )
    apply(connection, made)
    (row,) = read_ledger(connection).rows
    assert row.texts is not None
    assert row.texts.migration == made.migration
    assert read_schema(connection).table("a").comment == "it's 100% \\ ;"


def test_the_history_holds_the_files_statements_with_their_comments(connection: Connection) -> None:
    """The expected ones are what `supabase db push` 3.1.0 wrote for this text."""
    text = """\
-- Module: things; iteration 1

-- Tables
CREATE TABLE public.a (
    id integer, -- the; key
    n text DEFAULT 'x;''y' /* c; */
);

COMMENT ON TABLE public.a IS E'it''s \\\\ ; x';
DO $$ BEGIN PERFORM 1; END $$;

-- the end
NOTIFY pgrst, 'reload schema';
"""
    expected = [
        "-- Module: things; iteration 1\n\n-- Tables\nCREATE TABLE public.a (\n    id integer, -- the; key\n"
        "    n text DEFAULT 'x;''y' /* c; */\n)",
        "COMMENT ON TABLE public.a IS E'it''s \\\\ ; x'",
        "DO $$ BEGIN PERFORM 1; END $$",
        "-- the end\nNOTIFY pgrst, 'reload schema'",
    ]
    apply(connection, replace(ONE, migration=text))
    assert connection.rows("select statements from supabase_migrations.schema_migrations") == [(expected,)]


@pytest.mark.parametrize(
    ("wrong", "sqlstate"),
    [
        ("create table a (id integer)", "42P07"),
        ("create tabel c (id integer)", "42601"),
        ("create index concurrently i on a (id)", "25001"),
        ("do $$ begin raise exception 'no; never.'; end $$", "P0001"),
    ],
)
def test_a_statement_that_fails_is_named_and_nothing_stays(
    connection: Connection, wrong: str, sqlstate: str
) -> None:
    made = step(1, "create table a (id integer)", "insert into a values (1)", wrong, "create table d ()")
    with pytest.raises(WorkError) as caught:
        apply(connection, made)
    error = caught.value
    assert error.code == "MIGRATION_FAILED"
    assert error.message.startswith("Migration failed: ")
    assert error.message.endswith(f". Rollback script available at {PATH}")
    assert ".." not in error.message
    found = (error.details["index"], error.details["statement"], error.details["sqlstate"])
    assert found == (2, wrong, sqlstate)
    assert nothing_changed(connection)


def test_a_constraint_that_fails_at_commit(connection: Connection) -> None:
    made = step(
        1,
        "create table a (id integer primary key deferrable initially deferred)",
        "insert into a values (1), (2)",
        "update a set id = 1",
    )
    assert code_of(lambda: apply(connection, made)) == "DATA_CONFLICT"
    assert nothing_changed(connection)


def test_only_the_next_iteration(connection: Connection) -> None:
    with pytest.raises(DbgenError) as caught:
        apply(connection, TWO)
    assert caught.value.message == "Iteration 2 cannot be applied. Current state is iteration 0"
    assert (caught.value.code, caught.value.exit_status) == ("INVALID_ITERATION", 2)
    assert nothing_changed(connection)
    apply(connection, ONE)
    assert code_of(lambda: apply(connection, ONE)) == "INVALID_ITERATION"


def test_another_workspaces_database(connection: Connection) -> None:
    apply(connection, ONE, workspace_id="theirs")
    assert code_of(lambda: apply(connection, TWO)) == "STATE_MISMATCH"
    assert read_ledger(connection).current == 1


def test_a_database_rolled_back_to_nothing_is_free(connection: Connection) -> None:
    apply(connection, ONE, workspace_id="theirs")
    undo(connection, ONE)
    apply(connection, ONE)
    assert read_ledger(connection).workspace_id == "w1"


def test_rollback(connection: Connection) -> None:
    apply(connection, ONE)
    apply(connection, TWO)
    undone = undo(connection, TWO)
    assert (undone.iteration, undone.version, undone.schema) == (2, TWO.version, Schema((A,)))
    assert (read_ledger(connection).current, read_ledger(connection).versions) == (1, (ONE.version,))


def test_rollback_of_another_than_the_last(connection: Connection) -> None:
    assert code_of(lambda: undo(connection, ONE)) == "INVALID_ITERATION"
    apply(connection, ONE)
    apply(connection, TWO)
    assert code_of(lambda: undo(connection, ONE)) == "INVALID_ITERATION"
    assert read_ledger(connection).current == 2


def test_a_rollback_that_fails_names_its_statement(connection: Connection) -> None:
    made = replace(ONE, rollback="-- why\nSELECT ';';\nDROP TABLE public.nothing;\n" + ONE.rollback)
    apply(connection, made)
    with pytest.raises(WorkError) as caught:
        undo(connection, made)
    assert (caught.value.code, caught.value.details["index"]) == ("MIGRATION_FAILED", 1)
    assert caught.value.details["statement"] == "DROP TABLE public.nothing"
    assert read_schema(connection) == Schema((A,))


def test_a_rollback_script_that_forgets_the_ledger(connection: Connection) -> None:
    made = replace(ONE, rollback="DROP TABLE public.a;\n")
    apply(connection, made)
    assert code_of(lambda: undo(connection, made)) == "STATE_CORRUPT"
    assert read_schema(connection) == Schema((A,))


def test_the_second_run_is_told_who_is_first(connection: Connection, database_url: str) -> None:
    with connect(database_url) as first, first.transaction():
        exclusive.take_lock(first)
        with pytest.raises(WorkError) as caught:
            apply(connection, ONE, tries=3)
        assert caught.value.code == "LOCKED"
        assert first.label in caught.value.message
        assert "role postgres" in caught.value.message
    assert nothing_changed(connection)
    apply(connection, ONE)


def test_a_lock_that_stays_is_tried_thrice(database_url: str) -> None:
    with connect(database_url, lock_timeout="50ms") as connection, connect(database_url) as other:
        apply(connection, ONE)
        with other.transaction():
            other.rows("lock table a")
            with pytest.raises(WorkError) as caught:
                apply(connection, step(2, "select 1", "ALTER TABLE public.a ADD COLUMN b integer"), tries=2)
        assert (caught.value.code, caught.value.details["index"]) == ("LOCKED", 1)
        assert "after 2 tries at: ALTER TABLE public.a ADD COLUMN b" in caught.value.message
        assert (read_ledger(connection).current, connection.in_transaction) == (1, False)


def test_a_lock_that_goes_is_waited_for(database_url: str) -> None:
    with connect(database_url, lock_timeout="50ms") as connection, connect(database_url) as other:
        apply(connection, ONE)
        other.batch("begin; lock table a")
        timer = threading.Timer(0.3, other.roll_back)
        timer.start()
        apply(connection, step(2, "ALTER TABLE public.a ADD COLUMN b integer"), tries=3)
        timer.join()
        assert read_ledger(connection).current == 2


def test_statement_timeout(database_url: str) -> None:
    with connect(database_url, statement_timeout="100ms") as connection:
        with pytest.raises(WorkError, match="statement timeout") as caught:
            apply(connection, step(1, "select pg_sleep(5)"))
        assert caught.value.code == "MIGRATION_FAILED"
        assert nothing_changed(connection)


def test_no_room_for_so_many_locks(connection: Connection) -> None:
    made = step(1, "do $$ begin raise exception 'out of shared memory' using errcode = '53200'; end $$")
    assert code_of(lambda: apply(connection, made)) == "TOO_LARGE"


def test_interrupted(connection: Connection) -> None:
    timer = threading.Timer(0.5, _thread.interrupt_main)
    timer.start()
    before = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        apply(connection, step(1, "create table a (id integer)", "select pg_sleep(20)"))
    assert time.monotonic() - before < 5
    assert nothing_changed(connection)


def test_the_connection_breaks_in_the_middle(connection: Connection, database_url: str) -> None:
    made = step(1, "create table a (id integer)", "select pg_terminate_backend(pg_backend_pid())")
    assert code_of(lambda: apply(connection, made)) == "CONNECTION_ERROR"
    with connect(database_url) as other:
        assert nothing_changed(other)


@pytest.mark.parametrize("committed", [True, False])
def test_the_answer_to_commit_is_lost(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    lose_the_answer(monkeypatch, committed)
    if committed:
        assert apply(connection, ONE).iteration == 1
    else:
        with pytest.raises(WorkError, match="was lost") as caught:
            apply(connection, ONE)
        assert caught.value.code == "CONNECTION_ERROR"
    with connect(connection.url) as other:
        assert read_ledger(other).current == (1 if committed else 0)


@pytest.mark.parametrize("committed", [True, False])
def test_the_answer_to_a_rollbacks_commit_is_lost(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    apply(connection, ONE)
    lose_the_answer(monkeypatch, committed)
    if committed:
        assert undo(connection, ONE).iteration == 1
    else:
        with pytest.raises(WorkError, match="was lost"):
            undo(connection, ONE)
    with connect(connection.url) as other:
        assert read_ledger(other).current == (0 if committed else 1)


def test_a_commit_that_may_have_happened_says_so(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(self: Connection) -> None:
        terminate(self.url, self.raw.info.backend_pid)
        monkeypatch.setattr(Connection, "again", unreachable)
        self.rows("COMMIT")

    def unreachable(self: Connection) -> Connection:
        return connect(self.url.replace("127.0.0.1", "127.0.0.9"))

    monkeypatch.setattr(Connection, "commit", lambda self: lost(self) if self is connection else None)
    with pytest.raises(WorkError, match="not known") as caught:
        apply(connection, ONE)
    assert caught.value.code == "CONNECTION_ERROR"
