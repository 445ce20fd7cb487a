"""What depends on the previous iteration: renames, nullability, several modules, phases."""

from __future__ import annotations

import pytest

from dbgen.model.requests import ColumnRename, Conversion, TableRename
from tests.inputs.workspaces import ID, MODULES, Workspace, messages


def test_a_renamed_field_is_renamed_once(workspace: Workspace) -> None:
    workspace.entities(A={"id": ID, "name": {"type": "string", "constraints": {"maxLength": 9}}})
    workspace.module("fields:\n  A: [name]\n")
    workspace.generate()
    workspace.module("fields:\n  A: [{name: displayName, renamed_from: name}]\n")
    wanted = workspace.generate()
    assert wanted.decisions.columns == (ColumnRename("as", "name", "display_name"),)
    assert wanted.schema.table("as").column("display_name").type == "character varying(9)"
    assert wanted.busm_updates["entities"]["A"]["fields"]["displayName"]["type"] == "string"
    again = workspace.generate()
    assert again.decisions.columns == ()
    assert messages(again, "RENAME") == []


def test_a_swap_is_done_once(workspace: Workspace) -> None:
    workspace.module("fields:\n  A: [b, c]\n")
    workspace.generate()
    workspace.module("fields:\n  A: [{name: b, renamed_from: c}, {name: c, renamed_from: b}]\n")
    assert workspace.generate().decisions.columns == (
        ColumnRename("as", "b", "c"),
        ColumnRename("as", "c", "b"),
    )
    assert workspace.generate().decisions.columns == ()


def test_a_chain_is_one_step(workspace: Workspace) -> None:
    workspace.module("fields:\n  A: [b, c]\n")
    workspace.generate()
    workspace.module("fields:\n  A: [{name: c, renamed_from: b}, {name: d, renamed_from: c}]\n")
    assert workspace.generate().decisions.columns == (
        ColumnRename("as", "b", "c"),
        ColumnRename("as", "c", "d"),
    )


def test_a_name_that_never_was_is_a_warning(workspace: Workspace) -> None:
    workspace.module("fields:\n  A: [{name: b, renamed_from: nope}]\nrenames: {entities: {Old: A}}\n")
    assert len(messages(workspace.generate(), "RENAME")) == 2
    assert messages(workspace.generate(), "RENAME") == []


def test_two_fields_cannot_come_from_one(workspace: Workspace) -> None:
    workspace.module("fields:\n  A: [b]\n")
    workspace.generate()
    workspace.module("fields:\n  A: [{name: c, renamed_from: b}, {name: d, renamed_from: b}]\n")
    assert "both" in workspace.error().message


def test_an_entity_is_renamed_with_its_table_between(workspace: Workspace) -> None:
    fields = {"id": ID}
    model = {"entities": {"Client": {"fields": fields}, "Tag": {"fields": fields}}}
    relationship = {"type": "many-to-many", "from": "Client", "to": "Tag"}
    workspace.busm({**model, "relationships": {"a": relationship}})
    workspace.module("entities: [Client, Tag]\n")
    workspace.generate()
    model = {"entities": {"Account": {"fields": fields}, "Tag": {"fields": fields}}}
    workspace.busm({**model, "relationships": {"a": {**relationship, "from": "Account"}}})
    workspace.module("entities: [Account, Tag]\nrenames: {entities: {Client: Account}}\n")
    wanted = workspace.generate()
    assert wanted.decisions.tables == (
        TableRename("client_tags", "account_tags"),
        TableRename("clients", "accounts"),
    )
    assert wanted.decisions.columns == (ColumnRename("client_tags", "client_id", "account_id"),)
    assert workspace.generate().decisions.tables == ()


def test_another_table_name_is_a_rename(workspace: Workspace) -> None:
    workspace.module("entities: [A]\n")
    workspace.generate()
    workspace.busm({"entities": {"A": {"tableName": "others", "fields": {"id": ID}}}})
    assert workspace.read().decisions.tables == (TableRename("as", "others"),)


def test_rename_flags(workspace: Workspace) -> None:
    workspace.module("fields:\n  Client: [name]\n")
    workspace.generate()
    workspace.module("fields:\n  Account: [title]\n")
    wanted = workspace.read(renames=["clients=accounts", "clients.name=title"])
    assert wanted.decisions.tables == (TableRename("clients", "accounts"),)
    assert wanted.decisions.columns == (ColumnRename("clients", "name", "title"),)


