"""What a live database shows of one schema to the clients of its API: more than a Schema holds.

Types go by their bare names in PostgreSQL's catalog (`int4`, `_text` for an array) and their schemas,
relations and types also by their numbers (oid), which nothing outlives.
"""

from __future__ import annotations

from dbgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key that a client can follow: between tables, or between views that show its columns."""

    name: str
    columns: tuple[str, ...]
    one_to_one: bool
    target: str
    target_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """A column of a table or view. `optional`: an insert may leave it out; `writable`: it takes values."""

    name: str
    type: str
    type_schema: str
    nullable: bool
    optional: bool
    writable: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A table (also a foreign or partitioned one) or a view (also a materialized one)."""

    oid: int
    name: str
    is_view: bool
    columns: tuple[DescribedColumn, ...]
    references: tuple[Reference, ...] = ()
    inserts: bool = True
    updates: bool = True


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument in any mode: i(n), o(ut), b(oth), v(ariadic), t(able)."""

    mode: str
    name: str
    type: int
    has_default: bool

    @property
    def goes_in(self) -> bool:
        """Whether a caller gives it."""
        return self.mode in "ibv"


@dataclass(frozen=True, slots=True)
class Function:
    """A function; `signature` and `result` in PostgreSQL's words, `rows` how many it is planned to give."""

    oid: int
    name: str
    arguments: tuple[Argument, ...]
    signature: str
    result: str
    result_type: int
    result_relation: int | None
    returns_set: bool
    rows: float | None


@dataclass(frozen=True, slots=True)
class DescribedType:
    """A type of any schema. `values` of an enum, `attributes` (name, type) of a composite type; `relation`
    where it is the type of rows; `shown` as `format_type` prints it.
    """

    oid: int
    name: str
    schema: str
    shown: str
    values: tuple[str, ...] = ()
    attributes: tuple[tuple[str, int], ...] = ()
    relation: int | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """One schema; the types are those of all schemas."""

    schema: str
    relations: tuple[Relation, ...]
    functions: tuple[Function, ...]
    types: tuple[DescribedType, ...]
