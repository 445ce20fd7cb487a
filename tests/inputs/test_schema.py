from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from dbgen.model.snapshot import Snapshot, dumps, loads
from tests.inputs.workspaces import BUSM, ID, MODULES, Workspace, messages, write

EXAMPLE = Path(__file__).parents[2] / "dbgen/workspace/example"
REF = {"type": "uuid"}


def names(things: Any) -> list[str]:
    return [one.name for one in things]


@pytest.fixture
def example(workspace: Workspace) -> Workspace:
    for path in EXAMPLE.rglob("*"):
        if path.is_file():
            write(workspace.root, str(path.relative_to(EXAMPLE)), path.read_bytes())
    return workspace


SECOND = """module: account-management
phase: 2
entities: [Account, Location, Contact]
fields:
  Account: [id, name, type, status]
relationships:
  - {from: Location, to: Account, type: many-to-one, field: account_id, onDelete: cascade}
  - {from: Account, to: Location, type: many-to-one, field: primary_location_id}
"""


def test_the_story_of_the_example(example: Workspace) -> None:
    first = example.generate()
    (accounts,) = first.schema.tables
    assert names(accounts.in_order) == ["id", "name", "type", "status"]
    assert names(accounts.indexes) == ["idx_accounts_name"]
    assert first.notices == ()

    write(example.root, f"{MODULES}/account-management-phase2.yaml", SECOND)
    second = example.generate()
    assert names(second.schema.tables) == ["accounts", "contacts", "locations"]
    keys = {
        f"{t.name}.{k.columns[0]}": (k.target, k.on_delete)
        for t in second.schema.tables
        for k in t.foreign_keys
    }
    assert keys == {
        "accounts.primary_location_id": ("locations", "NO ACTION"),
        "contacts.account_id": ("accounts", "CASCADE"),
        "locations.account_id": ("accounts", "CASCADE"),
    }
    assert second.schema.table("accounts").column("primary_location_id").nullable
    assert not second.schema.table("locations").column("account_id").nullable

    third = SECOND.replace("status]", "status, email, phone, website]").replace("phase: 2", "phase: 3")
    write(example.root, f"{MODULES}/account-management-phase3.yaml", third)
    wanted = example.generate()
    added = {"email", "phone", "website"}
    assert added == set(names(wanted.schema.table("accounts").columns)) - set(
        names(second.schema.table("accounts").columns)
    )
    assert wanted.busm_updates == {}


def test_the_snapshot_gives_back_what_was_read(example: Workspace) -> None:
    example.generate()
    assert loads(dumps(example.previous), "x") == example.previous


def shuffled(value: Any, rng: random.Random, keep: bool = False) -> Any:
    if isinstance(value, dict):
        members = list(value.items())
        if not keep:
            rng.shuffle(members)
        return {name: shuffled(item, rng, name == "fields") for name, item in members}
    return [shuffled(item, rng) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_keys_changes_nothing(example: Workspace, seed: int) -> None:
    write(example.root, f"{MODULES}/account-management-phase2.yaml", SECOND)
    example.rules(enumStyle="native", includeIndexes="full")
    model = json.loads((example.root / BUSM).read_text())
    model["relationships"]["Account.users"] = {"type": "many-to-many", "from": "Account", "to": "User"}
    write(example.root, f"{MODULES}/users-phase1.yaml", "module: users\nentities: [User]\n")
    example.busm(model)
    one = example.read()
    example.busm(shuffled(model, random.Random(seed)))
    other = example.read()
    assert dumps(Snapshot(1, one.schema, one.modules)) == dumps(Snapshot(1, other.schema, other.modules))
    assert one == other


def test_lists_and_maps_of_busm_are_one(workspace: Workspace) -> None:
    fields = {"id": ID, "name": {"type": "string"}}
    workspace.module("entities: [Account]\n")
    workspace.entities(Account=fields)
    one = workspace.read().schema
    listed = [{"name": name, **item} for name, item in fields.items()]
    workspace.busm({"entities": [{"name": "Account", "fields": listed}]})
    assert workspace.read().schema == one


def test_names_match_in_any_case_style(workspace: Workspace) -> None:
    workspace.entities(SalesOrder={"id": ID, "accountID": {"type": "text"}})
    workspace.module("entities: [sales_order]\nfields:\n  salesOrder: [account_id]\n")
    assert workspace.table("sales_orders").column("account_id").type == "text"
    assert messages(workspace.read()) == []


KEYS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "uuid": ({"id": ID}, {"type": "uuid", "default": "gen_random_uuid()", "identity": False}),
    "integer": (
        {"id": {"type": "integer", "primaryKey": True}},
        {"type": "integer", "default": None, "identity": True},
    ),
    "text": (
        {"id": {"type": "text", "primaryKey": True}},
        {"type": "text", "default": None, "identity": False},
    ),
    "foreign": (
        {"id": {**ID, "foreignKey": "auth.users.id"}},
        {"type": "uuid", "default": None, "identity": False},
    ),
}


@pytest.mark.parametrize("case", KEYS)
def test_a_single_key_fills_itself(workspace: Workspace, case: str) -> None:
    fields, expected = KEYS[case]
    workspace.entities(Thing=fields)
    workspace.module("entities: [Thing]\n")
    column = workspace.table("things").column("id")
    assert {name: getattr(column, name) for name in expected} == expected
    assert not column.nullable


