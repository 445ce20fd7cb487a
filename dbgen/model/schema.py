"""What a database is: frozen values with their children in canonical order.

Names are raw (never quoted), types are spelled as PostgreSQL's `format_type` spells them, expressions
are SQL text. Tables and enums live in schema `public`, functions in schema `dbgen`; a foreign key may point
to `auth.users`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import field
from operator import attrgetter
from typing import Any, TypeVar

from dbgen.values import dataclass, replace

T = TypeVar("T")

#: The schema of functions: `public` stays the user's.
FUNCTIONS = "dbgen"

#: How a foreign key may act when the row that it points to is deleted.
ON_DELETE = ("NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT")


_by_name, _by_role = attrgetter("name"), attrgetter("role")
_CHILDREN = ("columns", "uniques", "checks", "foreign_keys", "indexes", "policies", "triggers", "grants")
_children = attrgetter(*_CHILDREN)


def _sorted(values: tuple[T, ...], by: Callable[[T], Any]) -> tuple[T, ...]:
    return tuple(sorted(values, key=by)) if len(values) > 1 else tuple(values)


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `default` is an SQL expression; `position` orders a CREATE TABLE and no comparison.

    `collation` is spelled as PostgreSQL's `regcollation` spells it, None for that of the type.
    """

    name: str
    type: str
    nullable: bool = True
    default: str | None = None
    identity: bool = False
    comment: str | None = None
    position: int = field(default=0, compare=False)
    collation: str | None = None


@dataclass(frozen=True, slots=True)
class PrimaryKey:
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unique:
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """`expression` is what stands between the parentheses; `columns` those it reads, sorted."""

    name: str
    expression: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignKey:
    name: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    on_delete: str = "NO ACTION"
    target_schema: str = "public"

    @property
    def inside(self) -> bool:
        """Whether it points to a table of this schema."""
        return self.target_schema == "public"


@dataclass(frozen=True, slots=True)
class Index:
    """`columns` in order; `where` is the predicate of a partial index. With an `expression`, that is what is
    indexed, and `columns` are those that it reads.
    """

    name: str
    columns: tuple[str, ...]
    unique: bool = False
    method: str = "btree"
    where: str | None = None
    expression: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """What one Data API role may do with a table; `privileges` sorted, in capitals."""

    role: str
    privileges: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "privileges", tuple(sorted(self.privileges)))


@dataclass(frozen=True, slots=True)
class Policy:
    """Who sees and changes which rows (https://www.postgresql.org/docs/current/sql-createpolicy.html).

    `command` is ALL, SELECT, INSERT, UPDATE or DELETE; `roles` none for PUBLIC; `using` and `check` are
    expressions over the row;
    `reads` are the (table, column) that they read, of this table and of others, sorted.
    """

    name: str
    command: str = "ALL"
    roles: tuple[str, ...] = ()
    using: str | None = None
    check: str | None = None
    reads: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", tuple(sorted(self.roles)))
        object.__setattr__(self, "reads", tuple(sorted(self.reads)))


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger for each row. `timing` is BEFORE or AFTER, `events` of INSERT, UPDATE, DELETE, sorted;
    `function` names one of the schema's functions; `when` is an expression.
    """

    name: str
    timing: str
    events: tuple[str, ...]
    function: str
    arguments: tuple[str, ...] = ()
    when: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "events", tuple(sorted(self.events)))


@dataclass(frozen=True, slots=True)
class Function:
    """A function in schema `dbgen`, with a `search_path` that names nothing (`''`).

    `arguments` as SQL writes them (`source regclass`); `body` is what stands between the dollar quotes;
    `definer`: it runs with its owner's rights (SECURITY DEFINER); `execute`: the roles that may call it,
    none for a trigger's; `tables` are those that it reads or writes by name, sorted: they order steps and
    take no part in a comparison, for a catalog does not know them. A comment tells it from the functions
    that keep rows. Its name is its own: PostgreSQL would take others with other arguments.
    """

    name: str
    returns: str
    body: str
    arguments: tuple[str, ...] = ()
    language: str = "plpgsql"
    volatility: str = "VOLATILE"
    definer: bool = False
    execute: tuple[str, ...] = ()
    tables: tuple[str, ...] = field(default=(), compare=False)
    comment: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "execute", tuple(sorted(self.execute)))
        object.__setattr__(self, "tables", tuple(sorted(self.tables)))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with all that hangs on it. Columns are kept by name; `in_order` gives their positions."""

    name: str
    columns: tuple[Column, ...]
    primary_key: PrimaryKey | None = None
    uniques: tuple[Unique, ...] = ()
    checks: tuple[Check, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    indexes: tuple[Index, ...] = ()
    grants: tuple[Grant, ...] = ()
    comment: str | None = None
    policies: tuple[Policy, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    row_security: bool = False

    def __post_init__(self) -> None:
        for child, values in zip(_CHILDREN, _children(self), strict=True):
            if len(values) > 1 or type(values) is not tuple:  # most tables have few kinds of children
                object.__setattr__(self, child, _sorted(values, _by_role if child == "grants" else _by_name))

    @property
    def in_order(self) -> tuple[Column, ...]:
        """The columns by position."""
        return _sorted(self.columns, attrgetter("position", "name"))

    def column(self, name: str) -> Column:
        """The column of that name; `KeyError` where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    def has(self, name: str) -> bool:
        """Whether there is a column of that name."""
        for column in self.columns:  # noqa: SIM110  # asked for each key and index; any() takes twice as long
            if column.name == name:
                return True
        return False


@dataclass(frozen=True, slots=True)
class EnumType:
    """A native enum; `values` in their order."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """All that dbgen answers for in one database."""

    tables: tuple[Table, ...] = ()
    enums: tuple[EnumType, ...] = ()
    functions: tuple[Function, ...] = ()

    def __post_init__(self) -> None:
        for child in ("tables", "enums", "functions"):
            object.__setattr__(self, child, _sorted(getattr(self, child), attrgetter("name")))

    def table(self, name: str) -> Table:
        """The table of that name; `KeyError` where there is none."""
        found = self._find(name)
        if found is None:
            raise KeyError(name)
        return found

    def has(self, name: str) -> bool:
        """Whether there is a table of that name."""
        return self._find(name) is not None

    def _find(self, name: str) -> Table | None:
        place = bisect_left(self.tables, name, key=attrgetter("name"))
        found = self.tables[place] if place < len(self.tables) else None
        return found if found is not None and found.name == name else None

    def with_table(self, table: Table) -> Schema:
        """The schema with that table in the place of the one of its name, or added."""
        return replace(self, tables=(*(t for t in self.tables if t.name != table.name), table))

    def without_table(self, name: str) -> Schema:
        """The schema without the table of that name."""
        return replace(self, tables=tuple(t for t in self.tables if t.name != name))
