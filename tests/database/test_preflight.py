"""Questions before anything is changed."""

from __future__ import annotations

import pytest

from dbgen.database.connection import Connection
from dbgen.database.preflight import check_size, existing_tables, lock_budget, try_statements
from dbgen.errors import WorkError


def test_the_budget_is_that_of_the_settings(connection: Connection) -> None:
    (locks, sessions, prepared) = (
        int(connection.rows(f"show {name}")[0][0])
        for name in ("max_locks_per_transaction", "max_connections", "max_prepared_transactions")
    )
    assert lock_budget(connection) == locks * (sessions + prepared)


def test_what_fits_passes_and_what_does_not_names_the_ways_out(connection: Connection) -> None:
    budget = lock_budget(connection)
    check_size(connection, budget)
    with pytest.raises(WorkError) as caught:
        check_size(connection, budget + 1)
    assert caught.value.code == "TOO_LARGE"
    assert "max_locks_per_transaction" in caught.value.message
    assert "--module" in (caught.value.hint or "")


def test_relations_of_any_kind_are_found(connection: Connection) -> None:
    connection.batch("""
        create table "Tä""b" (id integer); create view v as select 1; create sequence s;
        create index i on "Tä""b" (id); create schema other; create table other.elsewhere (id integer)""")
    names = ["v", 'Tä"b', "s", "i", "elsewhere", "nowhere", "users"]
    assert existing_tables(connection, names) == tuple(sorted(['Tä"b', "i", "s", "v"]))
    assert existing_tables(connection, []) == ()


def test_statements_that_run_leave_nothing(connection: Connection) -> None:
    assert try_statements(connection, ("create table a (id integer)", "insert into a values (1)")) is None
    assert try_statements(connection, ()) is None
    assert connection.rows("select to_regclass('a')") == [(None,)]
    assert not connection.in_transaction


@pytest.mark.parametrize(
    ("wrong", "sqlstate"),
    [
        ("create table b (id nosuchtype)", "42704"),
        ("selekt 1", "42601"),
        ("create table b (id integer default (select 1))", "0A000"),
        ("insert into a values ('x')", "22P02"),
    ],
)
def test_the_first_that_fails_is_named(connection: Connection, wrong: str, sqlstate: str) -> None:
    failure = try_statements(
        connection, ("create table a (id integer)", "-- b;\nselect 'ä;'", wrong, "select 2")
    )
    assert failure is not None
    assert (failure.index, failure.statement, failure.sqlstate) == (2, wrong, sqlstate)
    assert failure.message
    assert connection.rows("select to_regclass('a')") == [(None,)]
