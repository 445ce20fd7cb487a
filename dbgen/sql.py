"""The only place where text becomes SQL: quoting, and statements with what is known about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from dbgen.names import needs_quotes

#: PostgreSQL's table lock modes, weakest first
#: (https://www.postgresql.org/docs/current/explicit-locking.html).
LOCKS = (
    "",
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)


class Danger(Enum):
    """What a statement may do to people's data or to those who wait for it."""

    DATA_LOSS = "data-loss"
    REWRITE = "rewrite"
    MAY_FAIL = "may-fail"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Hazard:
    """A danger and the sentence that tells it."""

    danger: Danger
    message: str


#: A statement that is longer starts its clause on a line of its own.
_LONG = 100


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement without its semicolon.

    `lock` is the strongest lock it takes on a table that is already there ("" for none). `table` and
    `clause` are set on an ALTER TABLE whose clause may share the statement with its neighbours.
    """

    sql: str
    hazards: tuple[Hazard, ...] = ()
    lock: str = ""
    table: str | None = None
    clause: str | None = None

    @property
    def rewrites(self) -> bool:
        """Whether the whole table is written anew."""
        return any(hazard.danger is Danger.REWRITE for hazard in self.hazards)


def ident(name: str) -> str:
    """The name as SQL, in quotes only where PostgreSQL needs them."""
    return '"' + name.replace('"', '""') + '"' if needs_quotes(name) else name


def qualified(name: str, schema: str = "public") -> str:
    """`public.accounts`: the same object whatever the search_path."""
    return f"{ident(schema)}.{ident(name)}"


def idents(names: Iterable[str]) -> str:
    """`a, b, c`."""
    return ", ".join(ident(name) for name in names)


def literal(value: str) -> str:
    """A text as a string constant, the same under any `standard_conforming_strings`.

    A carriage return is escaped: checkouts change them in files.
    """
    quoted = value.replace("'", "''")
    if "\\" in quoted or "\r" in quoted:
        return "E'" + quoted.replace("\\", "\\\\").replace("\r", "\\r") + "'"
    return f"'{quoted}'"


def alter_table(
    table: str, clause: str, *hazards: Hazard, lock: str = "ACCESS EXCLUSIVE", alone: bool = False
) -> Statement:
    """`ALTER TABLE public.table clause`; `alone` when the clause cannot stand beside others (RENAME)."""
    sql = f"ALTER TABLE {qualified(table)} {clause}"
    if len(sql) > _LONG:
        sql = f"ALTER TABLE {qualified(table)}\n    {clause}"
    if alone:
        return Statement(sql, hazards, lock)
    return Statement(sql, hazards, lock, table=table, clause=clause)


def merged(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Neighbouring ALTER TABLEs of one table as one statement, a line for each clause."""
    result: list[Statement] = []
    for statement in statements:
        last = result[-1] if result else None
        if last is None or statement.clause is None or last.clause is None or last.table != statement.table:
            result.append(statement)
            continue
        assert last.table is not None
        clause = f"{last.clause},\n    {statement.clause}"
        sql = f"ALTER TABLE {qualified(last.table)}\n    {clause}"
        lock = max(last.lock, statement.lock, key=LOCKS.index)
        result[-1] = Statement(sql, last.hazards + statement.hazards, lock, last.table, clause)
    return tuple(result)


def strongest(locks: Iterable[str]) -> str:
    """The strongest of some lock modes, "" of none."""
    return max(locks, key=LOCKS.index, default="")
