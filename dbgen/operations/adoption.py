"""Taking over what is there already: a step that is done only where its object is missing, and whose inverse
leaves the object in place, for nobody can say afterwards that dbgen made it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from dbgen.model.schema import FUNCTIONS
from dbgen.operations.base import Draft, Fact, Operation
from dbgen.operations.enums import CreateEnum, type_name
from dbgen.operations.foreign_keys import AddForeignKey
from dbgen.operations.functions import CreateFunction
from dbgen.operations.policies import CreatePolicy
from dbgen.operations.row_security import ChangeRowSecurity
from dbgen.operations.tables import CreateTable
from dbgen.operations.triggers import CreateTrigger
from dbgen.sql import Statement, literal, qualified
from dbgen.values import dataclass

Making = (
    CreateTable
    | AddForeignKey
    | CreateEnum
    | CreateFunction
    | CreatePolicy
    | CreateTrigger
    | ChangeRowSecurity
)


@dataclass(frozen=True, slots=True)
class Adopt(Operation):
    """`step` makes the object where it is not there yet."""

    kind = "adopt"
    step: Making

    @property
    def rank(self) -> int:  # type: ignore[override]  # that of the step
        return self.step.rank

    @property
    def object(self) -> str:
        return self.step.object

    def apply(self, draft: Draft) -> None:
        self.step.apply(draft)

    def inverse(self) -> Operation:
        return LetGo(self.step)

    def statements(self) -> tuple[Statement, ...]:
        made = "\n".join(_indented(f"{statement.sql};") for statement in self.step.statements())
        tag = "$dbgen$"
        while tag in made:
            tag = f"{tag[:-1]}_$"
        block = f"    IF {_missing(self.step)} THEN\n{made}\n    END IF;"
        return (Statement(f"DO {tag}\nBEGIN\n{block}\nEND\n{tag}"),)

    def describe(self) -> str:
        return f"{self.step.describe()}, unless it is there"

    def counts(self) -> Mapping[str, int]:
        return self.step.counts()

    def needs(self) -> Iterable[Fact]:
        return self.step.needs()

    def makes(self) -> Iterable[Fact]:
        return self.step.makes()


@dataclass(frozen=True, slots=True)
class LetGo(Operation):
    """The object stays as it is, and is dbgen's no more."""

    kind = "let_go"
    step: Making

    @property
    def rank(self) -> int:  # type: ignore[override]  # that of the step's inverse
        return self.step.inverse().rank

    @property
    def object(self) -> str:
        return self.step.object

    def apply(self, draft: Draft) -> None:
        self.step.inverse().apply(draft)

    def inverse(self) -> Operation:
        return Adopt(self.step)

    def statements(self) -> tuple[Statement, ...]:
        return ()

    def describe(self) -> str:
        return f"leave {self.object} in place: it was taken over"

    def counts(self) -> Mapping[str, int]:
        return self.step.inverse().counts()

    def removes(self) -> Iterable[Fact]:
        return self.step.inverse().removes()

    def releases(self) -> Iterable[Fact]:
        return self.step.inverse().releases()


def _indented(sql: str) -> str:
    """Further in, but for a statement that has constants: one may hold line ends."""
    return sql if "'" in sql and "\n" in sql else textwrap.indent(sql, "        ")


def _missing(step: Making) -> str:
    """The condition under which the object is not there."""
    match step:
        case CreateTable():
            return f"to_regclass({literal(qualified(step.new.name))}) IS NULL"
        case CreateEnum():
            return f"to_regtype({literal(type_name(step.new.name))}) IS NULL"
        case CreateFunction():
            return f"to_regproc({literal(qualified(step.new.name, FUNCTIONS))}) IS NULL"
        case ChangeRowSecurity():
            return _none(f"pg_class WHERE oid = {_table(step.name)} AND relrowsecurity")
        case AddForeignKey():
            return _named("pg_constraint", "con", step.name, step.new.name)
        case CreatePolicy():
            return _named("pg_policy", "pol", step.name, step.new.name)
        case CreateTrigger():
            return _named("pg_trigger", "tg", step.name, step.new.name)


def _named(catalog: str, prefix: str, table: str, name: str) -> str:
    return _none(f"{catalog} WHERE {prefix}relid = {_table(table)} AND {prefix}name = {literal(name)}")


def _none(rows: str) -> str:
    return f"NOT EXISTS (SELECT FROM {rows})"


def _table(name: str) -> str:
    return f"to_regclass({literal(qualified(name))})"
