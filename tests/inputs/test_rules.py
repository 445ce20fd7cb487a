"""What includeAudit and includeSoftDelete make of the inputs, and what they refuse."""

from __future__ import annotations

import pytest

from dbgen.model.schema import Schema
from tests.inputs.workspaces import ID, Workspace, messages

STAMPS = ["created_at", "created_by", "updated_at", "updated_by"]


def _triggers(schema: Schema) -> dict[str, list[str]]:
    return {table.name: [trigger.name for trigger in table.triggers] for table in schema.tables}


def _tags(workspace: Workspace) -> None:
    """Two entities and a table between them."""
    relation = {"type": "many-to-many", "from": "Note", "to": "Tag"}
    entities = {name: {"fields": {"id": ID, "word": {"type": "string"}}} for name in ("Note", "Tag")}
    workspace.busm({"entities": entities, "relationships": {"Note.tags": relation}})
    workspace.module("entities: [Note, Tag]")


def test_each_entity_gets_columns_and_each_table_is_logged(workspace: Workspace) -> None:
    _tags(workspace)
    workspace.rules(includeAudit=True, includeSoftDelete=True)
    schema = workspace.read().schema
    assert _triggers(schema) == {
        "audit_log": [],
        "note_tags": ["dbgen_audit"],
        "notes": ["dbgen_audit", "dbgen_soft_delete", "dbgen_stamp"],
        "tags": ["dbgen_audit", "dbgen_soft_delete", "dbgen_stamp"],
    }
    added = ["created_at", "updated_at", "created_by", "updated_by", "deleted_at"]
    assert [c.name for c in schema.table("notes").in_order] == ["id", "word", *added]
    assert [c.name for c in schema.table("note_tags").in_order] == ["note_id", "tag_id"]
    assert schema.table("audit_log").grants == ()
    assert all(one.comment and one.execute == () for one in schema.functions)


@pytest.mark.parametrize("rule", ["includeAudit", "includeSoftDelete"])
def test_a_rule_adds_its_own_only(workspace: Workspace, rule: str) -> None:
    _tags(workspace)
    workspace.rules(**{rule: True})
    schema = workspace.read().schema
    audit = rule == "includeAudit"
    assert schema.has("audit_log") is audit
    assert schema.table("notes").has("created_by") is audit
    assert schema.table("notes").has("deleted_at") is not audit
    names = [one.name for one in schema.functions]
    assert names == (
        ["actor", "audit", "prune_audit_log", "stamp"] if audit else ["restore_row", "soft_delete"]
    )


def test_columns_stay_where_they_are(workspace: Workspace) -> None:
    """What is added after the rule was turned on comes after its columns, as in the database."""
    workspace.entities(Note={"id": ID, "word": {"type": "string"}, "more": {"type": "string"}})
    workspace.module("entities: [Note]\nfields: {Note: [id, word]}")
    workspace.rules(includeSoftDelete=True)
    workspace.generate()
    workspace.module("entities: [Note]\nfields: {Note: [id, more, word]}")
    assert [c.name for c in workspace.table("notes").in_order] == ["id", "word", "deleted_at", "more"]


def test_names_follow_the_patterns(workspace: Workspace) -> None:
    _tags(workspace)
    workspace.rules(
        includeAudit=True,
        includeSoftDelete=True,
        columnNamePattern="camelCase",
        tableNamePattern="PascalCase",
    )
    schema = workspace.read().schema
    assert schema.table("Notes").has("createdBy")
    assert schema.table("Notes").has("deletedAt")
    assert schema.table("AuditLog").has("tableName")
    bodies = "".join(one.body for one in schema.functions)
    assert 'NEW."createdBy"' in bodies
    assert "created_by" not in bodies
    assert "{{" not in bodies