@pytest.mark.parametrize(
    "flag", ["clients", "client=accounts", "clients.nam=title", "clients=acounts", "clients.name=nope"]
)
def test_a_rename_flag_that_names_nothing_is_refused(workspace: Workspace, flag: str) -> None:
    workspace.module("fields:\n  Client: [name]\n")
    workspace.generate()
    workspace.module("fields:\n  Account: [title]\n")
    assert "--rename" in workspace.error(renames=[flag]).message


REQUIRED = "fields:\n  A: [b, {name: c, type: integer, required: true%s}]\n"


def test_a_required_column_on_an_existing_table_waits(workspace: Workspace) -> None:
    workspace.module("fields:\n  A: [b]\n")
    workspace.generate()
    workspace.module(REQUIRED % "")
    wanted = workspace.generate()
    assert wanted.schema.table("as").column("c").nullable
    assert len(messages(wanted, "STAYS_NULLABLE")) == 1
    assert wanted.notices[0].place == f"{MODULES}/m-phase1.yaml:4"
    assert workspace.generate().schema.table("as").column("c").nullable
    workspace.module(REQUIRED % ", backfill: length(b)")
    wanted = workspace.generate()
    assert not wanted.schema.table("as").column("c").nullable
    assert wanted.decisions.conversions == (Conversion("as", "c", "length(b)"),)
    settled = workspace.generate()
    assert not settled.schema.table("as").column("c").nullable
    assert settled.decisions.conversions == ()


def test_a_default_lets_it_be_required_at_once(workspace: Workspace) -> None:
    workspace.module("fields:\n  A: [b]\n")
    workspace.generate()
    workspace.module(REQUIRED % ", default: 0")
    assert not workspace.read().schema.table("as").column("c").nullable


def test_a_renamed_required_column_stays_required(workspace: Workspace) -> None:
    workspace.module("fields:\n  A: [{name: b, required: true}]\n")
    workspace.generate()
    workspace.module("fields:\n  A: [{name: c, required: true, renamed_from: b}]\n")
    assert not workspace.read().schema.table("as").column("c").nullable


def test_the_strongest_word_on_nullability_wins(workspace: Workspace) -> None:
    workspace.entities(
        A={"id": ID}, B={"id": ID, **{n: {"type": "uuid", "required": True} for n in ("x", "y", "z")}}
    )
    workspace.module(
        "fields:\n  A: []\n  B: [{name: x, required: true}, y, z]\nrelationships:\n"
        "  - {from: B, to: A, field: x, required: false}\n  - {from: B, to: A, field: y, required: false}\n"
    )
    table = workspace.table("bs")
    assert {name: table.column(name).nullable for name in "xyz"} == {"x": False, "y": True, "z": False}


def test_two_modules_share_an_entity(workspace: Workspace) -> None:
    workspace.module("fields:\n  A: [b, shared]\n", "one")
    workspace.generate(module="one")
    workspace.module("fields:\n  A: [c, shared]\n", "two")
    wanted = workspace.generate(module="two")
    assert [column.name for column in wanted.schema.table("as").in_order] == ["id", "b", "shared", "c"]
    assert wanted.module_names == ("two",)
    workspace.module("fields:\n  A: [d]\n", "two")
    assert [c.name for c in workspace.read(module="two").schema.table("as").in_order] == [
        "id",
        "b",
        "shared",
        "d",
    ]


def test_two_types_of_one_column_name_both_places(workspace: Workspace) -> None:
    workspace.module("fields:\n  A: [{name: b, type: text}]\n", "one")
    workspace.module("fields:\n  A: [{name: b, type: integer}]\n", "two")
    message = workspace.error().message
    assert f"{MODULES}/one-phase1.yaml:4" in message
    assert f"{MODULES}/two-phase1.yaml:4" in message


def test_a_rename_reaches_the_parts_of_other_modules(workspace: Workspace) -> None:
    workspace.module("fields:\n  A: [b]\n", "one")
    workspace.module("fields:\n  A: [b, x]\n", "two")
    workspace.generate()
    workspace.module("fields:\n  A: [{name: c, renamed_from: b}]\n", "one")
    table = workspace.read(module="one").schema.table("as")
    assert [column.name for column in table.in_order] == ["id", "c", "x"]


def test_a_vanished_module_names_the_flag(workspace: Workspace) -> None:
    workspace.module("entities: [A]\n", "one")
    workspace.module("entities: [B]\n", "two")
    workspace.generate()
    (workspace.root / MODULES / "two-phase1.yaml").unlink()
    error = workspace.error()
    assert error.code == "INPUT_INVALID"
    assert "--drop-module two" in (error.hint or "")
    assert [table.name for table in workspace.read(drop_modules=["two"]).schema.tables] == ["as"]


