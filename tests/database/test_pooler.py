"""Direct connections and poolers: the whole round through PgBouncer, TLS, IPv6 and odd passwords."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier, Literal

from dbgen.commands import apply, generate, history, preview, rollback, status
from dbgen.database.connection import connect
from dbgen.errors import WorkError
from tests.bouncer import PASSWORD, Certificate, bouncer, certificate
from tests.supabase_cli.projects import Project, rows

pytestmark = pytest.mark.slow

ODD = ["p@ss/w:rd?#%+&= é", "'\"\\ $(id) ;--", "%41%zz", "пароль🔑"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for localhost."""
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def pooled_url(database_url: str) -> Iterator[str]:
    """The test's database through a transaction pooler."""
    with bouncer(database_url) as url, psycopg.connect(url, autocommit=True, prepare_threshold=None) as idle:
        until, sessions = time.monotonic() + 20, set[int]()
        while len(sessions) < 3:
            assert time.monotonic() < until, "the pool stays small"
            sessions |= {row[0] for row in idle.execute("select pg_backend_pid()")}
        yield url


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A workspace whose module names one table."""
    made = Project(tmp_path, supabase=False)
    made.names("Account")
    return made


def test_the_pooler_gives_every_transaction_another_session(pooled_url: str) -> None:
    with connect(pooled_url) as connection:
        sessions = {connection.rows("select pg_backend_pid()")[0][0] for _ in range(6)}
    assert len(sessions) > 1


def test_the_whole_round_through_a_transaction_pooler(
    project: Project, pooled_url: str, database_url: str
) -> None:
    assert generate(project.world(pooled_url), yes=True).applied
    project.names("Account", "Order")
    assert preview(project.world(pooled_url), with_database=True).changed
    assert generate(project.world(pooled_url), yes=True).iteration == 2
    assert (status(project.world(pooled_url)).database_iteration, rows(database_url, "table orders")) == (
        2,
        [],
    )
    assert [entry.applied_by for entry in history(project.world(pooled_url)).entries] == ["ann@host"] * 2
    rows(database_url, "insert into accounts (name) values ('ann')")
    rollback(project.world(pooled_url), to=0, yes=True)
    assert rows(database_url, "select to_regclass('accounts')") == [(None,)]
    generate(project.world(pooled_url), yes=True)
    assert rows(database_url, "select name from accounts") == [("ann",)]
    assert not generate(project.world(pooled_url), yes=True).changed


def test_apply_through_a_transaction_pooler(project: Project, pooled_url: str) -> None:
    generate(project.world(None), yes=True, apply=False)
    assert [step.iteration for step in apply(project.world(pooled_url), yes=True).steps] == [1]


def test_nothing_is_left_in_the_poolers_sessions(project: Project, pooled_url: str) -> None:
    asked = "select current_setting('lock_timeout'), current_setting('statement_timeout'), current_user"
    with connect(pooled_url) as connection:
        before = {connection.rows(asked)[0] for _ in range(6)}
        generate(project.world(pooled_url), yes=True, verify=False)
        rollback(project.world(pooled_url), yes=True)
        assert {connection.rows(asked)[0] for _ in range(6)} == before
        held = "select count(*) from pg_prepared_statements"
        assert {connection.rows(held)[0][0] for _ in range(6)} == {0}
        locks = "select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from "
        assert connection.rows(f"{locks} pg_database where datname = current_database())") == [(0,)]


def test_an_ipv6_host(database_url: str, project: Project) -> None:
    with bouncer(database_url, host="::1") as url:
        assert "[::1]" in url
        world = project.world(url)
        assert generate(world, yes=True, verify=False).applied
        assert status(project.world(url)).database == "reachable"


def test_the_url_comes_from_the_dotenv_file(project: Project, pooled_url: str) -> None:
    project.put(".env", f"SUPABASE_DB_URL='{pooled_url}'\n")
    seen = status(project.world(None))
    assert seen.database == "reachable"
    assert PASSWORD not in repr(seen)
    assert quote(PASSWORD, safe="") not in repr(seen)


@pytest.mark.parametrize("password", ODD)
def test_passwords_of_odd_characters(database_url: str, password: str, project: Project) -> None:
    name = "odd_" + str(abs(hash(password)))
    role, secret = Identifier(name), Literal(password)
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute(SQL("create role {} login password {}").format(role, secret))
        try:
            parts = urlsplit(database_url)
            at = f"{name}:{quote(password, safe='')}@{parts.hostname}:{parts.port}"
            url = urlunsplit(parts._replace(netloc=at))
            project.put("config/dbgen.yaml", "prototype: {databaseUrl: '${SUPABASE_DB_URL}'}\n")
            seen = status(project.world(None, {"SUPABASE_DB_URL": url}))
            assert (seen.database, seen.findings) == ("reachable", ())
            assert password not in repr(seen)
            pairs = f"host=127.0.0.1 port={parts.port} dbname={parts.path[1:]} user={name} "
            escaped = password.replace("\\", "\\\\").replace("'", "\\'")
            with connect(f"{pairs} password='{escaped}'") as connection:
                assert connection.rows("select current_user::text") == [(name,)]
        finally:
            admin.execute(SQL("drop role {}").format(role))


def _at(url: str, host: str, options: str) -> str:
    parts = urlsplit(url)
    netloc = parts.netloc.replace("127.0.0.1", host)
    return urlunsplit(parts._replace(netloc=netloc, query=options))


@pytest.mark.parametrize(
    ("host", "options"),
    [
        ("localhost", "sslmode=require"),
        ("127.0.0.1", "sslmode=verify-ca&sslrootcert={authority}"),
        ("localhost", "sslmode=verify-full&sslrootcert={authority}"),
    ],
)
def test_tls_is_taken(
    database_url: str, made: Certificate, project: Project, host: str, options: str
) -> None:
    with bouncer(database_url, tls=made) as url:
        secure = _at(url, host, options.format(authority=quote(str(made.authority), safe="")))
        with connect(secure) as connection:
            assert connection.raw.pgconn.ssl_in_use
        assert generate(project.world(secure), yes=True, verify=False).applied


@pytest.mark.parametrize(
    ("host", "options", "said"),
    [
        ("localhost", "sslmode=verify-full&sslrootcert={stranger}", "sslrootcert"),
        ("localhost", "sslmode=verify-full&sslrootcert=/nowhere.crt", "sslrootcert"),
        ("127.0.0.1", "sslmode=verify-full&sslrootcert={authority}", "verify-full the URL's host"),
        ("localhost", "sslmode=disable", "sslmode=require"),
    ],
)
def test_tls_that_does_not_hold_is_refused(
    database_url: str, made: Certificate, host: str, options: str, said: str
) -> None:
    places = {name: quote(str(getattr(made, name)), safe="") for name in ("authority", "stranger")}
    with bouncer(database_url, tls=made) as url, pytest.raises(WorkError) as caught:
        connect(_at(url, host, options.format(**places)))
    error = caught.value
    assert error.code == "CONNECTION_ERROR"
    assert said in (error.hint or "")
    assert PASSWORD not in f"{error.message} {error.hint} {error.details}"


def test_a_server_without_tls_is_named(database_url: str) -> None:
    with pytest.raises(WorkError) as caught:
        connect(f"{database_url}?sslmode=require")
    assert caught.value.code == "CONNECTION_ERROR"
    assert "refuses TLS" in (caught.value.hint or "")
    assert "sslmode=disable" in (caught.value.hint or "")
