"""What row level security lets whom do: every role, command, kind of table and row, on a real server."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Composed, Identifier, Placeholder

from dbgen.commands import generate
from tests.guarded import ANN, BOB, BUSM, DELETED, MODULE, ROWS, Row, Trial, expected, key_of, trials
from tests.runner import world_of

Connection = psycopg.Connection[tuple[Any, ...]]
#: By name: the role, who it says to be, and whether row level security concerns it.
VISITORS = {
    "anon": ("anon", None),
    "signed in as nobody": ("authenticated", None),
    "Ann": ("authenticated", ANN),
    "Bob": ("authenticated", BOB),
    "service role": ("service_role", None),
}
APPLICATION = {
    "nobody": ("shop_app", None),
    "Ann": ("shop_app", ANN),
    "Bob": ("shop_app", BOB),
    "Ann of the API": ("authenticated", ANN),
    "service role": ("service_role", None),
}


def _made(root: Path, url: str, busm: str = json.dumps(BUSM), module: str = MODULE, /, **rules: Any) -> None:
    files = {
        "config/dbgen.yaml": json.dumps({"prototype": {"rules": {"includeRLS": True, **rules}}}),
        ".pipeline/modules/all-phase1.yaml": module,
        ".pipeline/factory-tools/busm-reader/busm-model.json": busm,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    generate(world_of(root, url), yes=True, verify=False)


#: Tables between two are deleted from as ever.
SOFT = [
    table
    for table in ROWS
    if table not in ("note_countries", "country_languages", "note_secrets", "post_countries")
]


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """A connection whose work is undone: a role would outlive the database."""
    with psycopg.connect(database_url) as connection:
        yield connection
        connection.rollback()


def _filled(connection: Connection) -> None:
    for table, rows in ROWS.items():
        for row in rows:
            _run(connection, _insert(table, row), row)


def _insert(table: str, row: Row) -> Composed:
    names = SQL(", ").join(map(Identifier, row))
    values = SQL(", ").join(map(Placeholder, row))
    return SQL("INSERT INTO {} ({}) VALUES ({})").format(Identifier(table), names, values)


def _statement(trial: Trial) -> Composed:
    table, command, row, new = trial
    if command == "insert":
        return _insert(table, row)
    where = SQL(" AND ").join(
        SQL("{} = {}").format(Identifier(k), Placeholder(k)) for k in key_of(table, row)
    )
    verbs = {"select": "SELECT FROM {} WHERE ", "delete": "DELETE FROM {} WHERE "}
    if command in verbs:
        return SQL(verbs[command]).format(Identifier(table)) + where
    changes = SQL(", ").join(SQL("{} = {}").format(Identifier(k), Placeholder(f"new {k}")) for k in new)
    return SQL("UPDATE {} SET {} WHERE {}").format(Identifier(table), changes, where)


def _run(connection: Connection, statement: Composed, values: Row) -> int:
    return connection.execute(statement, values).rowcount


def _outcome(connection: Connection, trial: Trial, soft_delete: bool) -> str:
    """What becomes of a trial; what a key or foreign key refuses, the policies have let pass."""
    _, _, row, new = trial
    values = {**row, **{f"new {name}": value for name, value in new.items()}}
    try:
        with connection.transaction(force_rollback=True):
            met = _run(connection, _statement(trial), values)
            done = met or (soft_delete and _is_softly_deleted(connection, trial))
            return "done" if done else "nothing"
    except psycopg.errors.InsufficientPrivilege:
        return "refused"
    except (psycopg.errors.UniqueViolation, psycopg.errors.ForeignKeyViolation):
        return "done"


def _is_softly_deleted(connection: Connection, trial: Trial) -> bool:
    """Whether the row was deleted by this statement, which met none: the trigger turned it into an update."""
    table, command, row, _ = trial
    if command != "delete" or table not in SOFT or row in DELETED.get(table, ()):
        return False
    connection.execute("SET LOCAL ROLE NONE")
    where = SQL(" AND ").join(
        SQL("{} = {}").format(Identifier(k), Placeholder(k)) for k in key_of(table, row)
    )
    there = SQL("SELECT FROM {} WHERE deleted_at IS NOT NULL AND ").format(Identifier(table)) + where
    return bool(_run(connection, there, row))


def _told(trial: Trial) -> str:
    return json.dumps(trial)


def _judge(
    connection: Connection, role: str, me: str | None, said: dict[str, str], *, soft_delete: bool = False
) -> None:
    with connection.transaction(force_rollback=True):
        for name, value in said.items():
            connection.execute("SELECT set_config(%s, %s, true)", (name, value))
        connection.execute(SQL("SET LOCAL ROLE {}").format(Identifier(role)))
        found = {_told(trial): _outcome(connection, trial, soft_delete) for trial in trials()}
    signed_in, all_rights = role in ("authenticated", "shop_app"), role == "service_role"
    wanted = {
        _told(trial): expected(trial, me, signed_in=signed_in, all_rights=all_rights, soft_delete=soft_delete)
        for trial in trials()
    }
    different = {one: (found[one], wanted[one]) for one in wanted if found[one] != wanted[one]}
    assert not different
    if me is not None:
        assert min(Counter(found.values()).values()) > 30


def test_visitors_of_the_data_api(tmp_path: Path, database_url: str, connection: Connection) -> None:
    _made(tmp_path, database_url, apiAccess="anon")
    _filled(connection)
    for role, me in VISITORS.values():
        _judge(connection, role, me, {"request.jwt.claims": json.dumps({"sub": me})} if me else {})


def test_an_application_that_says_who_asks(tmp_path: Path, database_url: str, connection: Connection) -> None:
    _made(tmp_path, database_url, rlsIdentity="app.user_id")
    _filled(connection)
    connection.execute("CREATE ROLE shop_app NOLOGIN IN ROLE authenticated")
    connection.execute("GRANT shop_app TO postgres")
    for role, me in APPLICATION.values():
        _judge(connection, role, me, {"app.user_id": me} if me else {"app.user_id": ""})


def test_what_was_deleted_softly_is_nobodys(
    tmp_path: Path, database_url: str, connection: Connection
) -> None:
    _made(tmp_path, database_url, apiAccess="anon", includeSoftDelete=True, includeAudit=True)
    _filled(connection)
    for table, rows in DELETED.items():
        for row in rows:
            where = SQL(" AND ").join(
                SQL("{} = {}").format(Identifier(k), Placeholder(k)) for k in key_of(table, row)
            )
            update = SQL("UPDATE {} SET deleted_at = now() WHERE ").format(Identifier(table))
            assert _run(connection, update + where, row) == 1
    for role, me in VISITORS.values():
        said = {"request.jwt.claims": json.dumps({"sub": me})} if me else {}
        _judge(connection, role, me, said, soft_delete=True)


@pytest.mark.parametrize(
    ("kind", "identity", "setting", "me", "other"),
    [
        ("text", "auth.uid", "request.jwt.claims", ANN, BOB),
        ("VARCHAR(36)", "auth.uid", "request.jwt.claims", ANN, BOB),
        ("text", "app.user_id", "app.user_id", "ann", "bob"),
        ("bigint", "app.user_id", "app.user_id", "7", "8"),
        ("smallint", "app.user_id", "app.user_id", "7", "8"),
    ],
)
def test_an_owner_of_another_type(
    tmp_path: Path,
    database_url: str,
    connection: Connection,
    kind: str,
    identity: str,
    setting: str,
    me: str,
    other: str,
) -> None:
    note = {"id": {"type": "uuid", "primaryKey": True}, "writer": {"type": kind, "owner": True}}
    busm = json.dumps({"entities": {"Note": {"fields": note}}})
    _made(tmp_path, database_url, busm, "module: all\nentities: [Note]\n", rlsIdentity=identity)
    for writer in (me, other):
        _run(connection, _insert("notes", {"writer": writer}), {"writer": writer})
    said = json.dumps({"sub": me}) if identity == "auth.uid" else me
    connection.execute("SELECT set_config(%s, %s, true)", (setting, said))
    connection.execute("SET LOCAL ROLE authenticated")
    assert connection.execute("SELECT writer::text FROM notes").fetchall() == [(me,)]
    assert _run(connection, _insert("notes", {"writer": me}), {"writer": me}) == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        _run(connection, _insert("notes", {"writer": other}), {"writer": other})


@pytest.mark.parametrize("table", ["notes", "projects"])
def test_a_policy_finds_its_rows_by_index(
    tmp_path: Path, database_url: str, connection: Connection, table: str
) -> None:
    _made(tmp_path, database_url)
    _filled(connection)
    connection.execute("INSERT INTO users SELECT gen_random_uuid() FROM generate_series(1, 300)")
    connection.execute("INSERT INTO organizations SELECT id FROM users ON CONFLICT DO NOTHING")
    column = {"notes": "author_id", "projects": "organization_id"}[table]
    many = "INSERT INTO {} ({}) SELECT id FROM users, generate_series(1, 60)"
    connection.execute(SQL(many).format(Identifier(table), Identifier(column)))
    connection.execute("ANALYZE")
    connection.execute("SELECT set_config('request.jwt.claims', %s, true)", (json.dumps({"sub": ANN}),))
    connection.execute("SET LOCAL ROLE authenticated")
    rows = connection.execute(SQL("EXPLAIN SELECT FROM {}").format(Identifier(table))).fetchall()
    plan = "\n".join(line for (line,) in rows)
    assert f"idx_{table}_{column}" in plan
    assert "Seq Scan" not in plan
