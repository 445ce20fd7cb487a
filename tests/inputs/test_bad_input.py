"""Each bad input is refused with its file, line and a sentence, and without another library's exception."""

from __future__ import annotations

import os

import pytest

from dbgen.errors import InputError
from tests.inputs.workspaces import BUSM, ID, MODULES, Workspace, write

GOOD = "entities: [Account]\n"
MODULE = f"{MODULES}/m-phase1.yaml"
DEEP = 10_000

YAML = {
    "no mapping": ("- a\n", "expected a mapping", 1),
    "empty": ("", "expected a mapping", 1),
    "duplicate key": ("module: m\nphase: 1\nmodule: n\n", "stands twice", 3),
    "duplicate key in fields": ("module: m\nfields:\n  A: [x]\n  A: [y]\n", "stands twice", 4),
    "same entity in two styles": ("module: m\nentities: [AccountTag, account_tag]\n", "stands twice", 2),
    "same field in two styles": ("module: m\nfields:\n  A: [firstName, first_name]\n", "stands twice", 3),
    "python tag": ("module: !!python/object/apply:os.system [id]\n", "tag", 1),
    "custom tag": ("module: !secret x\n", "tag", 1),
    "truncated": ("module: m\nentities: [Account\n", "no whole YAML", 3),
    "control character": ("module: m\x07\n", "U+0007", 1),
    "alias to nothing": ("module: *x\n", "alias", 1),
    "alias to itself": ("module: m\nentities: &a [*a]\n", "alias", 2),
    "two documents": ("module: m\n---\nmodule: n\n", "one document", 2),
    "deep": ("module: m\nx-a: " + "[" * DEEP, "nest", 2),
    "deep blocks": ("module: m\nx-a:\n " + "- " * DEEP + "x\n", "nest", 3),
    "unknown key": ("module: m\nentitys: [Account]\n", 'Unknown key "entitys"', 2),
    "unknown key of a field": ("module: m\nfields:\n  A:\n    - {name: b, tpye: text}\n", '"tpye"', 4),
    "unknown key of a relationship": ("module: m\nrelationships:\n  - {from: A, to: B, on: x}\n", '"on"', 3),
    "empty name": ("module: m\nentities: ['']\n", "is empty", 2),
    "long name": (f"module: m\nentities: [{'A' * 64}]\n", "64 bytes", 2),
    "long column": (f"module: m\nfields:\n  A:\n    - {'b' * 64}\n", "64 bytes", 4),
    "control character in a name": ('module: m\nentities: ["A\\tB\\u0001"]\n', "control character", 2),
    "name that is a number": ("module: m\nentities: [12]\n", "a number", 2),
    "system column": ("module: m\nfields:\n  A:\n    - xmin\n", "system column", 4),
    "module that is a path": ("module: ../m\n", "not called like a path", 1),
    "module without a name": ("phase: 1\n", "module's name", 1),
    "phase that is none": ("module: m\nphase: two\n", "whole number", 2),
    "phase zero": ("module: m\nphase: 0\n", "whole number", 2),
    "required that is none": (
        "module: m\nfields:\n  A:\n    - {name: b, required: no}\n",
        "true or false",
        4,
    ),
    "relationship without an end": ("module: m\nrelationships:\n  - {from: A}\n", "to: expected", 3),
    "relationship of no kind": (
        "module: m\nrelationships:\n  - {from: A, to: B, type: many}\n",
        "many-to-one",
        3,
    ),
    "on delete of no kind": (
        "module: m\nrelationships:\n  - {from: A, to: B, onDelete: casade}\n",
        "cascade, restrict",
        3,
    ),
    "field list of an entity that is not listed": (
        "module: m\nentities: [Account]\nfields:\n  Acount: [x]\n",
        "not in entities",
        4,
    ),
    "no type": ("module: m\nfields:\n  A:\n    - {name: b, type: integr}\n", "knows no type", 4),
    "serial": ("module: m\nfields:\n  A:\n    - {name: b, type: SERIAL}\n", "identity", 4),
    "smuggled type": (
        "module: m\nfields:\n  A:\n    - {name: b, type: 'text; DROP TABLE x'}\n",
        "is not a type",
        4,
    ),
    "smuggled default": (
        "module: m\nfields:\n  A:\n    - {name: b, default: {sql: '1; DROP TABLE x'}}\n",
        "semicolon",
        4,
    ),
    "smuggled column": (
        "module: m\nfields:\n  A:\n    - {name: b, type: integer, default: {sql: '1, ADD COLUMN x int'}}\n",
        "comma",
        4,
    ),
    "smuggled backfill": ("module: m\nfields:\n  A:\n    - {name: b, backfill: 'c -- d'}\n", "comments", 4),
    "default that does not fit": (
        "module: m\nfields:\n  A:\n    - {name: b, type: integer, default: abc}\n",
        "does not fit INTEGER",
        4,
    ),
    "enum that is not there": ("module: m\nfields:\n  A:\n    - {name: b, enum: Nope}\n", "no enum Nope", 4),
}


