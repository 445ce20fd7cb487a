"""What every step has in common: its SQL, its inverse, its effect on a schema, its place in the order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import ClassVar

from dbgen.model.schema import EnumType, ForeignKey, Function, Schema, Table
from dbgen.sql import Danger, Statement, merged
from dbgen.values import dataclass, replace

#: Something that a step needs, makes, removes or lets go of: ("column", "accounts", "email").
Fact = tuple[str, ...]


FORWARD, ROLLBACK = "forward", "rollback"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is kept: in which iteration, on the way `forward` or in its `rollback`."""

    iteration: int
    direction: str = FORWARD

    @property
    def opposite(self) -> Moment:
        """The same iteration's other way."""
        return Moment(self.iteration, ROLLBACK if self.direction == FORWARD else FORWARD)


def opposite(moment: Moment | None) -> Moment | None:
    """The moment of an inverse step; None where nothing is kept."""
    return moment.opposite if moment is not None else None


@dataclass(slots=True)
class Draft:
    """A schema in the making: what steps are applied to."""

    tables: dict[str, Table] = field(default_factory=dict)
    enums: dict[str, EnumType] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)

    @classmethod
    def of(cls, schema: Schema) -> Draft:
        """A draft that holds what the schema holds."""
        return cls(
            {table.name: table for table in schema.tables},
            {enum.name: enum for enum in schema.enums},
            {function.name: function for function in schema.functions},
        )

    def frozen(self) -> Schema:
        """The draft as a schema."""
        return Schema(tuple(self.tables.values()), tuple(self.enums.values()), tuple(self.functions.values()))


class Operation(ABC):
    """One step from a schema to the next. Subclasses are frozen dataclasses that hold whole objects on
    both sides, so that `inverse` needs no context.
    """

    __slots__ = ()

    kind: ClassVar[str]
    #: Steps that no fact orders come in the order of rank, table, place, name.
    rank: ClassVar[int]

    @abstractmethod
    def apply(self, draft: Draft) -> None:
        """Does to the draft what the statements do to the database."""

    @abstractmethod
    def inverse(self) -> Operation:
        """The step back; `op.inverse().inverse() == op`."""

    @abstractmethod
    def statements(self) -> tuple[Statement, ...]:
        """The SQL, in order."""

    @abstractmethod
    def describe(self) -> str:
        """The step in words, without a full stop: `add column accounts.email`."""

    @property
    @abstractmethod
    def object(self) -> str:
        """What it is done to: `accounts`, `accounts.email`, `accounts.fk_accounts_owner_id`."""

    @property
    def blocks_others(self) -> bool:
        """Whether its lock keeps the users of another schema waiting until the commit: it comes last."""
        return False

    @property
    def table(self) -> str:
        """The table concerned, "" where there is none."""
        return self.object.partition(".")[0]

    @property
    def place(self) -> int:
        """Where it comes among the table's steps of its kind, for those that have an order of their own."""
        return 0

    def counts(self) -> Mapping[str, int]:
        """How many objects of each kind it touches: tables, columns, policies, …"""
        return {}

    def needs(self) -> Iterable[Fact]:
        """What must have been made before."""
        return ()

    def makes(self) -> Iterable[Fact]:
        """What is there afterwards."""
        return ()

    def removes(self) -> Iterable[Fact]:
        """What is gone, or another, afterwards."""
        return ()

    def releases(self) -> Iterable[Fact]:
        """What it depended on: those are removed after it only."""
        return ()

    @property
    def reversibility(self) -> str:
        """`exact`: the inverse restores all; `data-kept`: rows or values go to the archive and come back;
        `lossy`: they are gone.
        """
        return reversibility(self.statements())


def reversibility(statements: Iterable[Statement]) -> str:
    """What the statements' dangers make of the step that they are."""
    dangers = {hazard.danger for statement in statements for hazard in statement.hazards}
    if Danger.DATA_LOSS in dangers:
        return "lossy"
    return "data-kept" if Danger.DATA_KEPT in dangers else "exact"


def run(operations: Iterable[Operation], schema: Schema) -> Schema:
    """The schema after the steps."""
    draft = Draft.of(schema)
    for operation in operations:
        operation.apply(draft)
    return draft.frozen()


def inverted(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """The way back: the inverses, last first."""
    return tuple(operation.inverse() for operation in reversed(tuple(operations)))


def sql_of(operations: Iterable[Operation]) -> tuple[Statement, ...]:
    """The statements of neighbouring steps, joined where PostgreSQL takes them as one."""
    return merged(statement for operation in operations for statement in operation.statements())


def total(operations: Iterable[Operation]) -> Counter[str]:
    """The counts of all steps."""
    result: Counter[str] = Counter()
    for operation in operations:
        result.update(operation.counts())
    return result


def map_foreign_keys(table: Table, change: Mapping[str, ForeignKey]) -> Table:
    """The table with some foreign keys (by name) in another form."""
    return replace(table, foreign_keys=tuple(change.get(key.name, key) for key in table.foreign_keys))
