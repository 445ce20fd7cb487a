"""Foreign keys, tables between entities, and diagrams."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inputs.workspaces import ID, Workspace, messages, write

REF = {"type": "uuid"}


def names(things: Any) -> list[str]:
    return [one.name for one in things]


def test_the_same_key_said_three_times_is_one_constraint(workspace: Workspace) -> None:
    workspace.busm(
        {
            "entities": {
                "Account": {"fields": {"id": ID}},
                "Contact": {"fields": {"id": ID, "accountId": {**REF, "foreignKey": "Account.id"}}},
            },
            "relationships": {
                "x": {
                    "type": "one-to-many",
                    "from": "Account",
                    "to": "Contact",
                    "foreignKey": "accountId",
                    "cascade": "delete",
                }
            },
        }
    )
    workspace.module(
        "entities: [Account, Contact]\nrelationships: [{from: Contact, to: Account, field: account_id}]\n"
    )
    table = workspace.table("contacts")
    (key,) = table.foreign_keys
    assert (key.name, key.target, key.on_delete) == ("fk_contacts_account_id", "accounts", "CASCADE")
    assert names(table.indexes) == ["idx_contacts_account_id"]


def test_a_key_to_a_table_that_is_not_there_is_a_plain_column_for_now(workspace: Workspace) -> None:
    workspace.entities(Account={"id": ID, "ownerId": {**REF, "foreignKey": "User.id"}}, User={"id": ID})
    workspace.module("entities: [Account]\n")
    wanted = workspace.generate()
    assert wanted.schema.table("accounts").foreign_keys == ()
    assert len(messages(wanted, "MISSING_TARGET")) == 1
    workspace.module("entities: [User]\n", "users")
    (key,) = workspace.table("accounts", module="users").foreign_keys
    assert key.target == "users"


def test_both_sides_have_one_type(workspace: Workspace) -> None:
    workspace.entities(
        Account={"id": ID}, Contact={"id": ID, "accountId": {"type": "integer", "foreignKey": "Account"}}
    )
    workspace.module("entities: [Account, Contact]\n")
    assert "both sides" in workspace.error().message


@pytest.mark.parametrize("unique", [True, False])
def test_a_key_to_a_column_that_is_no_key(workspace: Workspace, unique: bool) -> None:
    code = {"type": "text", "unique": unique}
    workspace.entities(
        A={"id": ID, "code": code}, B={"id": ID, "aCode": {"type": "text", "foreignKey": "A.code"}}
    )
    workspace.module("entities: [A, B]\n")
    if unique:
        assert workspace.table("bs").foreign_keys[0].target_columns == ("code",)
    else:
        assert "neither a primary key nor unique" in workspace.error().message


def test_auth_users(workspace: Workspace) -> None:
    workspace.module(
        "fields:\n  A: [{name: b, foreignKey: auth.users.id}]\nrelationships: [{from: A, to: auth.users}]\n"
    )
    keys = workspace.table("as").foreign_keys
    assert [(k.columns, k.target_schema, k.target, k.target_columns) for k in keys] == [
        (("b",), "auth", "users", ("id",)),
        (("user_id",), "auth", "users", ("id",)),
    ]


def test_many_to_many_comes_when_both_ends_are_there(workspace: Workspace) -> None:
    fields = {"id": ID}
    workspace.busm(
        {
            "entities": {"Account": {"fields": fields}, "Tag": {"fields": fields}},
            "relationships": {
                "a": {"type": "many-to-many", "from": "Account", "to": "Tag"},
                "b": {"type": "many-to-many", "from": "Tag", "to": "Tag", "throughTable": "links"},
            },
        }
    )
    workspace.module("entities: [Account]\n")
    assert names(workspace.generate().schema.tables) == ["accounts"]
    workspace.module("entities: [Account, Tag]\n")
    schema = workspace.generate().schema
    assert names(schema.tables) == ["account_tags", "accounts", "links", "tags"]
    between = schema.table("account_tags")
    assert between.primary_key is not None
    assert between.primary_key.columns == ("account_id", "tag_id")
    assert [(k.target, k.on_delete) for k in between.foreign_keys] == [
        ("accounts", "CASCADE"),
        ("tags", "CASCADE"),
    ]
    assert names(between.indexes) == ["idx_account_tags_tag_id"]
    assert between.comment == "Created in iteration 2 for m module"
    assert names(schema.table("links").in_order) == ["tag_id", "related_tag_id"]


MERMAID = """---
title: x
---
erDiagram
    %% a comment
    CUSTOMER ||--o{ ORDER : places
    CUSTOMER }o--o{ TAG : has
    CUSTOMER { uuid CustomerID PK
        string Name "what it is called"
        string Mail UK
    }
    ORDER {
        int OrderID PK
        uuid CustomerID FK
        uuid StrangerID FK
        VARCHAR(9) Code
    }
    TAG { uuid id PK }
"""


def test_mermaid(workspace: Workspace) -> None:
    write(workspace.root, "m.mmd", MERMAID)
    write(workspace.root, "config/dbgen.yaml", "prototype: {paths: {busm: m.mmd}}")
    workspace.module("entities: [CUSTOMER, ORDER, TAG]\n")
    wanted = workspace.read()
    assert names(wanted.schema.tables) == ["customer_tags", "customers", "orders", "tags"]
    orders = wanted.schema.table("orders")
    assert orders.column("order_id").identity
    assert [(k.columns, k.target, k.target_columns) for k in orders.foreign_keys] == [
        (("customer_id",), "customers", ("customer_id",))
    ]
    assert orders.column("code").type == "character varying(9)"
    customers = wanted.schema.table("customers")
    assert names(customers.uniques) == ["uq_customers_mail"]
    assert customers.column("name").comment == "what it is called"
    assert len(messages(wanted, "MISSING_TARGET")) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("graph TD\n", 1),
        ("erDiagram\nA {\n int\n}\n", 3),
        ("erDiagram\nA {\n", 2),
        ("erDiagram\nA => B\n", 2),
    ],
)
def test_bad_mermaid(workspace: Workspace, text: str, line: int) -> None:
    write(workspace.root, "m.mmd", text)
    write(workspace.root, "config/dbgen.yaml", "prototype: {paths: {busm: m.mmd}}")
    workspace.module("entities: [A]\n")
    place = workspace.error().place
    assert place is not None
    assert (place.file, place.line) == ("m.mmd", line)


def test_a_misspelt_target_names_the_nearest(workspace: Workspace) -> None:
    workspace.entities(Account={"id": ID}, B={"id": ID, "accountId": {**REF, "foreignKey": "Acount.id"}})
    workspace.module("entities: [B]\n")
    assert "Did you mean Account?" in messages(workspace.read(), "MISSING_TARGET")[0]
