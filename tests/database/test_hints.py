"""What people do wrong with addresses and rights: each is named, and no secret with it."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from dbgen.commands import generate, status
from dbgen.database.connection import connect
from dbgen.database.hints import meaning, missing_privilege
from dbgen.errors import DbgenError, WorkError
from tests.supabase_cli.projects import Project

SECRET = "s3cr3t-Pa55"
REF = "abcdefghijklmnopqrst"
POOLER = "aws-0-eu-central-1.pooler.supabase.com"


def _said(error: DbgenError) -> str:
    return f"{error.message} {error.hint} {error.details}"


@contextmanager
def answering(message: str, sqlstate: str = "XX000") -> Iterator[int]:
    """A server that refuses every login with these words, as PostgreSQL's protocol has it."""
    fields = b"".join(
        b"%c%s\0" % (kind, text.encode())
        for kind, text in ((b"S", "FATAL"), (b"C", sqlstate), (b"M", message))
    )
    answer = b"E" + struct.pack("!I", len(fields) + 5) + fields + b"\0"

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                if client.recv(4096)[4:8] == struct.pack("!I", 80877103):
                    client.sendall(b"N")
                    client.recv(4096)
                client.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (f"https://{REF}.supabase.co", "browser or the Data API"),
        (f"https://user:{SECRET}@{REF}.supabase.co/rest/v1", "browser or the Data API"),
        (f"postgresql://postgres:{SECRET}@{POOLER}:6543/postgres", "postgres.PROJECT-REF"),
        (f"host={POOLER} user=postgres password={SECRET} dbname=postgres", "postgres.PROJECT-REF"),
        (f"sb_secret_{SECRET}", "API key"),
        (f"sb_publishable_{SECRET}", "API key"),
        (f"eyJhbGciOiJIUzI1NiJ9.{SECRET}.x", "API key"),
        (f"sbp_{SECRET}", "access token"),
    ],
)
def test_an_address_of_the_wrong_kind(tmp_path: Path, url: str, named: str) -> None:
    project = Project(tmp_path, supabase=False)
    project.names("Account")
    with pytest.raises(WorkError) as caught:
        generate(project.world(url), yes=True)
    assert caught.value.code == "CONNECTION_ERROR"
    assert named in (caught.value.hint or "")
    assert SECRET not in _said(caught.value)
    project.put(".env", f"SUPABASE_DB_URL='{url}'\n")
    seen = status(project.world(None))
    assert seen.database == "unreachable"
    assert named in " ".join(seen.findings)
    assert SECRET not in repr(seen)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://postgres.{REF}:x@{POOLER}:6543/postgres",
        f"postgresql://postgres:x@{POOLER}:6543/postgres?options=reference%3D{REF}",
        f"postgresql://postgres:x@db.{REF}.supabase.co:5432/postgres",
    ],
)
def test_addresses_of_the_right_kind(url: str) -> None:
    from dbgen.database.urls import refusal

    assert refusal(url) is None


def test_the_pooler_does_not_know_the_user() -> None:
    with answering("Tenant or user not found") as port, pytest.raises(WorkError) as caught:
        connect(f"postgresql://postgres:{SECRET}@127.0.0.1:{port}/postgres")
    assert caught.value.code == "CONNECTION_ERROR"
    assert "postgres.PROJECT-REF" in (caught.value.hint or "")
    assert "Tenant or user not found" in (caught.value.hint or "")
    assert SECRET not in _said(caught.value)


def test_a_server_may_say_the_password_and_it_is_cut_out() -> None:
    with answering(f"no such thing: {SECRET}") as port, pytest.raises(WorkError) as caught:
        connect(f"postgresql://postgres:{SECRET}@127.0.0.1:{port}/postgres")
    assert SECRET not in _said(caught.value)
    assert "no such thing: ***" in (caught.value.hint or "")


def test_the_poolers_user_on_the_direct_host() -> None:
    url = f"postgresql://postgres.{REF}:{SECRET}@db.{REF}.supabase.co/postgres"
    said = meaning(url, 'password authentication failed for user "postgres"') or ""
    assert "on the direct host it is postgres" in said
    assert meaning(url.replace(f".{REF}:", ":"), "password authentication failed") is None


@contextmanager
def _limited(url: str, *grants: str) -> Iterator[str]:
    """The URL for a role that may do what is granted, and nothing more."""
    name = "limited_" + urlsplit(url).path.rpartition("_")[2]
    role = Identifier(name)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(SQL("create role {} login password 'limited'").format(role))
        owner.execute(SQL("grant {} to current_user").format(role))
        for grant in grants:
            owner.execute(SQL(grant).format(role=role))
        parts = urlsplit(url)
        try:
            yield urlunsplit(parts._replace(netloc=f"{name}:limited@{parts.hostname}:{parts.port}"))
        finally:
            owner.execute(SQL("drop owned by {}").format(role))
            owner.execute(SQL("drop role {}").format(role))


@pytest.mark.parametrize(
    ("grants", "needs", "statement"),
    [
        ((), "CREATE on database", "CREATE SCHEMA"),
        (("grant create on database {database} to {{role}}",), "CREATE on schema public", "CREATE TABLE"),
        (
            ("grant create on database {database} to {{role}}", "grant create on schema public to {{role}}"),
            "USAGE on schema auth",
            "REFERENCES auth.users",
        ),
        (
            (
                "grant create on database {database} to {{role}}",
                "grant create on schema public to {{role}}",
                "grant authenticated to {{role}}",
            ),
            "REFERENCES on table users",
            "REFERENCES auth.users",
        ),
    ],
)
def test_a_missing_privilege_is_named_with_its_statement(
    tmp_path: Path, database_url: str, grants: tuple[str, ...], needs: str, statement: str
) -> None:
    project = Project(tmp_path, supabase=False)
    project.names("Account")
    database = urlsplit(database_url).path[1:]
    allowed = [grant.format(database=database) for grant in grants]
    with _limited(database_url, *allowed) as url, pytest.raises(WorkError) as caught:
        generate(project.world(url), yes=True, verify=False)
    assert caught.value.code == "MIGRATION_FAILED"
    assert caught.value.details["sqlstate"] == "42501"
    assert needs in (caught.value.hint or "")
    assert statement in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("message", "statement", "said"),
    [
        (
            "permission denied for table users",
            "ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES auth.users (id)",
            "REFERENCES on table users",
        ),
        ("permission denied for table a", "-- why\nUPDATE a SET x = 1", "UPDATE on table a"),
        ("permission denied for schema s", "CREATE TABLE s.a ()", "CREATE on schema s"),
        ("permission denied for schema s", "SELECT * FROM s.a", "USAGE on schema s"),
        ("permission denied for function f", "SELECT f()", "EXECUTE on function f"),
        ("must be owner of table a", "ALTER TABLE a ADD x int", "own table a"),
        ("permission denied to create role", "CREATE ROLE a", "permission denied to create role"),
    ],
)
def test_what_a_role_lacks(message: str, statement: str, said: str) -> None:
    hint = missing_privilege(message, statement) or ""
    assert said in hint
    assert statement.rpartition("\n")[2] in hint


def test_other_words_say_nothing_more() -> None:
    assert missing_privilege("something else", None) is None
