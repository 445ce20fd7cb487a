"""What modules and BUSM say about whose rows are whose is read, kept, and refused with its line."""

from __future__ import annotations

import pytest

from dbgen.model.requests import FieldRequest, ModuleRequest, PolicyRequest
from tests.inputs.workspaces import ID, MODULES, Workspace, messages

NOTE = {"id": ID, "ownerId": {"type": "uuid", "owner": True}, "teamId": {"type": "uuid"}}


def _field(requests: tuple[ModuleRequest, ...], entity: str, column: str) -> FieldRequest:
    (found,) = [
        wish
        for request in requests
        for one in request.entities
        for wish in one.fields
        if (one.entity, wish.column.name) == (entity, column)
    ]
    return found


def test_marks_are_kept_whatever_the_rules_say(workspace: Workspace) -> None:
    workspace.entities(Note=NOTE, Tag={"id": ID})
    workspace.module(
        "tenant: team_id\nentities: [Note, Tag]\naccess: {Tag: reference}\n"
        "policies: [{entity: note, name: all_see, for: select, to: [anon, authenticated], using: true}]\n"
    )
    (request,) = workspace.read().modules
    assert _field((request,), "Note", "owner_id").owner
    assert _field((request,), "Note", "team_id").tenant
    assert not _field((request,), "Note", "id").owner
    assert {one.entity: one.access for one in request.entities} == {"Note": None, "Tag": "reference"}
    assert request.policies == (
        PolicyRequest("Note", "all_see", "SELECT", ("anon", "authenticated"), "true"),
    )


def test_a_mark_of_the_field_goes_before_the_modules_tenant(workspace: Workspace) -> None:
    workspace.entities(Note={"id": ID, "a": {"type": "uuid", "tenant": True}, "b": {"type": "uuid"}})
    workspace.module("tenant: b\nentities: [Note]\n")
    requests = workspace.read().modules
    assert [_field(requests, "Note", name).tenant for name in ("a", "b")] == [True, False]


def test_the_module_goes_before_busm(workspace: Workspace) -> None:
    entity = {"access": "reference", "fields": NOTE}
    workspace.busm({"entities": {"Note": entity, "Other": {"access": "read-only", "fields": {"id": ID}}}})
    workspace.module(
        "entities: [Note, Other]\naccess: {Note: closed}\nfields: {Note: [{name: owner_id, owner: false}]}\n"
    )
    (request,) = workspace.read().modules
    assert [one.access for one in request.entities] == ["closed", None]
    assert not _field((request,), "Note", "owner_id").owner


def test_what_busm_calls_an_owner_may_be_a_person(workspace: Workspace) -> None:
    workspace.entities(Note={"id": ID, "text": {"type": "text", "owner": "the sales team"}})
    workspace.module("entities: [Note]\n")
    assert not _field(workspace.read().modules, "Note", "text").owner


def test_two_modules_agree_about_access(workspace: Workspace) -> None:
    workspace.entities(Note={"id": ID})
    workspace.module("entities: [Note]\naccess: {Note: closed}\n", "a")
    workspace.module("entities: [Note]\naccess: {Note: reference}\n", "b")
    assert "different access to Note (closed and reference)" in workspace.error().message


def test_a_policy_waits_for_the_rule(workspace: Workspace) -> None:
    workspace.entities(Note={"id": ID})
    workspace.module("entities: [Note]\npolicies: [{entity: Note, name: p, for: select, using: 'true'}]\n")
    wanted = workspace.read()
    (said,) = messages(wanted, "POLICY_WAITS")
    assert "includeRLS" in said
    assert wanted.schema.table("notes").policies == ()


def test_a_renamed_column_is_renamed_in_the_policies_of_a_module_that_is_not_read(
    workspace: Workspace,
) -> None:
    workspace.entities(Note={"id": ID, "body": {"type": "text"}})
    workspace.module("entities: [Note]\npolicies: [{entity: Note, name: p, using: body <> 'body'}]\n", "a")
    workspace.module("entities: [Note]\n", "b")
    workspace.generate()
    workspace.module(
        "entities: [Note]\nfields: {Note: [{name: content, renamed_from: body, type: text}]}\n", "b"
    )
    first, _ = workspace.read(module="b").modules
    assert first.policies[0].using == "content <> 'body'"


POLICY = "module: m\nentities: [Note]\npolicies:\n  - "
BAD = {
    "no list": ("module: m\npolicies: {a: b}\n", "expected a list", 2),
    "no mapping": (POLICY + "x\n", "expected a policy", 4),
    "no entity": (POLICY + "{name: p, using: a}\n", "entity: expected a name", 4),
    "no name": (POLICY + "{entity: Note, using: a}\n", "name: expected a name", 4),
    "long name": (POLICY + f"{{entity: Note, name: {'p' * 64}, using: a}}\n", "64 bytes", 4),
    "unknown key": (POLICY + "{entity: Note, name: p, using: a, chek: b}\n", 'Unknown key "chek"', 4),
    "unknown command": (POLICY + "{entity: Note, name: p, for: read, using: a}\n", "select, insert", 4),
    "no role": (POLICY + "{entity: Note, name: p, to: 3, using: a}\n", "role's name", 4),
    "no expression": (POLICY + "{entity: Note, name: p, using: [a]}\n", "SQL expression", 4),
    "two expressions": (POLICY + "{entity: Note, name: p, using: 'a, b'}\n", "one expression", 4),
    "two statements": (
        POLICY + "{entity: Note, name: p, using: 'true; drop table x'}\n",
        "one expression",
        4,
    ),
    "smuggled check": (POLICY + "{entity: Note, name: p, using: 'a) with check (b'}\n", "closes nothing", 4),
    "select without using": (POLICY + "{entity: Note, name: p, for: select}\n", "needs `using`", 4),
    "insert without check": (POLICY + "{entity: Note, name: p, for: insert}\n", "needs `check`", 4),
    "insert with using": (
        POLICY + "{entity: Note, name: p, for: insert, using: a, check: a}\n",
        "takes no `using`",
        4,
    ),
    "delete with check": (
        POLICY + "{entity: Note, name: p, for: delete, using: a, check: a}\n",
        "takes no `check`",
        4,
    ),
    "twice": (
        POLICY + "{entity: Note, name: p, using: a}\n  - {entity: note, name: p, using: b}\n",
        "twice",
        5,
    ),
    "access of no kind": ("module: m\nentities: [Note]\naccess: {Note: referense}\n", "reference, closed", 3),
    "access of no entity": ("module: m\nentities: [Note]\naccess: {Not: closed}\n", "not in entities", 3),
    "access no mapping": ("module: m\naccess: [Note]\n", "expected a mapping", 2),
    "tenant no name": ("module: m\ntenant: [a]\n", "a field's name", 2),
    "tenant of no entity": ("module: m\nentities: [Note]\ntenant: team\n", "no entity of the module has", 3),
    "owner no mark": ("module: m\nfields:\n  Note:\n    - {name: a, owner: x}\n", "true or false", 4),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_guard_is_refused_with_its_line(workspace: Workspace, case: str) -> None:
    text, expected, line = BAD[case]
    workspace.entities(Note={"id": ID})
    workspace.module(text)
    error = workspace.error()
    (problem,) = error.problems
    assert expected in problem.message
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == (f"{MODULES}/m-phase1.yaml", line)
