"""What a bootstrapped database looks like, the main one and throwaway ones: a Supabase project's."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dbgen.database.embedded import Embedded, create_throwaway, drop_throwaway, embedded, tool


@pytest.fixture(scope="module")
def project() -> Iterator[Embedded]:
    """One running server for the tests that only look."""
    directory = Path(tempfile.mkdtemp(prefix="dbgen-bootstrap-"))
    directory.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBGEN_DATA_DIR", str(directory))
        server = embedded(directory / "workspace")
        with server.in_use():
            yield server
        server.stop()
    shutil.rmtree(directory)


def ask(url: str, query: str) -> Any:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def test_it_has_the_version_of_its_programs(project: Embedded) -> None:
    assert str(ask(project.url(), "SHOW server_version")).startswith(project.version())


def test_tools_are_there() -> None:
    for name in ("psql", "pg_dump"):
        done = subprocess.run([tool(name), "--version"], capture_output=True, text=True, check=True)
        assert "PostgreSQL" in done.stdout


def test_roles_are_those_of_supabase(project: Embedded) -> None:
    query = """
        SELECT rolname, rolsuper, rolcanlogin, rolinherit, rolcreatedb, rolcreaterole, rolreplication,
            rolbypassrls
        FROM pg_roles WHERE rolname !~ '^pg_'
    """
    with psycopg.connect(project.url()) as connection:
        found = {row[0]: row[1:] for row in connection.execute(query)}
    assert found == {
        "supabase_admin": (True, True, True, True, True, True, True),
        "postgres": (False, True, True, True, True, True, True),
        "anon": (False, False, True, False, False, False, False),
        "authenticated": (False, False, True, False, False, False, False),
        "service_role": (False, False, True, False, False, False, True),
        "authenticator": (False, True, False, False, False, False, False),
        "supabase_auth_admin": (False, True, False, False, True, False, False),
    }
    assert ask(project.admin_url(), "SELECT current_setting('is_superuser')") == "on"


@pytest.fixture(params=["main", "throwaway"])
def database(request: pytest.FixtureRequest, project: Embedded) -> Iterator[str]:
    """The main database and a throwaway one: both have to look the same."""
    if request.param == "main":
        yield project.url()
        return
    with project.throwaway() as url:
        yield url


@pytest.fixture
def session(database: str) -> Iterator[psycopg.Connection[Any]]:
    """A session whose work is undone."""
    with psycopg.connect(database) as connection:
        yield connection
        connection.rollback()


def one(session: psycopg.Connection[Any], query: str) -> Any:
    row = session.execute(query.encode()).fetchone()
    return row[0] if row else None


def test_postgres_may_build(session: psycopg.Connection[Any]) -> None:
    assert one(session, "SELECT current_user") == "postgres"
    assert one(session, "SHOW search_path") == '"$user", public, extensions'
    assert one(session, "SHOW timezone") == "UTC"
    session.execute("CREATE SCHEMA mine")
    session.execute("CREATE TABLE public.notes (id uuid REFERENCES auth.users ON DELETE CASCADE)")
    session.execute("INSERT INTO auth.users (id, email) VALUES (gen_random_uuid(), 'a@example.org')")
    session.execute("INSERT INTO notes SELECT id FROM auth.users")
    session.execute("UPDATE auth.users SET email_confirmed_at = now()")
    session.execute("DELETE FROM auth.users WHERE confirmed_at IS NOT NULL")
    assert one(session, "SELECT count(*) FROM notes") == 0
    session.execute("ALTER PUBLICATION supabase_realtime ADD TABLE notes")
    session.execute("CREATE ROLE further")
    session.execute("GRANT authenticated TO further")


def test_postgres_may_not_touch_what_is_supabase_s(session: psycopg.Connection[Any]) -> None:
    for forbidden in (
        "CREATE TABLE auth.mine (id integer)",
        "ALTER TABLE auth.users ADD COLUMN mine integer",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), session.transaction():
            session.execute(forbidden.encode())


def test_a_table_has_no_grants_by_itself(session: psycopg.Connection[Any]) -> None:
    session.execute("CREATE TABLE secrets (id integer)")
    for role in ("anon", "authenticated", "service_role"):
        assert one(session, f"SELECT has_table_privilege('{role}', 'secrets', 'SELECT')") is False
        assert one(session, f"SELECT has_schema_privilege('{role}', 'public', 'USAGE')") is True
        assert one(session, f"SELECT has_schema_privilege('{role}', 'public', 'CREATE')") is False
        assert one(session, f"SELECT has_schema_privilege('{role}', 'auth', 'USAGE')") is True
        assert one(session, f"SELECT has_table_privilege('{role}', 'auth.users', 'SELECT')") is False


def test_claims_are_read(session: psycopg.Connection[Any]) -> None:
    functions = "SELECT row(auth.uid(), auth.role(), auth.email(), auth.jwt())::text"
    assert one(session, functions) == "(,,,)"
    user = "0b4c1a52-0000-4000-8000-000000000001"
    claims = f'{{"sub": "{user}", "role": "authenticated", "email": "a@example.org"}}'
    session.execute("SELECT set_config('request.jwt.claims', %s, true)", (claims,))
    session.execute("SET LOCAL ROLE authenticated")
    assert str(one(session, "SELECT auth.uid()")) == user
    assert one(session, "SELECT auth.role()") == "authenticated"
    assert one(session, "SELECT auth.email()") == "a@example.org"
    assert one(session, "SELECT auth.jwt() ->> 'sub'") == user


def test_row_level_security_holds_for_the_api_roles(session: psycopg.Connection[Any]) -> None:
    session.execute("CREATE TABLE notes AS SELECT gen_random_uuid() AS owner FROM generate_series(1, 3)")
    session.execute("ALTER TABLE notes ENABLE ROW LEVEL SECURITY")
    session.execute("CREATE POLICY own ON notes TO authenticated USING (owner = (SELECT auth.uid()))")
    session.execute("GRANT SELECT ON notes TO authenticated, service_role")
    session.execute("SET LOCAL ROLE authenticated")
    assert one(session, "SELECT count(*) FROM notes") == 0
    session.execute("SET LOCAL ROLE service_role")
    assert one(session, "SELECT count(*) FROM notes") == 3


def test_it_is_set_up_for_ten_thousand_tables_in_one_transaction(project: Embedded) -> None:
    query = (
        "SELECT current_setting('max_locks_per_transaction')::int * current_setting('max_connections')::int"
    )
    assert ask(project.url(), query) >= 120_000
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        assert ask(project.url(), f"SHOW {setting}") == "on"


def test_only_a_password_opens_it(project: Embedded) -> None:
    query = "SELECT array_agg(DISTINCT address || ' ' || auth_method) FROM pg_hba_file_rules"
    assert ask(project.admin_url(), query) == ["127.0.0.1 scram-sha-256"]


# --- throwaway databases


def test_a_throwaway_is_gone_afterwards(project: Embedded) -> None:
    with project.throwaway() as url, project.throwaway() as other:
        assert url != other
        ask(url, "CREATE TABLE mine (id integer)")
        assert ask(other, "SELECT to_regclass('mine')") is None
        held = psycopg.connect(url)
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        assert ask(url, owner) == "postgres"
    assert ask(project.url(), "SELECT count(*) FROM pg_database WHERE datname LIKE 'dbgen_tmp%'") == 0
    held.close()


def test_throwaways_of_dead_processes_are_dropped(project: Embedded) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    ask(project.url(), f"CREATE DATABASE dbgen_tmp_{ended.pid}_0123abcd TEMPLATE dbgen_template")
    ask(project.url(), f"CREATE DATABASE dbgen_tmp_{os.getppid()}_0123abcd TEMPLATE dbgen_template")
    ask(project.url(), "CREATE DATABASE dbgen_tmp_other TEMPLATE dbgen_template")
    drop_throwaway(create_throwaway(project.url()))
    with psycopg.connect(project.url(), autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'dbgen\\_tmp\\_%'")
        left = {row[0] for row in rows}
        assert left == {f"dbgen_tmp_{os.getppid()}_0123abcd", "dbgen_tmp_other"}
        for name in left:
            connection.execute(f'DROP DATABASE "{name}"'.encode())


def test_only_throwaways_are_dropped(project: Embedded) -> None:
    with pytest.raises(ValueError, match="no throwaway"):
        drop_throwaway(project.url())
