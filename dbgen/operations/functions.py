"""CREATE FUNCTION, CREATE OR REPLACE FUNCTION, DROP FUNCTION, and the schema that functions live in.

A function whose arguments or result change is dropped and made again, after all that calls it has gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dbgen.model.schema import FUNCTIONS, Function
from dbgen.operations.base import Draft, Fact, Operation
from dbgen.sql import Statement, ident, idents, literal, names_in, qualified
from dbgen.values import dataclass

_CALL = re.compile(rf'\b{FUNCTIONS}\.(?:"((?:[^"]|"")+)"|([a-z_]\w*))\s*\(')
_HOME: Fact = ("schema", FUNCTIONS)


def called(*expressions: str | None) -> frozenset[str]:
    """The functions of schema `dbgen` that SQL texts call."""
    found = (match for text in expressions for match in _CALL.finditer(text or ""))
    return frozenset(match[1].replace('""', '"') if match[1] else match[2] for match in found)


def function_fact(name: str) -> Fact:
    """That there is a function of that name."""
    return ("function", name)


def function_facts(*expressions: str | None) -> list[Fact]:
    """The functions that SQL texts call."""
    return [function_fact(name) for name in sorted(called(*expressions))]


def same_signature(old: Function, new: Function) -> bool:
    """Whether CREATE OR REPLACE makes the one of the other
    (https://www.postgresql.org/docs/current/sql-createfunction.html).
    """
    return (old.arguments, old.returns) == (new.arguments, new.returns)


def _dotted(name: str) -> str:
    return f"{FUNCTIONS}.{name}"


def _definition(function: Function) -> str:
    tag = "$body$"
    while tag in function.body:
        tag = f"{tag[:-1]}_$"
    definer = " SECURITY DEFINER" if function.definer else ""
    arguments = ", ".join(function.arguments)
    return (
        f"CREATE OR REPLACE FUNCTION {qualified(function.name, FUNCTIONS)}({arguments})\n"
        f"    RETURNS {function.returns}\n"
        f"    LANGUAGE {function.language} {function.volatility}{definer} SET search_path = ''\n"
        f"AS {tag}{function.body}{tag}"
    )


def _rights(name: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterable[Statement]:
    on = f"ON FUNCTION {qualified(name, FUNCTIONS)}"
    lost, won = (sorted({*before} - {*after}) for before, after in ((old, new), (new, old)))
    if lost:
        yield Statement(f"REVOKE ALL {on} FROM {idents(lost)}")
    if won:
        yield Statement(f"GRANT EXECUTE {on} TO {idents(won)}")


def _comment(function: Function) -> Statement:
    return Statement(
        f"COMMENT ON FUNCTION {qualified(function.name, FUNCTIONS)} IS {literal(function.comment)}"
    )


def _depends(function: Function) -> set[Fact]:
    found: set[Fact] = {("table", table) for table in function.tables}
    # PostgreSQL looks into a body in SQL when it is made, and into no other.
    if function.language == "sql":
        found |= {*function_facts(function.body)} - {function_fact(function.name)}
        # A name that is no column's orders nothing.
        words = names_in(function.body)
        found |= {("column", table, name) for table in function.tables for name in words}
    return found


@dataclass(frozen=True, slots=True)
class CreateFunctionSchema(Operation):
    """The schema that functions live in, where nothing has made it yet."""

    kind = "create_schema"
    rank = 1

    @property
    def object(self) -> str:
        return FUNCTIONS

    def apply(self, draft: Draft) -> None:
        """A Schema does not say whether it is there."""

    def inverse(self) -> Operation:
        return LeaveFunctionSchema()

    def statements(self) -> tuple[Statement, ...]:
        return (Statement(f"CREATE SCHEMA IF NOT EXISTS {ident(FUNCTIONS)}"),)

    def describe(self) -> str:
        return f"make schema {FUNCTIONS}, for functions"

    def makes(self) -> Iterable[Fact]:
        return (_HOME,)


@dataclass(frozen=True, slots=True)
class LeaveFunctionSchema(Operation):
    """The schema stays: the ledger and what keeps rows live there too."""

    kind = "leave_schema"
    rank = 99

    @property
    def object(self) -> str:
        return FUNCTIONS

    def apply(self, draft: Draft) -> None:
        """A Schema does not say whether it is there."""

    def inverse(self) -> Operation:
        return CreateFunctionSchema()

    def statements(self) -> tuple[Statement, ...]:
        return ()

    def describe(self) -> str:
        return f"leave schema {FUNCTIONS} in place"

    def removes(self) -> Iterable[Fact]:
        return (_HOME,)


@dataclass(frozen=True, slots=True)
class CreateFunction(Operation):
    """A function that only those may call who are named (PostgreSQL lets PUBLIC call what is made)."""

    kind = "create_function"
    rank = 48
    new: Function

    @property
    def object(self) -> str:
        return _dotted(self.new.name)

    def apply(self, draft: Draft) -> None:
        draft.functions[self.new.name] = self.new

    def inverse(self) -> Operation:
        return DropFunction(self.new)

    def statements(self) -> tuple[Statement, ...]:
        closed = f"REVOKE ALL ON FUNCTION {qualified(self.new.name, FUNCTIONS)} FROM PUBLIC"
        made = [Statement(_definition(self.new)), Statement(closed)]
        return (*made, *_rights(self.new.name, (), self.new.execute), _comment(self.new))

    def describe(self) -> str:
        return f"create function {_dotted(self.new.name)}"

    def counts(self) -> Mapping[str, int]:
        return {"functions": 1}

    def needs(self) -> Iterable[Fact]:
        yield _HOME
        yield from sorted(_depends(self.new))

    def makes(self) -> Iterable[Fact]:
        return (function_fact(self.new.name),)


@dataclass(frozen=True, slots=True)
class AlterFunction(Operation):
    """A function of the same arguments and result with another body, other rights or another comment."""

    kind = "alter_function"
    rank = 48
    old: Function
    new: Function

    @property
    def object(self) -> str:
        return _dotted(self.new.name)

    def apply(self, draft: Draft) -> None:
        draft.functions[self.new.name] = self.new

    def inverse(self) -> Operation:
        return AlterFunction(self.new, self.old)

    def statements(self) -> tuple[Statement, ...]:
        made = [Statement(_definition(self.new))] if _definition(self.old) != _definition(self.new) else []
        made += _rights(self.new.name, self.old.execute, self.new.execute)
        made += [_comment(self.new)] if self.old.comment != self.new.comment else []
        return tuple(made)

    def describe(self) -> str:
        return f"replace function {_dotted(self.new.name)}"

    def counts(self) -> Mapping[str, int]:
        return {"functions": 1}

    def needs(self) -> Iterable[Fact]:
        return sorted(_depends(self.new) - _depends(self.old))

    def releases(self) -> Iterable[Fact]:
        return sorted(_depends(self.old) - _depends(self.new))


@dataclass(frozen=True, slots=True)
class DropFunction(Operation):
    """The end of a function that nothing calls any more."""

    kind = "drop_function"
    rank = 78
    old: Function

    @property
    def object(self) -> str:
        return _dotted(self.old.name)

    def apply(self, draft: Draft) -> None:
        del draft.functions[self.old.name]

    def inverse(self) -> Operation:
        return CreateFunction(self.old)

    def statements(self) -> tuple[Statement, ...]:
        return (Statement(f"DROP FUNCTION {qualified(self.old.name, FUNCTIONS)}"),)

    def describe(self) -> str:
        return f"drop function {_dotted(self.old.name)}"

    def counts(self) -> Mapping[str, int]:
        return {"functions": 1}

    def removes(self) -> Iterable[Fact]:
        return (function_fact(self.old.name),)

    def releases(self) -> Iterable[Fact]:
        yield _HOME
        yield from sorted(_depends(self.old))