@pytest.mark.parametrize("uuids", [True, False])
def test_an_entity_without_a_key_gets_one(workspace: Workspace, uuids: bool) -> None:
    workspace.rules(useUUIDs=uuids)
    workspace.module(
        "fields:\n  Thing: [name, owner_id]\n  Owner: []\nrelationships: [{from: Thing, to: Owner}]\n"
    )
    table = workspace.table("things")
    assert table.primary_key is not None
    assert (table.primary_key.name, table.primary_key.columns) == ("things_pkey", ("id",))
    assert names(table.in_order)[0] == "id"
    assert table.column("id").identity is not uuids
    assert table.column("owner_id").type == ("uuid" if uuids else "bigint")


def test_a_key_of_several_columns(workspace: Workspace) -> None:
    line = {"name": {"type": "text"}, "b": {"type": "uuid"}, "a": {"type": "uuid"}}
    workspace.busm({"entities": {"Line": {"primaryKey": ["a", "b"], "fields": line}}})
    workspace.module("entities: [Line]\n")
    one = workspace.table("lines")
    assert one.primary_key is not None
    assert one.primary_key.columns == ("a", "b")
    assert names(one.in_order) == ["a", "b", "name"]
    marked = {
        "a": {**line["a"], "primaryKey": True},
        "b": {**line["b"], "primaryKey": True},
        "name": line["name"],
    }
    workspace.entities(Line=marked)
    assert workspace.table("lines") == one


@pytest.mark.parametrize(
    ("include", "expected"), [("none", ["c"]), ("basic", ["c", "other"]), ("full", ["a_b", "c", "other"])]
)
def test_indexes_by_rule(workspace: Workspace, include: str, expected: list[str]) -> None:
    fields = {
        "id": ID,
        "a": {"type": "text"},
        "b": {"type": "text"},
        "c": {"type": "text"},
        "u": {"type": "text", "unique": True},
    }
    indexes = [{"fields": ["a", "b"]}, {"fields": ["c"]}, {"fields": ["u"]}]
    workspace.busm(
        {"entities": {"T": {"fields": {**fields, "other": {**REF, "foreignKey": "T"}}, "indexes": indexes}}}
    )
    workspace.rules(includeIndexes=include)
    workspace.module("fields:\n  T: [a, b, {name: c, index: true}, u, other]\n")
    table = workspace.table("ts")
    assert names(table.indexes) == [f"idx_ts_{one}" for one in expected]
    assert names(table.uniques) == ["uq_ts_u"]


@pytest.mark.parametrize("style", ["varchar", "check", "native"])
def test_enum_styles(workspace: Workspace, style: str) -> None:
    workspace.rules(enumStyle=style)
    values = ["it's", "x" * 60]
    workspace.busm(
        {
            "entities": {"T": {"fields": {"id": ID, "kind": {"type": "enum", "enum": "TKind"}}}},
            "enums": {"TKind": {"values": values, "default": "it's"}},
        }
    )
    workspace.module("entities: [T]\n")
    schema = workspace.read().schema
    column = schema.table("ts").column("kind")
    checks = schema.table("ts").checks
    assert column.default == "'it''s'"
    assert column.type == ("public.t_kind" if style == "native" else "character varying(60)")
    assert [(e.name, list(e.values)) for e in schema.enums] == (
        [("t_kind", values)] if style == "native" else []
    )
    expected = [("ck_ts_kind_enum", f"kind IN ('it''s', '{'x' * 60}')")] if style == "check" else []
    assert [(one.name, one.expression) for one in checks] == expected


@pytest.mark.parametrize(
    ("access", "roles"),
    [("none", 1), ("authenticated", 2), ("anon", 3)],
)
def test_grants(workspace: Workspace, access: str, roles: int) -> None:
    workspace.rules(apiAccess=access)
    workspace.module("entities: [T]\n")
    grants = workspace.table("ts").grants
    assert [g.role for g in grants] == ["anon", "authenticated", "service_role"][3 - roles :]
    assert {g.privileges for g in grants} == {("DELETE", "INSERT", "SELECT", "UPDATE")}


def test_derived_names_that_meet_are_told_apart(workspace: Workspace) -> None:
    workspace.entities(
        A={"id": ID, "bC": {"type": "text", "unique": True}},
        AB={"id": ID, "c": {"type": "text", "unique": True}},
    )
    model = json.loads((workspace.root / BUSM).read_text())
    model["entities"]["A"]["tableName"], model["entities"]["AB"]["tableName"] = "a", "a_b"
    workspace.busm(model)
    workspace.module("entities: [A, AB]\n")
    schema = workspace.read().schema
    found = [unique.name for table in schema.tables for unique in table.uniques]
    assert found[0] == "uq_a_b_c"
    assert len(set(found)) == 2
    assert all(name.startswith("uq_a_b_c") for name in found)


def test_case_styles(workspace: Workspace) -> None:
    workspace.rules(tableNamePattern="PascalCase", columnNamePattern="camelCase")
    workspace.module("fields:\n  SalesOrder: [first_name]\n")
    assert workspace.table("SalesOrders").has("firstName")