@pytest.mark.parametrize("options", [{"module": "twoo"}, {"drop_modules": ["twoo"]}])
def test_an_unknown_module_names_the_nearest(workspace: Workspace, options: dict[str, object]) -> None:
    workspace.module("entities: [B]\n", "two")
    assert workspace.error(**options).hint == "Did you mean two?"


def test_phases_add_up_and_the_later_wins(workspace: Workspace) -> None:
    workspace.entities(A={"id": ID, "b": {"type": "text"}, "late": {"type": "text", "phase": 2}})
    workspace.module("entities: [A]\nfields:\n  A: [{name: n, type: text, required: true}]\n")
    workspace.module("fields:\n  A: [{name: n, type: integer}, late]\n", phase=2)
    first, both = workspace.read(phase=1), workspace.read()
    assert (first.phase, both.phase) == (1, 2)
    assert [c.name for c in first.schema.table("as").in_order] == ["id", "n"]
    assert [c.name for c in both.schema.table("as").in_order] == ["id", "n", "late"]
    merged = both.schema.table("as").column("n")
    assert (merged.type, merged.nullable) == ("integer", False)


@pytest.mark.parametrize("phase", [1, 2])
def test_an_entity_without_a_list_takes_the_fields_of_its_phase(workspace: Workspace, phase: int) -> None:
    workspace.entities(A={"id": ID, "b": {"type": "text"}, "late": {"type": "text", "phase": 2}})
    workspace.module("entities: [A]\n", phase=phase)
    assert [c.name for c in workspace.table("as").in_order] == ["id", "b", "late"][: phase + 1]


def test_the_builder_s_dialect(workspace: Workspace) -> None:
    workspace.module(
        """module: {id: accounts-phase2, name: Accounts, phase: 2, version: 1.0.0, own: x}
entity:
  name: Account
  icon: user
  fields:
    - {name: title, type: string, required: true, constraints: {maxLength: 30}, widget: input}
    - {name: kind, type: enum, enum: Kind}
businessRules:
  enums: {Kind: [a, b]}
other: {}
""",
        "x",
        2,
    )
    wanted = workspace.read()
    assert (wanted.module_names, wanted.phase) == (("accounts",), 2)
    table = wanted.schema.table("accounts")
    assert (table.column("title").type, table.column("title").nullable) == ("character varying(30)", False)
    assert table.column("kind").type == "character varying(50)"


def test_warnings_have_the_contract_s_texts(workspace: Workspace) -> None:
    workspace.entities(A={"id": ID, "b": {"type": "string"}})
    workspace.module(
        "entities: [A, Ghost]\nfields:\n  A: [{name: b, type: integer}, {name: c}]\niteration: 7\n"
    )
    wanted = workspace.read()
    assert messages(wanted, "MISSING_ENTITY") == ["Entity 'Ghost' not found in BUSM model"]
    assert messages(wanted, "TYPE_MISMATCH") == [
        "Field 'b' type mismatch: module says integer, BUSM says string"
    ]
    assert [one.level for one in wanted.notices] == ["warning", "warning", "notice", "notice"]
    assert wanted.busm_updates == {
        "entities": {
            "A": {"fields": {"c": {"type": "string"}}},
            "Ghost": {"fields": {"id": {"type": "uuid", "primaryKey": True, "required": True}}},
        }
    }
    assert wanted.declared_iterations == (("m", 7),)


def test_a_null_default_takes_busm_s_back(workspace: Workspace) -> None:
    workspace.entities(
        A={"id": ID, "b": {"type": "integer", "default": 1}, "c": {"type": "integer", "default": 1}}
    )
    workspace.module("fields:\n  A: [{name: b, default: null}, c]\n")
    table = workspace.table("as")
    assert (table.column("b").default, table.column("c").default) == (None, "1")


def test_a_comment_keeps_the_iteration_that_made_the_table(workspace: Workspace) -> None:
    workspace.module("entities: [A]\n")
    workspace.generate()
    assert workspace.generate().schema.table("as").comment == "Created in iteration 1 for m module"


def test_files_called_otherwise_are_told(workspace: Workspace) -> None:
    workspace.module("entities: [A]\n")
    (workspace.root / MODULES / "b.yaml").write_text("module: b")
    assert len(messages(workspace.read(), "UNREAD_FILE")) == 1


def test_a_place_is_known_for_what_a_file_asks(workspace: Workspace) -> None:
    workspace.module("fields:\n  A:\n    - b\n")
    wanted = workspace.read()
    assert str(wanted.place("as", "b")) == f"{MODULES}/m-phase1.yaml:5:7"
    assert wanted.place("nope") is None