@pytest.mark.parametrize("case", YAML)
def test_a_bad_module_is_refused_with_its_line(workspace: Workspace, case: str) -> None:
    text, expected, line = YAML[case]
    write(workspace.root, MODULE, text)
    error = workspace.error()
    assert (error.code, error.exit_status) == ("INPUT_INVALID", 2)
    assert expected in error.message
    assert error.place is not None
    assert (error.place.file, error.place.line) == (MODULE, line)


def test_an_alias_bomb_is_refused(workspace: Workspace) -> None:
    lines = ["x-0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    write(workspace.root, MODULE, "module: m\n" + "\n".join(lines))
    assert "aliases add" in workspace.error().message


def test_an_alias_is_read(workspace: Workspace) -> None:
    workspace.module("entities: [A, B]\nfields:\n  A: &own [code]\n  B: *own\n")
    assert {table.name for table in workspace.read().schema.tables} == {"as", "bs"}


def test_words_that_yaml_1_1_takes_for_booleans_stay_text(workspace: Workspace) -> None:
    workspace.module(
        "fields:\n  A:\n    - {name: no, type: text, default: on}\n"
        "    - {name: b, type: text, default: 007}\n"
    )
    table = workspace.table("as")
    assert table.column("no").default == "'on'"
    assert table.column("b").default == "'007'"


JSON = {
    "NaN": ('{"entities": {"A": {"description": "NaN",\n "fields": {"x": {"default": NaN}}}}}', "NaN", 2),
    "duplicate key": ('{"entities": {\n "A": {},\n "A": {}}}', "stands twice", 3),
    "truncated": ('{"entities": {\n', "no whole JSON", 2),
    "a list": ("[]", "expected a mapping", 1),
    "entities of no kind": ('{"entities": 1}', "a mapping or a list", 1),
    "fields of no kind": ('{"entities": {"A": {"fields": {\n"x": 1}}}}', "expected a mapping", 2),
    "same field in two styles": (
        '{"entities": {"A": {"fields": {"aB": {},\n"a_b": {}}}}}',
        "is the same as",
        2,
    ),
    "enum without values": ('{"enums": {\n"E": {}}}', "list of enum values", 2),
    "enum with a value twice": ('{"enums": {\n"E": {"values": ["a", "a"]}}}', "stands twice", 2),
    "enum default of another": (
        '{"enums": {\n"E": {"values": ["a"],\n"default": "b"}}}',
        "none of its values",
        3,
    ),
    "index of no field": (
        '{"entities": {"A": {"fields": {"x": {}}, "indexes": [\n{"fields": ["y"]}]}}}',
        "not there: y",
        2,
    ),
    "key of no field": ('{"entities": {"A": {"fields": {"x": {}},\n"primaryKey": "y"}}}', "not there: y", 2),
    "half a surrogate pair": ('{"entities": {"A": {\n"description": "\\ud800"}}}', "surrogate", 2),
    "half a pair in a field's name": (
        '{"entities": {"A": {"fields": {\n"x\\ud800": {"type": "string"}}}}}',
        "surrogate",
        2,
    ),
    "half a pair in an entity's name": ('{"entities": {\n"A\\ud800": {"fields": {}}}}', "surrogate", 2),
    "half a pair in an enum's name": ('{"enums": {\n"E\\ud800": {"values": ["a"]}}}', "surrogate", 2),
    "huge number": ('{"entities": {}, "x": ' + "1" * 5000 + "}", "cannot be read", None),
}


@pytest.mark.parametrize("case", JSON)
def test_a_bad_busm_is_refused_with_its_line(workspace: Workspace, case: str) -> None:
    text, expected, line = JSON[case]
    workspace.module(GOOD)
    write(workspace.root, BUSM, text)
    error = workspace.error()
    assert expected in error.message
    assert error.place is not None
    assert (error.code, error.place.file, error.place.line) == ("INPUT_INVALID", BUSM, line)


SAID_IN_BUSM = {
    "a system column": ("{}", '"ctid": {"type": "text"}', "system column"),
    "a target that is not there": ("{}", '"b": {"type": "uuid", "foreignKey": "A.nope"}', "nope"),
    "a target of another type": ("{}", '"b": {"type": "text", "foreignKey": "A.id"}', "type"),
    "a value that is too long for an enum": (
        "prototype: {rules: {enumStyle: native}}",
        f'"b": {{"type": "enum", "enum": ["{"é" * 32}"]}}',
        "64 bytes",
    ),
}


@pytest.mark.parametrize("case", SAID_IN_BUSM)
def test_what_busm_says_is_refused_there(workspace: Workspace, case: str) -> None:
    config, field, expected = SAID_IN_BUSM[case]
    write(workspace.root, "config/dbgen.yaml", config)
    workspace.module("entities: [A]\n")
    write(
        workspace.root,
        BUSM,
        f'{{"entities": {{"A": {{"fields": {{\n"id": {{"type": "uuid"}},\n{field}}}}}}}}}',
    )
    error = workspace.error()
    assert expected in error.message
    assert error.place is not None
    assert (error.code, error.place.file, error.place.line) == ("INPUT_INVALID", BUSM, 3)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_deep_busm_is_refused(workspace: Workspace, opening: str) -> None:
    workspace.module(GOOD)
    write(workspace.root, BUSM, opening * DEEP)
    assert workspace.error().code == "INPUT_INVALID"


def test_a_missing_busm_is_refused(workspace: Workspace) -> None:
    workspace.module(GOOD)
    (workspace.root / BUSM).unlink()
    error = workspace.error()
    assert "does not exist" in error.message
    assert error.place is not None
    assert error.place.file == BUSM


@pytest.mark.parametrize("content", [b"module: \xff\xfe\n", "module: m\n".encode("utf-16")])
def test_what_is_not_utf_8_is_refused(workspace: Workspace, content: bytes) -> None:
    write(workspace.root, MODULE, content)
    error = workspace.error()
    assert "not UTF-8" in error.message
    assert error.place is not None
    assert error.place.line == 1


def test_a_byte_order_mark_is_passed_over(workspace: Workspace) -> None:
    write(workspace.root, MODULE, b"\xef\xbb\xbfmodule: m\nentities: [Account]\n")
    assert workspace.read().module_names == ("m",)


def test_a_directory_in_place_of_a_file_is_refused(workspace: Workspace) -> None:
    (workspace.root / MODULE).mkdir(parents=True)
    assert "is a directory" in workspace.error().message


def test_a_pipe_is_refused_and_not_waited_for(workspace: Workspace) -> None:
    workspace.module(GOOD, "n")
    os.mkfifo(workspace.root / MODULE)
    assert "is no file" in workspace.error().message


@pytest.mark.parametrize("what", [MODULE, BUSM, MODULES])
def test_a_link_that_leads_out_is_refused(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory, what: str
) -> None:
    workspace.module(GOOD)
    outside = tmp_path_factory.mktemp("outside") / "thing"
    (workspace.root / what).rename(outside)
    (workspace.root / what).symlink_to(outside)
    with pytest.raises(InputError, match="leads out of the workspace") as raised:
        workspace.read()
    assert raised.value.exit_status == 2


def test_all_mistakes_of_all_files_are_reported(workspace: Workspace) -> None:
    workspace.module("entities: [Account]\ntypo: 1\nother: 2\n")
    workspace.module("nope: 1\n", "n")
    write(workspace.root, BUSM, '{"entities": 1}')
    places = [str(problem.place) for problem in workspace.error().problems]
    assert places == [f"{MODULE}:4:1", f"{MODULE}:5:1", f"{MODULES}/n-phase1.yaml:3:1", f"{BUSM}:1:2"]


def test_the_hint_names_the_nearest(workspace: Workspace) -> None:
    workspace.module("entitys: [Account]\n")
    error = workspace.error()
    assert error.hint == "Did you mean entities?"
    assert error.place is not None
    assert (error.place.column, error.place.text) == (1, "entitys: [Account]")


def test_hostile_names_that_postgresql_allows_are_kept(workspace: Workspace) -> None:
    workspace.entities(**{"A": {"id": ID}})
    workspace.module("fields:\n  A:\n    - 'x\";y'\n")
    assert workspace.table("as").has('x";y')


def test_no_module_at_all_is_refused(workspace: Workspace) -> None:
    assert "no module" in workspace.error().message
