"""The proof: what it lets pass, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from dbgen.database import proof as proof_module
from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection, connect
from dbgen.database.embedded import create_throwaway, drop_throwaway
from dbgen.database.proof import Proof, Refused
from dbgen.database.rows import PLENTY, insert_rows, read_rows
from dbgen.database.script import joined
from dbgen.errors import WorkError
from dbgen.model.requests import Conversion, Decisions
from dbgen.model.schema import Check, Column, EnumType, ForeignKey, PrimaryKey, Schema, Table, Unique
from dbgen.operations.base import sql_of
from dbgen.plan import make_plan
from dbgen.render.migration import Heading, migration, rollback
from tests.proofs import prove

ID = Column("id", "uuid", False, "gen_random_uuid()")
NAME = Column("name", "text", False, position=1)
NOTE = Column("note", "text", position=2)
PEOPLE = Table("people", (ID, NAME, NOTE), PrimaryKey("people_pkey", ("id",)))
OLD = Schema((PEOPLE,))
HEADING = Heading(1, "m", "dbgen", "iter1_m")


def texts(old: Schema, new: Schema, decisions: Decisions | None = None) -> tuple[str, str]:
    plan = make_plan(old, new, decisions, iteration=1)
    return migration(plan, HEADING), rollback(plan, HEADING)


def proven(connection: Connection, new: Schema, decisions: Decisions | None = None) -> Proof:
    return prove(connection, OLD, new, *texts(OLD, new, decisions), decisions)


def failed(connection: Connection, new: Schema, forward: str, back: str) -> str:
    with pytest.raises(WorkError) as caught:
        prove(connection, OLD, new, forward, back)
    assert caught.value.code == "PROOF_FAILED"
    assert read_schema(connection) == Schema()
    return caught.value.message


def test_dropped_columns_and_tables_come_back(connection: Connection) -> None:
    bare = Schema((replace(PEOPLE, columns=(ID, NAME)),))
    assert proven(connection, bare).rows == PLENTY
    assert proven(connection, Schema()).rows == PLENTY
    more = OLD.with_table(replace(PEOPLE, name="others", primary_key=PrimaryKey("others_pkey", ("id",))))
    assert proven(connection, more).rows == 2 * PLENTY
    assert not connection.in_transaction


def test_each_step_in_a_session_of_its_own(server_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is for many tables: what a step did is seen by the next, and what a rollback loses too."""
    monkeypatch.setattr(proof_module, "_MANY", 0)
    bare = Schema((replace(PEOPLE, columns=(ID, NAME)),))
    unique = Schema((replace(PEOPLE, uniques=(Unique("uq_people_name", ("name",)),)),))
    for new in (bare, unique, Schema()):
        with _throwaway(server_url) as connection:
            assert proof_module.prove(connection, OLD, new, *texts(OLD, new)).rows == PLENTY
    forward, back = texts(OLD, bare)
    back = back.replace("PERFORM dbgen.restore_columns", "PERFORM concat")
    with _throwaway(server_url) as connection, pytest.raises(WorkError) as caught:
        proof_module.prove(connection, OLD, bare, forward, back)
    assert caught.value.code == "PROOF_FAILED"


@contextmanager
def _throwaway(server_url: str) -> Iterator[Connection]:
    url = create_throwaway(server_url)
    try:
        with connect(url) as connection:
            yield connection
    finally:
        drop_throwaway(url)


def test_made_up_rows_in_the_way_are_no_failure(connection: Connection) -> None:
    unique = Schema((replace(PEOPLE, uniques=(Unique("uq_people_name", ("name",)),)),))
    short = Schema((replace(PEOPLE, columns=(ID, replace(NAME, type="character varying(3)"), NOTE)),))
    number = Schema((replace(PEOPLE, columns=(ID, replace(NAME, type="integer"), NOTE)),))
    assert proven(connection, unique).rows == PLENTY
    assert proven(connection, short).rows == PLENTY
    using = Decisions(conversions=(Conversion("people", "name", using="name::integer"),))
    assert proven(connection, number, using).rows == PLENTY


def test_a_value_that_an_enum_gets_with_the_column_that_has_it(connection: Connection) -> None:
    """PostgreSQL lets only the next transaction use it, and the proof is one (55P04)."""
    kind, more = EnumType("kind", ("a", "b")), EnumType("kind", ("a", "b", "c"))
    sort, other = Column("sort", "public.kind", position=3), Column("other", "public.kind", position=4)
    old = Schema((replace(PEOPLE, columns=(ID, NAME, NOTE, sort)),), (kind,))
    new = Schema((replace(PEOPLE, columns=(ID, NAME, NOTE, sort, other)),), (more,))
    assert prove(connection, old, new, *texts(old, new)).rows == PLENTY


