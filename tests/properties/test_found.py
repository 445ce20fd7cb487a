"""Journeys on which rows were lost once, each as small as it can be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dbgen.database.connection import connect
from dbgen.model.requests import Decisions
from dbgen.model.schema import Column, ForeignKey, PrimaryKey, Schema, Table, Unique
from dbgen.operations.keeper import everything
from tests.journeys import Journey, Leg
from tests.travel import Traveller

ID = Column("id", "uuid", False, "gen_random_uuid()")
OTHER = Column("other", "uuid", False, "gen_random_uuid()", position=9)
CODE = Column("code", "character varying", False, position=1)
SIZE = Column("size", "integer", False, position=2)
NOTE = Column("note", "character varying", False, position=3)


def go(url: str, *schemas: Schema, mode: str = "fill", edits: tuple[int, ...] = ()) -> Traveller:
    """The journey from one schema to the next and back, with edits at the last; who went it."""
    made = [edits if schema is schemas[-1] else () for schema in schemas]
    legs = tuple(Leg(schema, Decisions(), now, mode) for schema, now in zip(schemas, made, strict=True))
    with connect(url) as connection:
        connection.batch(everything())
        traveller = Traveller(connection)
        traveller.go(Journey(legs, ()))
    return traveller


def table(*columns: Column, key: str, name: str = "things") -> Table:
    """A table with a key of one or more columns."""
    return Table(name, columns, PrimaryKey(f"{key}_pkey".replace(" ", "_"), tuple(key.split())))


def cut(column: Column, kind: str = "character varying(3)") -> Column:
    """The column in a type that some of its values do not fit."""
    return replace(column, type=kind)


@pytest.mark.parametrize("mode", ["fill", "quarantine"])
@pytest.mark.parametrize(
    ("before", "after", "stops"),
    [
        pytest.param(
            table(CODE, NOTE, key="code"),
            table(CODE, cut(NOTE), OTHER, key="other"),
            1,
            id="the key is another",
        ),
        pytest.param(
            table(SIZE, CODE, NOTE, key="size code"),
            table(SIZE, cut(CODE), NOTE, OTHER, key="other"),
            1,
            id="the key is another, and the old one cut",
        ),
        pytest.param(
            table(ID, NOTE, key="id"),
            table(replace(ID, type="text", default=None), cut(NOTE), key="id"),
            1,
            id="the key has another type",
        ),
        pytest.param(
            table(ID, replace(NOTE, nullable=True), key="id"),
            table(ID, OTHER, replace(NOTE, default="'x'::character varying"), key="other"),
            0,
            id="the key is another, and NULLs are filled",
        ),
        pytest.param(table(CODE, NOTE, key="code"), table(cut(CODE), NOTE, key="code"), 1, id="a key is cut"),
        pytest.param(
            table(SIZE, CODE, key="size code"),
            table(SIZE, cut(CODE), key="size code"),
            1,
            id="part of a key is cut",
        ),
    ],
)
def test_the_key_changes_while_values_do(
    database_url: str, before: Table, after: Table, stops: int, mode: str
) -> None:
    traveller = go(database_url, Schema((before,)), Schema((after,)), mode=mode)
    assert traveller.refused["stop"] == stops


def test_what_points_to_a_key_that_is_cut(database_url: str) -> None:
    pointing = Table(
        "parts",
        (ID, replace(CODE, name="thing", nullable=True)),
        PrimaryKey("parts_pkey", ("id",)),
        (Unique("parts_thing", ("thing",)),),
        foreign_keys=(ForeignKey("points", ("thing",), "things", ("code",)),),
    )
    narrow = replace(pointing, columns=(ID, replace(cut(CODE), name="thing", nullable=True)))
    before = Schema((table(CODE, NOTE, key="code"), pointing))
    after = Schema((table(cut(CODE), NOTE, key="code"), narrow))
    for mode in ("fill", "quarantine"):
        go(database_url, before, after, mode=mode)


def test_a_row_written_while_a_required_column_was_gone(database_url: str) -> None:
    before, after = table(ID, NOTE, CODE, key="id"), table(ID, CODE, key="id")
    before = replace(before, columns=(ID, NOTE, replace(CODE, nullable=True)))
    traveller = go(
        database_url,
        Schema((before,)),
        Schema((replace(after, columns=(ID, replace(CODE, nullable=True))),)),
        edits=(1,),
    )
    assert traveller.refused["rollback"] == 1


def test_rows_written_while_another_column_was_the_key(database_url: str) -> None:
    number = Column("number", "bigint", False, identity=True)
    before, after = table(number, key="number"), table(number, OTHER, key="other")
    traveller = go(database_url, Schema(), Schema((before,)), Schema((after,)), edits=(1,))
    assert traveller.refused["rollback"] == 1


def test_a_default_that_the_cast_changes(database_url: str) -> None:
    """It is what a value becomes that the cast refuses."""
    score = Column("score", "numeric", False, "0.5", position=1)
    before = table(ID, score, key="id")
    after = table(ID, replace(score, type="integer", default=None, nullable=True), key="id")
    assert go(database_url, Schema((before,)), Schema((after,))).refused["stop"] == 1
