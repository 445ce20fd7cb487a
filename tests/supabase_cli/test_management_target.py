"""The commands on the `management-api` target, from the config's names to the tables in the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dbgen.commands import apply, archive_list, generate, history, preview, rollback, status
from dbgen.commands.context import World
from dbgen.commands.type_files import types
from dbgen.database import query_api
from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection, connect
from dbgen.errors import InputError, WorkError
from tests.management import PROJECT, TOKEN, Management, Trouble, management
from tests.render.test_described import RICH

CONFIG = """
prototype: {projectId: "${SUPABASE_PROJECT_ID:-}", accessToken: "${SUPABASE_ACCESS_TOKEN:-}"}
environments: {hosted: {target: management-api}}
"""
BUSM = {
    "entities": {
        "Account": {
            "fields": {
                "id": {"type": "uuid", "required": True, "primaryKey": True},
                "note": {"type": "text", "description": "it's \\ $dbgen$ 100%"},
                "ownerId": {"type": "uuid", "foreignKey": "auth.users.id"},
            },
            "indexes": [{"fields": ["note"]}],
        },
        "Contact": {
            "fields": {
                "id": {"type": "bigint", "required": True, "primaryKey": True},
                "accountId": {"type": "uuid", "foreignKey": "Account.id"},
            }
        },
    }
}


@pytest.fixture
def served(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Management]:
    with management(database_url) as made:
        monkeypatch.setattr(query_api, "API_URL", made.url)
        monkeypatch.setattr(query_api, "_LONGEST_PAUSE", 0.01)
        yield made


@pytest.fixture
def directly(database_url: str) -> Iterator[Connection]:
    with connect(database_url) as connection:
        yield connection


@pytest.fixture
def world(tmp_path: Path) -> World:
    files = {
        "config/dbgen.yaml": CONFIG,
        ".pipeline/modules/m-phase1.yaml": "module: m\nphase: 1\nentities: [Account]\n",
        ".pipeline/factory-tools/busm-reader/busm-model.json": json.dumps(BUSM),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    environment = {"SUPABASE_PROJECT_ID": PROJECT, "SUPABASE_ACCESS_TOKEN": TOKEN}
    now = datetime(2026, 11, 2, tzinfo=UTC)
    return World(tmp_path, now, "ann@host", "dbgen generate", environment, environment_name="hosted")


@pytest.mark.slow
@pytest.mark.usefixtures("served")
def test_two_iterations_forward_and_back(world: World, directly: Connection) -> None:
    first = generate(world, yes=True)
    assert (first.iteration, first.applied) == (1, True)
    assert first.target is not None
    assert PROJECT in first.target
    module = world.start / ".pipeline/modules/m-phase1.yaml"
    module.write_text(module.read_text().replace("[Account]", "[Account, Contact]"))
    assert preview(world, with_database=True).iteration == 2
    generate(world, yes=True)
    assert {table.name for table in read_schema(directly).tables} == {"accounts", "contacts"}
    now = status(world)
    assert (now.database, now.database_iteration, now.findings) == ("reachable", 2, ())
    assert [entry.applied_by for entry in history(world).entries] == ["ann@host"] * 2
    assert "contacts" in types(world, from_database=True, stdout=True).text
    rollback(world, to=0, yes=True)
    assert read_schema(directly).tables == ()
    assert status(world).database_iteration == 0


def _module(world: World, fields: str, entities: str = "Account") -> None:
    text = f"module: m\nphase: 1\nentities: [{entities}]\nfields: {{Account: [{fields}]}}\n"
    (world.start / ".pipeline/modules/m-phase1.yaml").write_text(text)


def _state(directly: Connection) -> list[tuple[Any, ...]]:
    return directly.rows("select id::text, note from accounts order by note, id")


@pytest.mark.usefixtures("served")
def test_rows_are_kept_and_come_back(world: World, directly: Connection) -> None:
    _module(world, "id, note", "Account, Contact")
    generate(world, yes=True, verify=False)
    directly.batch("insert into accounts (note) values ('a'), ('b'); insert into contacts default values")
    before = _state(directly)
    _module(world, "id")
    generate(world, yes=True, verify=False)
    assert read_schema(directly).table("accounts").columns[0].name == "id"
    assert not read_schema(directly).has("contacts")
    kept = archive_list(world).entries
    assert sorted((one.kind, one.table, one.rows) for one in kept) == [
        ("columns", "accounts", 2),
        ("table", "contacts", 1),
    ]
    rollback(world, yes=True)
    assert _state(directly) == before
    assert directly.rows("select count(*) from contacts") == [(1,)]
    generate(world, yes=True, verify=False)
    rollback(world, to=0, yes=True)
    assert read_schema(directly).tables == ()


@pytest.mark.usefixtures("served")
def test_rows_in_the_way_stop_or_are_moved_aside(world: World, directly: Connection) -> None:
    _module(world, "id, note")
    generate(world, yes=True, verify=False)
    directly.batch("insert into accounts (note) values ('a'), ('a'), ('b')")
    before = _state(directly)
    _module(world, "id, {name: note, unique: true}")
    with pytest.raises(WorkError) as caught:
        generate(world, yes=True, verify=False)
    assert caught.value.code == "DATA_CONFLICT"
    assert _state(directly) == before
    generate(world, yes=True, verify=False, on_conflict="quarantine")
    assert [note for _, note in _state(directly)] == ["a", "b"]
    rollback(world, yes=True)
    assert _state(directly) == before


@pytest.mark.slow
@pytest.mark.usefixtures("served")
def test_what_the_throwaway_server_lacks_is_judged_there(world: World, directly: Connection) -> None:
    directly.batch("create domain public.email_address as text check (value like '%@%')")
    _module(world, "id, {name: note, type: public.email_address}")
    made = generate(world, yes=True)
    assert "in a transaction that was rolled back" in (made.proof or "")
    directly.batch("insert into accounts (note) values ('a@b')")
    _module(world, "id")
    assert "rolled back" in (generate(world, yes=True).proof or "")
    rollback(world, yes=True)
    assert [note for _, note in _state(directly)] == ["a@b"]


@pytest.mark.usefixtures("served")
def test_types_of_all_that_is_there(world: World, directly: Connection, database_url: str) -> None:
    directly.batch(RICH.read_text("utf-8"))
    there = replace(world, db_url=database_url, environment_name=None)
    expected = types(there, from_database=True, stdout=True).text
    assert types(world, from_database=True, stdout=True).text == expected
    assert "v_left" in expected


@pytest.mark.parametrize("trouble", [Trouble.BROKEN_AFTER, Trouble.DROPPED_AFTER, Trouble.BUSY])
def test_files_and_database_agree_when_all_goes_wrong_at_once(
    world: World, served: Management, directly: Connection, trouble: Trouble
) -> None:
    served.trouble = dict.fromkeys(range(0, 100, 2), trouble)
    generate(world, yes=True, verify=False)
    served.trouble = {}
    assert status(world).findings == ()
    assert read_schema(directly).has("accounts")


def test_what_another_way_in_applied_is_seen(world: World, served: Management) -> None:
    generate(world, yes=True, apply=False)
    assert status(world).database_iteration == 0
    assert apply(world, yes=True).iteration == 1
    over_there = replace(world, db_url=served.database_url, environment_name=None)
    assert status(over_there).database_iteration == 1


@pytest.mark.usefixtures("served")
def test_a_project_that_nobody_named_is_not_changed(world: World, directly: Connection) -> None:
    config = world.start / "config/dbgen.yaml"
    config.write_text(CONFIG.replace("prototype: {", "prototype: {target: management-api, "))
    with pytest.raises(InputError) as caught:
        generate(replace(world, environment_name=None), yes=True, verify=False)
    assert caught.value.code == "TARGET_UNCONFIRMED"
    assert PROJECT in (caught.value.hint or "")
    assert read_schema(directly).tables == ()
