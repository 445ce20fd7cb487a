"""Connecting, and what happens when it cannot be done."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from dbgen.database import connection as connections
from dbgen.database.connection import Connection, connect
from dbgen.database.failures import cleaned, unreachable
from dbgen.errors import WorkError

SECRET = "s3cr3t-Pa55"


def texts_of(error: WorkError) -> str:
    return f"{error.message} {error.hint} {error.details} {error!r} {error.__cause__!r}"


@contextmanager
def silent_server() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        yield listener.getsockname()[1]


def with_password(url: str, password: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{parts.username}:{password}@{parts.hostname}:{parts.port}"))


def test_a_wrong_password(database_url: str) -> None:
    with pytest.raises(WorkError) as caught:
        connect(with_password(database_url, SECRET))
    assert caught.value.code == "CONNECTION_ERROR"
    assert "password authentication failed" in (caught.value.hint or "")
    assert SECRET not in texts_of(caught.value)


def test_nobody_listens() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(WorkError) as caught:
            connect(f"postgresql://ann:{SECRET}@127.0.0.1:{port}/app")
    assert caught.value.code == "CONNECTION_ERROR"
    assert "refused" in (caught.value.hint or "")
    assert SECRET not in texts_of(caught.value)


def test_a_server_that_never_answers_is_given_up() -> None:
    with silent_server() as port:
        before = time.monotonic()
        with pytest.raises(WorkError) as caught:
            connect(f"postgresql://ann:{SECRET}@127.0.0.1:{port}/app", connect_timeout=1)
        assert time.monotonic() - before < 3
    assert caught.value.code == "CONNECTION_ERROR"
    assert SECRET not in texts_of(caught.value)


def test_several_silent_addresses_share_one_deadline() -> None:
    with silent_server() as port:
        hosts = ",".join([f"127.0.0.1:{port}"] * 5)
        before = time.monotonic()
        with pytest.raises(WorkError) as caught:
            connect(f"postgresql://ann@{hosts}/app", connect_timeout=1)
        assert time.monotonic() - before < 3
    assert caught.value.hint == "No answer within 1 s."


def test_a_second_address_is_tried(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_ONE_ADDRESS", 1)
    with silent_server() as port:
        parts = urlsplit(database_url)
        netloc = parts.netloc.replace("@", f"@127.0.0.1:{port},")
        with connect(urlunsplit(parts._replace(netloc=netloc)), connect_timeout=8) as connection:
            assert connection.rows("select 1") == [(1,)]


def test_remote_errors_have_the_contracts_text() -> None:
    with pytest.raises(WorkError) as caught:
        connect(f"postgresql://ann:{SECRET}@nowhere.invalid:5432/app")
    assert caught.value.message == "Cannot connect to Supabase. Check credentials."
    assert "nowhere.invalid" in (caught.value.hint or "")
    assert SECRET not in texts_of(caught.value)


@pytest.mark.parametrize(
    "url", [f"https://ann:{SECRET}@ref.supabase.co", f"postgresql://ann:{SECRET}@{SECRET}@h/app", ""]
)
def test_no_url_of_a_database(url: str) -> None:
    with pytest.raises(WorkError) as caught:
        connect(url)
    assert caught.value.code == "CONNECTION_ERROR"
    assert SECRET not in texts_of(caught.value)


def test_a_direct_host_without_ipv6_gets_the_way_round_it() -> None:
    url = "postgresql://postgres:s3cr3t@db.abcdefghij.supabase.co:5432/postgres"
    error = unreachable(url, 'connection to server at "2001:db8::1" failed: Network is unreachable')
    assert "pooler" in (error.hint or "")
    assert "pooler" not in (unreachable(url, "password authentication failed").hint or "")


def test_the_drivers_list_of_attempts_becomes_one_sentence() -> None:
    reason = """connection timeout expired
Multiple connection attempts failed. All failures were:
- host: 'h', port: '1', hostaddr: '127.0.0.1': connection failed: s3cr3t refused
- host: 'h', port: '1', hostaddr: '127.0.0.2': connection timeout expired"""
    assert cleaned(reason, "postgresql://ann:s3cr3t@h/app") == "connection timeout expired *** refused"


def test_the_server_refuses_tls(database_url: str) -> None:
    with pytest.raises(WorkError) as caught:
        connect(f"{database_url}?sslmode=require")
    assert caught.value.code == "CONNECTION_ERROR"
    assert "SSL" in (caught.value.hint or "")


def test_a_url_is_not_part_of_the_repr(connection: Connection) -> None:
    password = urlsplit(connection.url).password
    assert password
    assert password not in repr(connection)


def test_the_label_says_who(connection: Connection) -> None:
    (name,) = connection.rows("select current_setting('application_name')")[0]
    assert name == connection.label
    assert name.startswith("dbgen ")
    assert name.endswith(f":{os.getpid()}")


def test_a_long_label_is_cut_and_keeps_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "hôte" * 40)
    label = connections.label()
    assert len(label) == 63
    assert label.isascii()
    assert label.endswith(f":{os.getpid()}")


def test_timeouts_hold_inside_a_transaction_and_leave_nothing(database_url: str) -> None:
    setting = "select current_setting('lock_timeout'), current_setting('statement_timeout')"
    with connect(database_url, lock_timeout="1234ms", statement_timeout="5s") as connection:
        before = connection.rows(setting)
        with connection.transaction():
            assert connection.rows(setting) == [("1234ms", "5s")]
        assert connection.rows(setting) == before


def test_a_transaction_commits_or_is_undone(connection: Connection) -> None:
    with connection.transaction():
        connection.rows("create table kept (id integer)")
    with pytest.raises(WorkError), connection.transaction():
        connection.batch("create table undone (id integer); select 1 / 0")
    assert not connection.in_transaction
    assert connection.rows("select to_regclass('kept') is null, to_regclass('undone') is null") == [
        (False, True)
    ]


def test_a_failure_carries_what_postgresql_said(connection: Connection) -> None:
    with pytest.raises(WorkError) as caught:
        connection.rows("select * from nowhere")
    assert caught.value.code == "MIGRATION_FAILED"
    assert caught.value.details["sqlstate"] == "42P01"
    assert not isinstance(caught.value.__cause__, psycopg.Error)


def test_a_lost_connection(connection: Connection, server_url: str) -> None:
    (pid,) = connection.rows("select pg_backend_pid()")[0]
    with connect(server_url) as other:
        other.rows("select pg_terminate_backend(%s)", (pid,))
    with pytest.raises(WorkError) as caught:
        connection.rows("select 1")
    assert caught.value.code == "CONNECTION_ERROR"


def test_a_nul_never_cuts_the_sql(connection: Connection) -> None:
    with pytest.raises(WorkError, match="NUL"):
        connection.script("create table a (id integer)\0; drop table a")
    assert connection.rows("select to_regclass('a')") == [(None,)]


def test_copy_is_refused(connection: Connection) -> None:
    with pytest.raises(WorkError, match="COPY"):
        connection.script("create table a (id integer); copy a from stdin")
