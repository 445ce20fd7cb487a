"""`includeRLS`: which policies each table gets, what they are called, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from dbgen.model.schema import Policy, Schema
from tests.inputs.workspaces import CONFIG, ID, MODULES, Workspace, messages

USER = {"type": "uuid", "required": True, "foreignKey": "User.id"}
ORGANIZATION = {"type": "uuid", "required": True, "foreignKey": "Organization.id"}
MODULE = f"{MODULES}/m-phase1.yaml"
ME = "(SELECT auth.uid())"
MINE = "ANY (ARRAY(SELECT dbgen.tenants_of_user()))"
COMMANDS = ["DELETE", "INSERT", "SELECT", "UPDATE"]


def _entities(workspace: Workspace, more: str = "", /, **entities: dict[str, Any]) -> None:
    """BUSM's fields by entity; the module asks for all of them."""
    workspace.entities(**{name: {"id": ID, **fields} for name, fields in entities.items()})
    workspace.module(f"entities: [{', '.join(entities)}]\n{more}")


def _schema(workspace: Workspace, **rules: Any) -> Schema:
    workspace.rules(includeRLS=True, **rules)
    return workspace.read().schema


def _policies(schema: Schema, table: str) -> dict[str, Policy]:
    assert schema.table(table).row_security
    return {policy.command: policy for policy in schema.table(table).policies}