def test_a_backfill_that_odd_values_break_is_proven_without_them(connection: Connection) -> None:
    more = Schema((replace(PEOPLE, columns=(ID, NAME, NOTE, Column("n", "integer", False, position=3))),))
    asked = Decisions(conversions=(Conversion("people", "n", backfill="10 / (length(name) - 3)"),))
    assert proven(connection, more, asked).rows == 0


def test_a_migration_that_fails_by_itself_is_refused(connection: Connection) -> None:
    with pytest.raises(Refused) as caught:
        prove(connection, OLD, OLD, "ALTER TABLE people ADD COLUMN id integer", "")
    assert caught.value.failure.sqlstate == "42701"


def test_a_rollback_that_loses_rows_fails(connection: Connection) -> None:
    bare = Schema((replace(PEOPLE, columns=(ID, NAME)),))
    forward, back = texts(OLD, bare)
    message = failed(
        connection, bare, forward, back.replace("PERFORM dbgen.restore_columns", "PERFORM concat")
    )
    assert "the rollback script leaves other rows than it should: rows of people: (" in message
    assert "is missing" in message


def test_a_migration_that_touches_other_values_fails(connection: Connection) -> None:
    bare = Schema((replace(PEOPLE, columns=(ID, NAME)),))
    forward, back = texts(OLD, bare)
    message = failed(connection, bare, f"{forward};\nUPDATE people SET name = 'same'", back)
    assert "the migration leaves other rows" in message
    assert message.endswith("was another")


def test_a_migration_that_leaves_another_schema_fails(connection: Connection) -> None:
    more = OLD.with_table(replace(PEOPLE, name="others", primary_key=PrimaryKey("others_pkey", ("id",))))
    forward, back = texts(OLD, more)
    for table in ("others", "people"):
        text = f"{forward};\nALTER TABLE {table} ALTER COLUMN note SET NOT NULL"
        message = failed(connection, more, text, back)
        assert "the migration leaves another schema than it should" in message
        assert f"{table}.note" in message


def test_a_rollback_that_fails_names_its_step(connection: Connection) -> None:
    bare = Schema((replace(PEOPLE, columns=(ID, NAME)),))
    forward, back = texts(OLD, bare)
    broken = back.replace("ADD COLUMN note", "ADD COLUMN name")
    assert "at: add column people.note TEXT: column" in failed(connection, bare, forward, broken)


def test_rows_satisfy_keys_and_checks(connection: Connection) -> None:
    """Cycles, self references, checks on enums and numbers, unique booleans, types that no server has."""
    kind = EnumType("kind", ("a", "b", "c"))
    a = Table(
        "a",
        (ID, Column("b_id", "uuid", False), Column("parent", "uuid"), Column("kind", "public.kind", False)),
        PrimaryKey("a_pkey", ("id",)),
        foreign_keys=(
            ForeignKey("a_b", ("b_id",), "b", ("id",)),
            ForeignKey("a_a", ("parent",), "a", ("id",)),
        ),
    )
    b = Table(
        "b",
        (
            ID,
            Column("a_id", "uuid", False),
            Column("state", "character varying(9)", False),
            Column("age", "integer", False),
            Column("user_id", "uuid", False),
        ),
        PrimaryKey("b_pkey", ("id",)),
        (Unique("b_user", ("user_id",)),),
        (
            Check("b_state", "((state)::text = ANY (ARRAY['new'::text, 'it''s old'::text]))", ("state",)),
            Check("b_age", "((age >= 18) AND (age <= 120))", ("age",)),
        ),
        (
            ForeignKey("b_a", ("a_id",), "a", ("id",)),
            ForeignKey("b_u", ("user_id",), "users", ("id",), "CASCADE", "auth"),
        ),
    )
    flag = Table("flag", (Column("on", "boolean", False),), PrimaryKey("flag_pkey", ("on",)))
    schema = Schema((a, b, flag), (kind,))
    connection.batch(connection.begin())
    try:
        script = joined(statement.sql for statement in sql_of(make_plan(Schema(), schema).operations))
        assert connection.script(script) is None
        assert insert_rows(connection, schema, PLENTY) == 2 * PLENTY + 2
        found = read_rows(connection, schema)
    finally:
        connection.roll_back()
    states = {row[found["b"][0].index("state")] for row in found["b"][1]}
    assert states == {"new", "it's old"}
    assert {row[found["a"][0].index("kind")] for row in found["a"][1]} == {"a", "b", "c"}
