"""dbgen's advice before the fact is what Supabase's advisor finds afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from dbgen.commands import generate, preview
from dbgen.commands.context import World
from dbgen.database.embedded import create_throwaway, drop_throwaway
from dbgen.model.schema import Column, ForeignKey, Grant, Index, Policy, PrimaryKey, Schema, Table, Unique
from dbgen.plan.advice import SENSITIVE, advice
from tests.ddl import ddl
from tests.strategies import schemas
from tests.supabase_cli.advisors import advisor_findings, advisor_results, as_advisor

ALL = ("DELETE", "INSERT", "SELECT", "UPDATE")
TARGET = Table("target", (Column("id", "uuid", False),), PrimaryKey("target_pkey", ("id",)))
PAIR = Table(
    "pair",
    (Column("a", "integer", False), Column("b", "integer", False)),
    PrimaryKey("pair_pkey", ("a", "b")),
)


def _columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "integer") for name in names)


def _pointing(name: str, **others: object) -> Table:
    """A table with a foreign key over (a, b)."""
    key = ForeignKey(f"fk_{name}", ("a", "b"), "pair", ("a", "b"))
    return replace(Table(name, _columns("a", "b", "c"), foreign_keys=(key,)), **others)  # type: ignore[arg-type]


def _indexed(name: str, *columns: str, **others: object) -> Table:
    return _pointing(name, indexes=(replace(Index(f"i_{name}", columns), **others),))  # type: ignore[arg-type]


def _granted(name: str, *grants: Grant, columns: Iterable[str] = ("id",)) -> Table:
    return Table(name, tuple(Column(column, "text") for column in columns), grants=grants)


FOREIGN_KEYS = (
    _pointing("f_bare"),
    _indexed("f_exact", "a", "b"),
    _indexed("f_longer", "a", "b", "c"),
    _indexed("f_first_only", "a"),
    _indexed("f_turned", "b", "a"),
    _indexed("f_later", "c", "a", "b"),
    _indexed("f_partial", "a", "b", where="a > 1"),
    _indexed("f_brin", "a", "b", method="brin"),
    _pointing("f_by_unique", uniques=(Unique("uq_f_by_unique", ("a", "b")),)),
    _pointing("f_by_key", primary_key=PrimaryKey("f_by_key_pkey", ("a", "b", "c"))),
    Table(
        "f_users",
        (Column("user_id", "uuid"),),
        foreign_keys=(ForeignKey("fk_users", ("user_id",), "users", ("id",), target_schema="auth"),),
    ),
)
INDEXES = (
    Table("i_twice", _columns("a"), indexes=(Index("i1", ("a",)), Index("i2", ("a",)))),
    Table("i_thrice", _columns("a"), indexes=tuple(Index(f"i_thrice_{n}", ("a",)) for n in (3, 1, 2))),
    Table("i_turned", _columns("a", "b"), indexes=(Index("j1", ("a", "b")), Index("j2", ("b", "a")))),
    Table("i_prefix", _columns("a", "b"), indexes=(Index("k1", ("a",)), Index("k2", ("a", "b")))),
    Table("i_method", _columns("a"), indexes=(Index("l1", ("a",)), Index("l2", ("a",), method="hash"))),
    Table("i_where", _columns("a"), indexes=(Index("m1", ("a",), where="a > 1"), Index("m2", ("a",)))),
    Table(
        "i_same_where", _columns("a"), indexes=tuple(Index(f"n{n}", ("a",), where="a > 1") for n in (1, 2))
    ),
    Table(
        "i_unique_and_plain",
        _columns("a"),
        indexes=(Index("o1", ("a",)),),
        uniques=(Unique("uq_o", ("a",)),),
    ),
    Table(
        "i_unique_twice",
        _columns("a"),
        indexes=(Index("p1", ("a",), unique=True),),
        uniques=(Unique("uq_p", ("a",)),),
    ),
    Table(
        "i_key_and_unique",
        (Column("a", "integer", False),),
        PrimaryKey("i_key_and_unique_pkey", ("a",)),
        uniques=(Unique("uq_q", ("a",)),),
    ),
    Table("i_quoted", _columns("a"), indexes=(Index("Odd", ("a",)), Index("even", ("a",)))),
    Table("i_both_quoted", _columns("a"), indexes=(Index("Odd one", ("a",)), Index("Odd two", ("a",)))),
    Table("i_in_text", _columns("x"), indexes=(Index("x", ("x",)), Index("x2", ("x",)))),
)
ACCESS = (
    _granted("g_none"),
    _granted("g_service", Grant("service_role", ALL)),
    _granted("g_signed_in", Grant("authenticated", ALL)),
    _granted("g_anyone", Grant("anon", ("SELECT",))),
    _granted("g_both", Grant("anon", ("SELECT",)), Grant("authenticated", ALL)),
    _granted("g_write_only", Grant("anon", ("INSERT",))),
)
NAMES = (
    _granted("s_plain", Grant("anon", ALL), columns=("id", "passwords", "my_password", "email", "name")),
    _granted("s_all", Grant("authenticated", ALL), columns=sorted(SENSITIVE)),
    _granted("s_case", Grant("authenticated", ALL), columns=("Password", "API-Key", "ToKeN")),
    _granted("s_closed", Grant("service_role", ALL), columns=("password",)),
    _granted("s_write_only", Grant("anon", ("INSERT",)), columns=("password",)),
)


def _guarded(name: str, *policies: Policy, on: bool = True) -> Table:
    table = _granted(name, Grant("authenticated", ALL), columns=("id", "password"))
    return replace(table, row_security=on, policies=policies)


def _policy(command: str, using: str | None, check: str | None = None, *roles: str) -> Policy:
    return Policy("p", command, roles or ("authenticated",), using, check)


NO_POLICY = (
    _guarded("n_none"),
    _guarded("n_one", _policy("SELECT", "id = 'x'")),
    _guarded("n_off", on=False),
    replace(_guarded("n_no_grant"), grants=()),
)
#: What PostgreSQL prints as `true` or `(1 = 1)`, in many ways, and what it does not.
TRUE = ("true", "TRUE", " ( true ) ", "1=1", "(1 = 1)", "'true'", "'t'::boolean", "'on'", "((1\n=\t1))")
NOT_TRUE = (
    "not false",
    "true and true",
    "2 = 2",
    "true is true",
    "1 = 1 or id = 'x'",
    "(true) = (true)",
    "null",
)
ALWAYS_TRUE = (
    *(_guarded(f"t_true_{n}", _policy("UPDATE", one, "id = 'x'")) for n, one in enumerate(TRUE)),
    *(_guarded(f"t_not_{n}", _policy("UPDATE", one, one)) for n, one in enumerate(NOT_TRUE)),
    _guarded("t_select", _policy("SELECT", "true")),
    _guarded("t_delete", _policy("DELETE", "true")),
    _guarded("t_delete_own", _policy("DELETE", "id = 'x'")),
    _guarded("t_all", _policy("ALL", "true")),
    _guarded("t_all_own", _policy("ALL", "id = 'x'")),
    _guarded("t_insert", _policy("INSERT", None, "true")),
    _guarded("t_insert_own", _policy("INSERT", None, "id = 'x'")),
    _guarded("t_check", _policy("UPDATE", "id = 'x'", "true")),
    _guarded("t_check_of_all", _policy("ALL", "id = 'x'", "true")),
    _guarded("t_anon", _policy("UPDATE", "true", None, "anon", "service_role")),
    _guarded("t_service", _policy("UPDATE", "true", None, "service_role")),
    _guarded("t_public", Policy("p", "UPDATE", (), "true")),
    _guarded("t_off", _policy("UPDATE", "true"), on=False),
    _guarded("t_second", Policy("a", "SELECT", (), "id = 'x'"), Policy("b", "DELETE", (), "true")),
)

ONCE = (
    "id = (select auth.uid())::text",
    "id = (SELECT  auth . uid ( ))::text and (select auth.jwt()) is not null",
    "id = (select current_setting('a.b', true))",
    "id = any (array(select auth.role()))",
)
PER_ROW = (
    "id = auth.uid()::text",
    "id = AUTH.Uid()::text",
    "(auth.jwt() ->> 'x') = id",
    "auth.role() = 'x'",
    "auth.email() = id",
    "id = current_setting('a.b', true)",
    "id = (select nullif(current_setting('a.b', true), ''))",
    "exists (select 1 where auth.uid() is null)",
)
INIT_PLAN = (
    *(_guarded(f"once_{n}", _policy("SELECT", one)) for n, one in enumerate(ONCE)),
    *(_guarded(f"row_{n}", _policy("SELECT", one)) for n, one in enumerate(PER_ROW)),
    _guarded("row_check", _policy("INSERT", None, PER_ROW[0])),
    _guarded("row_one_of", _policy("UPDATE", ONCE[0], PER_ROW[0])),
    _guarded("row_off", _policy("SELECT", PER_ROW[0]), on=False),
)


def _advised(server_url: str, schema: Schema) -> set[tuple[str, ...]]:
    url = create_throwaway(server_url)
    try:
        with psycopg.connect(url) as connection:
            for statement in ddl(schema):
                connection.execute(statement.encode())
        return advisor_findings(url)
    finally:
        drop_throwaway(url)


def _tables_of(lint: str, findings: set[tuple[str, ...]]) -> set[str]:
    return {finding[3] for finding in findings if finding[1] == lint}


@pytest.mark.parametrize(
    ("tables", "lint", "found"),
    [
        (
            (*FOREIGN_KEYS, PAIR),
            "unindexed_foreign_keys",
            {"f_bare", "f_first_only", "f_turned", "f_later", "f_users"},
        ),
        (
            INDEXES,
            "duplicate_index",
            {"i_twice", "i_thrice", "i_same_where", "i_unique_twice", "i_key_and_unique", "i_both_quoted"},
        ),
        (ACCESS, "rls_disabled_in_public", {"g_signed_in", "g_anyone", "g_both"}),
        (NAMES, "sensitive_columns_exposed", {"s_all", "s_case"}),
        (NO_POLICY, "rls_enabled_no_policy", {"n_none", "n_no_grant"}),
        (NO_POLICY, "rls_disabled_in_public", {"n_off"}),
        (
            INIT_PLAN,
            "auth_rls_initplan",
            {f"row_{n}" for n in range(len(PER_ROW))} | {"row_check", "row_one_of"},
        ),
        (
            ALWAYS_TRUE,
            "rls_policy_always_true",
            {f"t_true_{n}" for n in range(len(TRUE))}
            | {
                "t_delete",
                "t_all",
                "t_insert",
                "t_check",
                "t_check_of_all",
                "t_anon",
                "t_public",
                "t_second",
            },
        ),
    ],
)
def test_advice_is_what_the_advisor_finds(
    server_url: str, tables: tuple[Table, ...], lint: str, found: set[str]
) -> None:
    schema = Schema(tables)
    mine = as_advisor(advice(schema))
    assert mine == _advised(server_url, schema)
    assert _tables_of(lint, mine) == found


@pytest.mark.slow
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(schema=schemas())
def test_advice_is_what_the_advisor_finds_in_any_schema(server_url: str, schema: Schema) -> None:
    assert as_advisor(advice(schema)) == _advised(server_url, schema)


BUSM = {
    "entities": {
        "Account": {
            "fields": {
                "id": {"type": "uuid", "required": True, "primaryKey": True},
                "token": {"type": "string"},
                "ownerId": {"type": "uuid", "foreignKey": "Owner.id"},
            }
        },
        "Owner": {"fields": {"id": {"type": "uuid", "required": True, "primaryKey": True}}},
    }
}


def _world(root: Path, url: str, access: str) -> World:
    files = {
        "config/dbgen.yaml": f"prototype: {{rules: {{apiAccess: {access}, includeIndexes: none}}}}\n",
        ".pipeline/modules/sales-phase1.yaml": "module: sales\nphase: 1\nentities: [Account, Owner]\n",
        ".pipeline/factory-tools/busm-reader/busm-model.json": json.dumps(BUSM),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    now = datetime(2026, 11, 2, tzinfo=UTC)
    return World(root, now, "ann@host", "dbgen generate", {}, db_url=url)


@pytest.mark.parametrize("access", ["none", "authenticated", "anon"])
def test_preview_and_generate_say_what_the_advisor_will(
    tmp_path: Path, database_url: str, access: str
) -> None:
    world = _world(tmp_path, database_url, access)
    before, after = preview(world), generate(world, yes=True, verify=False)
    assert before.warnings == after.warnings
    said = {notice.code: notice for notice in after.warnings}
    found = advisor_findings(database_url)
    assert {(notice.code, table) for notice in said.values() for table, _ in notice.details} == {
        (lint, table) for _, lint, _, table, *_ in found
    }
    level = {"INFO": "notice", "WARN": "warning", "ERROR": "warning"}
    assert {(n.code, n.level) for n in said.values()} == {(lint, level[as_is]) for as_is, lint, *_ in found}
    open_to_visitors = {lint for _, lint, *_ in found if lint != "unindexed_foreign_keys"}
    assert bool(open_to_visitors) == (access != "none")
    errors = [one for one in advisor_results(database_url) if one["level"] == "ERROR"]
    assert bool(errors) == (access != "none")


def test_who_can_read_without_row_level_security_is_said_once_with_the_tables(
    tmp_path: Path, database_url: str
) -> None:
    warnings = preview(_world(tmp_path, database_url, "anon")).warnings
    (said,) = [notice for notice in warnings if notice.code == "rls_disabled_in_public"]
    assert said.details == (("accounts", "anon, authenticated"), ("owners", "anon, authenticated"))
    assert "accounts" in said.message
    assert "owners" in said.message