def _teams(**entities: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Tenants and who belongs to them, beside other entities."""
    membership = {"organizationId": ORGANIZATION, "userId": USER}
    return {"User": {}, "Organization": {}, "Membership": membership, **entities}


def test_an_owners_table(workspace: Workspace) -> None:
    _entities(workspace, User={}, Note={"authorId": USER})
    schema = _schema(workspace)
    found = _policies(schema, "notes")
    assert sorted(found) == COMMANDS
    own = f"author_id = {ME}"
    for command, policy in found.items():
        assert policy.name == f"notes_{command.lower()}_owner"
        assert policy.roles == ("authenticated",)
        assert policy.using == (None if command == "INSERT" else own)
        assert policy.check == (own if command in ("INSERT", "UPDATE") else None)
        assert policy.reads == (("notes", "author_id"),)
    assert schema.functions == ()


def test_a_user_owns_the_row_of_that_key(workspace: Workspace) -> None:
    _entities(workspace, User={})
    assert _policies(_schema(workspace), "users")["SELECT"].using == f"id = {ME}"


@pytest.mark.parametrize(
    ("fields", "rule", "owner"),
    [
        ({"a": {**USER, "owner": True}, "b": USER}, "b", "a"),
        ({"a": USER, "b": USER}, "b", "b"),
        ({"a": USER}, None, "a"),
        ({"a": {"type": "uuid", "foreignKey": "auth.users.id"}}, None, "a"),
        ({"a": USER, "b": {"type": "uuid", "owner": True}}, None, "b"),
        ({"a": {"type": "uuid"}}, None, None),
        ({"a": USER, "b": USER}, None, None),
    ],
)
def test_a_mark_goes_before_the_rule_and_the_rule_before_a_foreign_key(
    workspace: Workspace, fields: dict[str, Any], rule: str | None, owner: str | None
) -> None:
    _entities(workspace, User={}, Note=fields)
    found = _policies(_schema(workspace, **({"rlsOwner": rule} if rule else {})), "notes")
    assert {policy.reads for policy in found.values()} == ({(("notes", owner),)} if owner else set())


def test_users_need_no_table_of_their_own(workspace: Workspace) -> None:
    _entities(workspace, Note={"authorId": USER})
    assert _policies(_schema(workspace), "notes")["SELECT"].using == f"author_id = {ME}"


def test_what_belongs_to_an_entity_without_a_table_is_closed(workspace: Workspace) -> None:
    parent = {"noteId": {"type": "uuid", "foreignKey": "Note.id", "owner": True}}
    workspace.entities(Note={"id": ID, "authorId": USER}, Item={"id": ID, **parent})
    workspace.module("entities: [Item]\n")
    assert _policies(_schema(workspace), "items") == {}
    workspace.module("entities: [Item, Note]\n")
    assert sorted(_policies(_schema(workspace), "items")) == COMMANDS


def test_two_fields_that_reference_users_are_said_to_be_unclear(workspace: Workspace) -> None:
    _entities(workspace, User={}, Note={"a": USER, "b": USER})
    workspace.rules(includeRLS=True)
    (said,) = messages(workspace.read(), "UNCLEAR_OWNER")
    assert "a, b" in said


def test_members_of_a_tenant(workspace: Workspace) -> None:
    _entities(workspace, "tenant: organization_id\n", **_teams(Project={"organizationId": ORGANIZATION}))
    schema = _schema(workspace)
    found = _policies(schema, "projects")
    assert sorted(found) == COMMANDS
    assert {policy.using or policy.check for policy in found.values()} == {f"organization_id = {MINE}"}
    assert sorted(_policies(schema, "organizations")) == ["SELECT", "UPDATE"]
    assert sorted(_policies(schema, "memberships")) == ["SELECT"]
    (function,) = schema.functions
    assert (function.name, function.returns, function.definer) == ("tenants_of_user", "SETOF uuid", True)
    assert (function.execute, function.tables) == (("authenticated",), ("memberships",))
    assert f"FROM public.memberships AS m WHERE m.user_id = {ME}" in function.body


def test_owner_and_tenant_share_one_policy(workspace: Workspace) -> None:
    task = {"organizationId": ORGANIZATION, "authorId": {**USER, "owner": True}}
    _entities(workspace, "tenant: organization_id\n", **_teams(Task=task))
    found = _policies(_schema(workspace), "tasks")
    assert found["SELECT"].using == f"(author_id = {ME} OR organization_id = {MINE})"
    assert found["INSERT"].check == f"author_id = {ME} AND organization_id = {MINE}"
    assert found["UPDATE"].check == f"organization_id = {MINE}"


def test_who_is_assigned_in_a_tenant_owns_nothing(workspace: Workspace) -> None:
    task = {"organizationId": ORGANIZATION, "assigneeId": USER}
    _entities(workspace, "tenant: organization_id\n", **_teams(Task=task))
    assert _policies(_schema(workspace), "tasks")["SELECT"].using == f"organization_id = {MINE}"


def test_the_membership_may_be_a_table_between(workspace: Workspace) -> None:
    workspace.busm(
        {
            "entities": {
                name: {"fields": {"id": ID, **fields}}
                for name, fields in {
                    "User": {},
                    "Team": {},
                    "Project": {"teamId": {"type": "uuid", "foreignKey": "Team.id"}},
                }.items()
            },
            "relationships": {"members": {"type": "many-to-many", "from": "Team", "to": "User"}},
        }
    )
    workspace.module("entities: [User, Team, Project]\n")
    schema = _schema(workspace, rlsTenant="teamId", rlsMembership="team_users")
    assert "FROM public.team_users AS m WHERE m.user_id" in schema.functions[0].body
    assert _policies(schema, "teams")["SELECT"].using == f"id = {MINE}"
    assert sorted(_policies(schema, "team_users")) == ["SELECT"]


@pytest.mark.parametrize(
    ("ends", "commands"),
    [
        (("Note", "Country"), COMMANDS),
        (("Country", "Language"), ["SELECT"]),
        (("Note", "Secret"), []),
    ],
)
def test_a_table_between_is_seen_with_both_ends_and_changed_with_one(
    workspace: Workspace, ends: tuple[str, str], commands: list[str]
) -> None:
    names = {"User": {}, "Note": {"authorId": USER}, "Country": {}, "Language": {}, "Secret": {}}
    workspace.busm(
        {
            "entities": {name: {"fields": {"id": ID, **fields}} for name, fields in names.items()},
            "relationships": {"x": {"type": "many-to-many", "from": ends[0], "to": ends[1], "through": "x"}},
        }
    )
    access = "access: {Country: reference, Language: reference}\n"
    workspace.module(f"entities: [{', '.join(names)}]\n{access}")
    found = _policies(_schema(workspace), "x")
    assert sorted(found) == commands
    for policy in found.values():
        assert (policy.using or policy.check or "").count("EXISTS") == 2


def test_a_parents_rows_are_reached_through_it(workspace: Workspace) -> None:
    item = {"noteId": {"type": "uuid", "foreignKey": "Note.id", "owner": True}}
    detail = {"itemId": {"type": "uuid", "foreignKey": "Item.id", "owner": True}}
    _entities(workspace, User={}, Note={"authorId": USER}, Item=item, Detail=detail)
    schema = _schema(workspace)
    seen = "EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id)"
    assert _policies(schema, "items")["SELECT"].using == seen
    assert sorted(_policies(schema, "details")) == COMMANDS
    assert ("items", "id") in _policies(schema, "details")["SELECT"].reads


def test_a_parent_that_others_read_is_changed_by_its_owner_alone(workspace: Workspace) -> None:
    declared = "policies: [{entity: Note, name: all_read, for: select, using: 'true'}]\n"
    item = {"noteId": {"type": "uuid", "foreignKey": "Note.id", "owner": True}}
    detail = {"itemId": {"type": "uuid", "foreignKey": "Item.id", "owner": True}}
    _entities(workspace, declared, User={}, Note={"authorId": USER}, Item=item, Detail=detail)
    schema = _schema(workspace)
    items = _policies(schema, "items")
    there = "EXISTS (SELECT 1 FROM public.notes AS e WHERE e.id = items.note_id"
    assert items["SELECT"].using == f"{there})"
    assert items["INSERT"].check == items["DELETE"].using == f"{there} AND e.author_id = {ME})"
    assert sorted(_policies(schema, "details")) == ["SELECT"]


def test_a_table_is_not_taken_for_its_parent(workspace: Workspace) -> None:
    item = {"id": ID, "noteId": {"type": "uuid", "foreignKey": "Note.id", "owner": True}}
    note = {"fields": {"id": ID, "authorId": USER}}
    workspace.busm({"entities": {"Note": note, "Item": {"tableName": "e", "fields": item}}})
    workspace.module("entities: [Note, Item]\n")
    seen = _policies(_schema(workspace), "e")["SELECT"].using
    assert seen == "EXISTS (SELECT 1 FROM public.notes AS f WHERE f.id = e.note_id)"


def test_reference_and_closed(workspace: Workspace) -> None:
    _entities(
        workspace, "access: {Country: reference, Log: closed}\n", User={}, Country={}, Log={"a": USER}, Odd={}
    )
    schema = _schema(workspace)
    (policy,) = schema.table("countries").policies
    assert (policy.name, policy.command, policy.using) == ("countries_select_reference", "SELECT", "true")
    for table in ("logs", "odds"):
        assert schema.table(table).row_security
        assert schema.table(table).policies == ()


@pytest.mark.parametrize("include", ["none", "basic", "full"])
def test_what_policies_compare_has_one_index(workspace: Workspace, include: str) -> None:
    note = {"authorId": {"type": "uuid", "owner": True}}
    card = {"authorId": {"type": "uuid", "owner": True, "unique": True}}
    _entities(workspace, User={}, Note=note, Card=card)
    schema = _schema(workspace, includeIndexes=include)
    assert [index.columns for index in schema.table("notes").indexes] == [("author_id",)]
    assert schema.table("cards").indexes == ()


@pytest.mark.parametrize(
    ("identity", "kind", "written"),
    [
        ("auth.uid", "uuid", "(SELECT auth.uid())"),
        ("auth.uid", "text", "(SELECT auth.uid())::text"),
        ("auth.uid", "VARCHAR(36)", "(SELECT auth.uid())::text"),
        ("app.user_id", "uuid", "NULLIF((SELECT current_setting('app.user_id', true)), '')::uuid"),
        ("app.user_id", "text", "NULLIF((SELECT current_setting('app.user_id', true)), '')"),
        ("app.user_id", "bigint", "NULLIF((SELECT current_setting('app.user_id', true)), '')::bigint"),
    ],
)
def test_who_asks(workspace: Workspace, identity: str, kind: str, written: str) -> None:
    _entities(workspace, Note={"author": {"type": kind, "owner": True}})
    schema = _schema(workspace, rlsIdentity=identity)
    assert _policies(schema, "notes")["SELECT"].using == f"author = {written}"


def test_a_modules_policy_stands_in_the_place_of_the_rules(workspace: Workspace) -> None:
    declared = (
        "policies:\n"
        "  - {entity: Note, name: public_notes, for: select, to: [anon, authenticated], using: is_public}\n"
        "  - {entity: Tag, name: editors, to: editor, using: 'true', check: label <> ''}\n"
    )
    note = {"authorId": USER, "isPublic": {"type": "boolean"}}
    tag = {"authorId": USER, "label": {"type": "text"}}
    _entities(workspace, declared, User={}, Note=note, Tag=tag)
    schema = _schema(workspace)
    assert sorted(policy.name for policy in schema.table("notes").policies) == [
        "notes_delete_owner",
        "notes_insert_owner",
        "notes_update_owner",
        "public_notes",
    ]
    assert _policies(schema, "notes")["SELECT"].reads == (("notes", "is_public"),)
    assert len(schema.table("tags").policies) == 5


def test_what_a_policy_reads_elsewhere(workspace: Workspace) -> None:
    using = "EXISTS (SELECT FROM users WHERE users.id = notes.author_id AND name = 'x')"
    declared = f'policies: [{{entity: Note, name: p, for: select, using: "{using}"}}]\n'
    _entities(workspace, declared, User={"name": {"type": "text"}}, Note={"authorId": USER})
    reads = _policies(_schema(workspace), "notes")["SELECT"].reads
    assert set(reads) >= {("users", "id"), ("users", "name"), ("notes", "author_id")}


def test_the_order_of_the_inputs_changes_nothing(workspace: Workspace) -> None:
    entities = _teams(Project={"organizationId": ORGANIZATION}, Note={"authorId": USER})
    _entities(workspace, "tenant: organization_id\n", **entities)
    first = _schema(workspace)
    _entities(workspace, "tenant: organization_id\n", **dict(reversed(entities.items())))
    second = _schema(workspace)
    for table in first.tables:
        assert second.table(table.name).policies == table.policies
        assert second.table(table.name).indexes == table.indexes


def test_a_part_that_is_not_read_keeps_its_marks(workspace: Workspace) -> None:
    workspace.entities(User={"id": ID}, Note={"id": ID, "authorId": USER}, Other={"id": ID})
    workspace.module("entities: [User, Note]\naccess: {Note: closed}\n", "a")
    workspace.module(
        "entities: [Other]\npolicies: [{entity: Note, name: p, for: select, using: 'true'}]\n", "b"
    )
    workspace.generate()
    workspace.rules(includeRLS=True)
    (policy,) = workspace.read(module="a").schema.table("notes").policies
    assert policy.name == "p"
    assert workspace.read(module="b").schema.table("users").row_security


BAD: dict[str, tuple[str, dict[str, dict[str, Any]], dict[str, Any], str, str]] = {
    "two owners": (
        "",
        {"Note": {"a": {"type": "uuid", "owner": True}, "b": {"type": "uuid", "owner": True}}},
        {},
        "two fields marked owner: a and b",
        MODULE,
    ),
    "two tenants": (
        "",
        {"Note": {"a": {"type": "uuid", "tenant": True}, "b": {"type": "uuid", "tenant": True}}},
        {},
        "two fields marked tenant",
        MODULE,
    ),
    "an owner that cannot be one": (
        "",
        {"Note": {"a": {"type": "bigint", "owner": True}}},
        {},
        "BIGINT, and auth.uid is no such value",
        MODULE,
    ),
    "a tenant without membership": (
        "",
        {"Note": {"a": {"type": "uuid", "tenant": True}}},
        {},
        "notes.a names a tenant, and there is no entity Membership",
        MODULE,
    ),
    "a membership that is not there": (
        "",
        {"Note": {"a": {"type": "uuid", "tenant": True}}},
        {"rlsMembership": "Members"},
        "rlsMembership names Members",
        CONFIG,
    ),
    "an owner that nobody has": ("", {"Note": {}}, {"rlsOwner": "ownerId"}, "rlsOwner names ownerId", CONFIG),
    "a tenant that nobody has": ("", {"Note": {}}, {"rlsTenant": "team"}, "rlsTenant names team", CONFIG),
    "a membership without a user": (
        "tenant: organization_id\n",
        {"Organization": {}, "Membership": {"organizationId": ORGANIZATION}},
        {},
        "none of its fields references User",
        MODULE,
    ),
    "tenants of two types": (
        "tenant: organization_id\n",
        _teams(Note={"organizationId": {"type": "text"}}),
        {},
        "TEXT, and memberships.organization_id is UUID",
        MODULE,
    ),
    "two kinds of tenant": (
        "",
        _teams(Team={}, Note={"teamId": {"type": "uuid", "foreignKey": "Team.id", "tenant": True}}),
        {"rlsTenant": "organization_id"},
        "there is one kind of tenant",
        MODULE,
    ),
    "a reference with an owner": (
        "access: {Note: reference}\n",
        {"Note": {"a": {"type": "uuid", "owner": True}}},
        {},
        "access says that notes is reference",
        MODULE,
    ),
    "its own owner": (
        "",
        {"Note": {"parentId": {"type": "uuid", "foreignKey": "Note.id", "owner": True}}},
        {},
        "the owner is notes again",
        MODULE,
    ),
    "a parent and a tenant": (
        "",
        _teams(
            Item={
                "noteId": {"type": "uuid", "foreignKey": "Note.id", "owner": True},
                "organizationId": {**ORGANIZATION, "tenant": True},
            },
            Note={},
        ),
        {},
        "says nothing: mark one of them",
        MODULE,
    ),
    "a policy for nothing": (
        "policies: [{entity: Nota, name: p, using: 'true'}]\n",
        {"Note": {}},
        {},
        "A policy is for Nota",
        MODULE,
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_contradiction_is_refused_with_its_place(workspace: Workspace, case: str) -> None:
    more, entities, rules, expected, file = BAD[case]
    _entities(workspace, more, **entities)
    workspace.rules(includeRLS=True, **rules)
    problem = next(one for one in workspace.error().problems if expected in one.message)
    assert problem.place is not None
    assert problem.place.file == file
    assert problem.place.line is not None


def test_two_modules_declare_one_policy_the_same_way(workspace: Workspace) -> None:
    workspace.entities(Note={"id": ID})
    policy = "entities: [Note]\npolicies: [{entity: Note, name: p, for: select, using: 'id is %s null'}]\n"
    workspace.module(policy % "not", "a")
    workspace.module(policy % "not", "b")
    (one,) = _schema(workspace).table("notes").policies
    assert one.name == "p"
    workspace.module(policy % "", "b")
    assert "declare different policies p" in workspace.error().message
