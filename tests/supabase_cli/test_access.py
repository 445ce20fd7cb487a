"""Who may do what with the tables made, tried as the Data API's roles on a real server."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from dbgen.commands import apply, generate, preview, rollback, status
from dbgen.commands.context import World
from dbgen.errors import WorkError
from tests.postgrest import UNKNOWN, key_of, postgrest
from tests.supabase_cli.advisors import advisor_findings

ROLES = ("anon", "authenticated", "service_role")
MAY = {"none": {"service_role"}, "authenticated": {"authenticated", "service_role"}, "anon": set(ROLES)}
OPERATIONS = {
    "select": "select note from public.{t}",
    "insert": "insert into public.{t} (note) values ('x')",
    "insert returning": "insert into public.{t} (note) values ('x') returning id",
    "update": "update public.{t} set note = 'y'",
    "delete": "delete from public.{t}",
    "truncate": "truncate public.{t}",
}
#: What projects made before October 2026 give to every table of `public`.
OLD_DEFAULTS = """
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
"""
_ID = {"type": "uuid", "required": True, "primaryKey": True}
_NUMBER = {"type": "bigint", "required": True, "primaryKey": True}
BUSM = {
    "entities": {
        "Item": {"fields": {"id": _ID, "note": {"type": "text"}}},
        "Number": {"fields": {"id": _NUMBER, "note": {"type": "text"}}},
    }
}


def _world(root: Path, url: str, access: str, entities: str = "Item, Number", more: str = "") -> World:
    files = {
        "config/dbgen.yaml": f"prototype: {{rules: {{apiAccess: {access}}}{more}}}\n",
        ".pipeline/modules/m-phase1.yaml": f"module: m\nphase: 1\nentities: [{entities}]\n",
        ".pipeline/factory-tools/busm-reader/busm-model.json": json.dumps(BUSM),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return World(root, datetime(2026, 11, 2, tzinfo=UTC), "ann@host", "dbgen generate", {}, db_url=url)


def _can(connection: psycopg.Connection, role: str, operation: str, table: str) -> bool:
    """Whether a role can do it, tried in a transaction that is undone."""
    with connection.transaction(force_rollback=True):
        connection.execute(f"set local role {role}".encode())
        try:
            connection.execute(OPERATIONS[operation].format(t=table).encode())
        except psycopg.errors.InsufficientPrivilege:
            return False
    return True


def _matrix(url: str, tables: tuple[str, ...] = ("items", "numbers")) -> set[tuple[str, str, str]]:
    with psycopg.connect(url, autocommit=True) as connection:
        return {asked for asked in itertools.product(ROLES, OPERATIONS, tables) if _can(connection, *asked)}


def _expected(access: str, tables: tuple[str, ...] = ("items", "numbers")) -> set[tuple[str, str, str]]:
    granted = ("select", "insert", "insert returning", "update", "delete")
    return set(itertools.product(MAY[access], granted, tables))


@pytest.mark.parametrize("defaults", ["", OLD_DEFAULTS], ids=["since-2026", "before"])
@pytest.mark.parametrize("access", MAY)
def test_each_role_can_do_what_api_access_says_and_no_more(
    tmp_path: Path, database_url: str, access: str, defaults: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(defaults.encode() or b"select 1")
    world = _world(tmp_path, database_url, access)
    generate(world, yes=True, verify=False)
    assert _matrix(database_url) == _expected(access)
    assert status(world).findings == ()
    assert not generate(world, yes=True, verify=False).changed
    with psycopg.connect(database_url) as connection:
        for role, table in itertools.product(ROLES, ("items", "numbers")):
            asked = f"select has_table_privilege('{role}', 'public.{table}', 'TRUNCATE, REFERENCES, TRIGGER')"
            assert connection.execute(asked.encode()).fetchone() == (False,)
    assert _sequence_rights(database_url) == []


def _sequence_rights(url: str) -> list[tuple[str, str]]:
    """The API roles that can do something with a sequence of `public`."""
    asked = """
        select c.relname::text, r.rolname::text from pg_class c, pg_roles r
         where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace and r.rolname = any (%s)
           and has_sequence_privilege(r.rolname, c.oid, 'USAGE, SELECT, UPDATE')"""
    with psycopg.connect(url) as connection:
        return connection.execute(asked, (list(ROLES),)).fetchall()


def test_a_column_that_becomes_an_identity_opens_no_sequence(tmp_path: Path, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(OLD_DEFAULTS.encode())
    world = _world(tmp_path, database_url, "anon", "Number")
    busm = tmp_path / ".pipeline/factory-tools/busm-reader/busm-model.json"
    for key in ({**_NUMBER, "type": "integer", "default": 7}, _NUMBER):
        busm.write_text(json.dumps({"entities": {"Number": {"fields": {"id": key}}}}))
        generate(world, yes=True, verify=False)
    with psycopg.connect(database_url) as connection:
        made = connection.execute("select sequencename::text from pg_sequences where schemaname = 'public'")
        assert made.fetchall() == [("numbers_id_seq",)]
    assert _sequence_rights(database_url) == []


def test_rights_on_a_sequence_that_others_gave_are_named(tmp_path: Path, database_url: str) -> None:
    world = _world(tmp_path, database_url, "none")
    generate(world, yes=True, verify=False)
    assert status(world).notices == ()
    with psycopg.connect(database_url) as connection:
        connection.execute("grant usage on all sequences in schema public to anon")
    assert "numbers: sequence grant to anon that others added: USAGE" in "\n".join(status(world).notices)


#: Ways in which visitors come to read a table that `apiAccess: none` made, and who does.
OTHERS = {
    "alter default privileges in schema public grant select on tables to public": "anon, authenticated",
    "alter default privileges grant select on tables to public": "anon, authenticated",
    "create role {role}; grant {role} to authenticated; "
    "alter default privileges in schema public grant all on tables to {role}": "authenticated",
}


@pytest.mark.parametrize("given", OTHERS)
def test_what_default_privileges_open_is_warned_of_before(
    tmp_path: Path, database_url: str, given: str
) -> None:
    role = "readers_" + urlsplit(database_url).path.rpartition("_")[2]
    world = _world(tmp_path, database_url, "none")
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(given.format(role=role).encode())
        try:
            before = preview(world, with_database=True).warnings
            made = generate(world, yes=True, verify=False)
            assert made.warnings == before
            places = {"items": OTHERS[given], "numbers": OTHERS[given]}
            for code in ("READ_BY_OTHERS", "rls_disabled_in_public"):
                (said,) = [notice for notice in made.warnings if notice.code == code]
                assert (said.level, dict(said.details)) == ("warning", places)
                assert f"items ({OTHERS[given]})" in said.message
            found = advisor_findings(database_url)
            assert {(lint, table) for _, lint, _, table, *_ in found} == {
                (notice.code, table)
                for notice in made.warnings
                if notice.code != "READ_BY_OTHERS"
                for table, _ in notice.details
            }
        finally:
            if "{role}" in given:
                owner.execute(f"drop owned by {role}; drop role {role}".encode())


def test_what_is_opened_by_hand_is_warned_of_until_it_is_closed(tmp_path: Path, database_url: str) -> None:
    generate(_world(tmp_path, database_url, "authenticated", "Item"), yes=True, verify=False)
    more = _world(tmp_path, database_url, "none", "Item, Number")

    def said() -> list[tuple[str, str]]:
        warnings = preview(more, with_database=True).warnings
        return [place for one in warnings if one.code == "READ_BY_OTHERS" for place in one.details]

    assert said() == []
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute("grant select on items to anon")
        assert said() == [("items", "anon")]
        owner.execute("alter table items enable row level security")
        assert said() == []


def test_an_identity_column_needs_no_right_on_its_sequence(tmp_path: Path, database_url: str) -> None:
    generate(_world(tmp_path, database_url, "authenticated"), yes=True, verify=False)
    with psycopg.connect(database_url, autocommit=True) as connection:
        sequence = "pg_get_serial_sequence('public.numbers', 'id')"
        (rights,) = connection.execute(
            f"select has_sequence_privilege('authenticated', {sequence}, 'USAGE, SELECT, UPDATE')".encode()
        ).fetchone() or (None,)
        assert rights is False
        with connection.transaction():
            connection.execute("set local role authenticated")
            for _ in range(2):
                connection.execute("insert into public.numbers (note) values ('x')")
            ids = connection.execute("select id from public.numbers order by id").fetchall()
    assert ids == [(1,), (2,)]


def test_a_change_of_access_is_undone_by_its_rollback(tmp_path: Path, database_url: str) -> None:
    generate(_world(tmp_path, database_url, "authenticated"), yes=True, verify=False)
    for access in ("anon", "none"):
        made = generate(_world(tmp_path, database_url, access), yes=True, verify=False)
        assert made.iteration == 2
        assert _matrix(database_url) == _expected(access)
        rollback(_world(tmp_path, database_url, access), yes=True)
        assert _matrix(database_url) == _expected("authenticated")


def test_no_grant_is_written_for_a_table_that_the_iteration_does_not_touch(
    tmp_path: Path, database_url: str
) -> None:
    generate(_world(tmp_path, database_url, "authenticated", "Item"), yes=True, verify=False)
    with psycopg.connect(database_url) as connection:
        connection.execute("grant select on public.items to anon")
    made = generate(_world(tmp_path, database_url, "authenticated"), yes=True, verify=False)
    statements = [s for s in made.migration_sql.split(";") if "GRANT" in s or "REVOKE" in s]
    assert statements
    assert not [s for s in statements if "items" in s]
    assert ("anon", "select", "items") in _matrix(database_url)


def test_the_data_api_is_told_once_after_the_commit(tmp_path: Path, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as listening:
        listening.execute("listen pgrst")
        world = _world(tmp_path, database_url, "authenticated")
        generate(world, yes=True)
        assert _heard(listening) == ["reload schema"]
        rollback(world, yes=True)
        assert _heard(listening) == ["reload schema"]


def test_the_data_api_is_told_nothing_by_a_migration_that_fails(tmp_path: Path, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as listening:
        listening.execute("create type public.numbers as enum ()")
        listening.execute("listen pgrst")
        with pytest.raises(WorkError) as caught:
            generate(_world(tmp_path, database_url, "authenticated"), yes=True, verify=False)
        assert caught.value.code == "MIGRATION_FAILED"
        assert _heard(listening) == []


def _heard(connection: psycopg.Connection) -> list[str]:
    """All that comes until nothing has come for a moment."""
    heard: list[str] = []
    while found := [n.payload for n in connection.notifies(timeout=0.5) if n.channel == "pgrst"]:
        heard += found
    return heard


@pytest.mark.parametrize("known", [True, False])
def test_generate_asks_the_data_api_and_only_warns(tmp_path: Path, database_url: str, known: bool) -> None:
    with postgrest() as api:
        if not known:
            api.default = UNKNOWN
        more = f", supabaseUrl: '{api.url}', supabaseAnonKey: '{key_of('anon')}'"
        made = generate(_world(tmp_path, database_url, "anon", more=more), yes=True, verify=False)
    told = [notice for notice in made.warnings if notice.code == "DATA_API"]
    assert made.applied
    assert {table for table, *_ in api.asked} == {"items", "numbers"}
    assert [notice.level for notice in told] == ([] if known else ["warning"])


@pytest.mark.parametrize("known", [True, False])
def test_apply_asks_it_too_for_the_tables_that_came(tmp_path: Path, database_url: str, known: bool) -> None:
    with postgrest() as api:
        more = f", supabaseUrl: '{api.url}', supabaseAnonKey: '{key_of('anon')}'"
        generate(_world(tmp_path, database_url, "anon", "Item", more=more), yes=True, verify=False)
        world = _world(tmp_path, database_url, "anon", more=more)
        generate(world, yes=True, verify=False, apply=False)
        api.asked.clear()
        if not known:
            api.default = UNKNOWN
        done = apply(world, yes=True, verify=False)
    assert [step.iteration for step in done.steps] == [2]
    assert {table for table, *_ in api.asked} == {"numbers"}
    assert [(n.level, n.code) for n in done.notices] == ([] if known else [("warning", "DATA_API")])


def test_nothing_is_asked_of_a_data_api_elsewhere(tmp_path: Path, database_url: str) -> None:
    more = f", supabaseUrl: 'https://ref.supabase.invalid', supabaseAnonKey: '{key_of('anon')}'"
    made = generate(_world(tmp_path, database_url, "anon", more=more), yes=True, verify=False)
    assert [notice for notice in made.warnings if notice.code == "DATA_API"] == []
