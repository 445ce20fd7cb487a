"""A native enum that is rebuilt while its columns change otherwise."""

from __future__ import annotations

from dataclasses import replace

from dbgen.model.schema import Column, EnumType, ForeignKey, PrimaryKey, Schema, Table
from dbgen.operations.base import run
from dbgen.plan import make_plan

KIND = "public.kind"
OLD = Schema(
    (
        Table(
            "a",
            (Column("id", KIND, False), Column("note", "text", position=1)),
            PrimaryKey("a_pkey", ("id",)),
        ),
        Table("b", (Column("a_id", KIND),), foreign_keys=(ForeignKey("fk", ("a_id",), "a", ("id",)),)),
    ),
    (EnumType("kind", ("x", "y")),),
)


def test_columns_of_a_rebuilt_enum_may_change_in_the_same_step() -> None:
    a, b = OLD.tables
    new = Schema(
        (
            replace(a, columns=(Column("id", KIND, False, comment="said"),)),
            replace(b, columns=(Column("a_id", KIND, False),)),
        ),
        (EnumType("kind", ("x", "z")),),
    )
    plan = make_plan(OLD, new, iteration=2)
    assert run(plan.operations, OLD) == new
    assert run(plan.backward, new) == OLD
    kinds = [step.kind for step in plan.operations]
    assert kinds.index("drop_foreign_key") < kinds.index("alter_enum") < kinds.index("add_foreign_key")