def test_columns_that_are_asked_for_are_used(workspace: Workspace) -> None:
    own = {
        "createdAt": {"type": "TIMESTAMP", "required": True, "description": "Ours"},
        "createdBy": {"type": "string"},
        "deletedAt": {"type": "datetime"},
    }
    workspace.entities(Note={"id": ID, **own})
    workspace.module("entities: [Note]")
    workspace.rules(includeAudit=True, includeSoftDelete=True)
    table = workspace.table("notes")
    assert [c.name for c in table.columns if c.name in STAMPS] == STAMPS
    assert table.column("created_at").type == "timestamp without time zone"
    assert table.column("created_at").comment == "Ours"
    assert table.column("created_by").type == "character varying(255)"
    assert [trigger.name for trigger in table.triggers] == ["dbgen_audit", "dbgen_soft_delete", "dbgen_stamp"]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("createdAt: {type: date}", "created_at is date"),
        ("updatedBy: {type: integer}", "updated_by is integer"),
        ("createdBy: {type: VARCHAR(35)}", "created_by is character varying(35)"),
        ("deletedAt: {type: boolean}", "deleted_at is boolean"),
        ("deletedAt: {type: datetime, required: true}", "deleted_at is required"),
        ("deletedAt: {type: datetime, default: now()}", "deleted_at is required or has a default"),
    ],
)
def test_columns_that_cannot_serve_are_refused(workspace: Workspace, field: str, said: str) -> None:
    name, _, rest = field.partition(": ")
    workspace.module(
        f"entities: [Note]\nfields:\n  Note:\n    - id\n    - {{name: {name}, {rest.strip('{}')}}}\n"
    )
    workspace.rules(includeAudit=True, includeSoftDelete=True)
    error = workspace.error()
    assert error.code == "INPUT_INVALID"
    (problem,) = error.problems
    assert said in problem.message
    assert problem.place is not None
    assert problem.place.line == 7
    workspace.rules()
    assert workspace.table("notes")


def test_the_logs_name_is_taken(workspace: Workspace) -> None:
    workspace.module("entities: [AuditLog]\nfields: {AuditLog: [id]}")
    workspace.busm({"entities": {"AuditLog": {"tableName": "audit_log", "fields": {"id": ID}}}})
    assert workspace.table("audit_log").columns
    workspace.rules(includeAudit=True)
    (problem,) = workspace.error().problems
    assert problem.message == "The table audit_log is includeAudit's own"
    assert problem.place is not None
    assert problem.place.line == 3


def test_marked_fields_are_masked(workspace: Workspace) -> None:
    """Marked by BUSM or by any module; the mark of a module that is not read again is kept."""
    workspace.entities(
        Note={"id": ID, "pin": {"type": "string", "sensitive": True}, "card": {"type": "string"}}
    )
    workspace.module("entities: [Note]\nfields: {Note: [id, pin, card]}", "first")
    workspace.module("entities: [Note]\nfields: {Note: [id, {name: card, sensitive: true}]}", "second")
    workspace.rules(includeAudit=True)

    def masked(**options: str) -> tuple[str, ...]:
        triggers = workspace.read(**options).schema.table("notes").triggers
        return next(one.arguments for one in triggers if one.name == "dbgen_audit")

    assert masked() == ('{"id"}', '{"pin","card"}')
    workspace.generate()
    assert masked(module="first") == ('{"id"}', '{"pin","card"}')
    workspace.module("entities: [Note]\nfields: {Note: [id, {name: pin, sensitive: false}, card]}", "first")
    workspace.module("entities: [Note]\nfields: {Note: [id, card]}", "second")
    assert masked() == ('{"id"}', "{}")


def test_a_mark_is_true_or_false(workspace: Workspace) -> None:
    workspace.entities(Note={"id": ID, "pin": {"type": "string", "sensitive": "yes"}})
    workspace.module("entities: [Note]")
    (problem,) = workspace.error().problems
    assert problem.message == "sensitive: expected true or false"


def test_turning_soft_delete_off_is_told(workspace: Workspace) -> None:
    _tags(workspace)
    workspace.rules(includeSoftDelete=True)
    assert messages(workspace.generate(), "DELETED_ROWS_SHOWN") == []
    workspace.rules()
    (told,) = messages(workspace.generate(), "DELETED_ROWS_SHOWN")
    assert told.endswith("become visible in notes, tags")
    assert messages(workspace.generate(), "DELETED_ROWS_SHOWN") == []
