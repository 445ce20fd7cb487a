"""Random guards (hypothesis): row security, policies, triggers, functions and indexes on expressions for a
schema that has none.

What a guard says follows from its table and a small number, so that it is often the same in the next step;
it speaks of columns by their names then, as a rule of dbgen's does.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from dbgen.model.schema import Column, Function, Index, Policy, Schema, Table, Trigger
from dbgen.names import derived
from dbgen.sql import ident, qualified
from tests.strategies import schemas

_COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "ALL")
_ROLES = ((), ("authenticated",), ("anon", "service_role"))
#: A trigger's function that changes nothing, and one that lets nobody write.
_BODIES = {
    "pass": "BEGIN RETURN coalesce(NEW, OLD); END",
    "refuse": "\nBEGIN\n    RETURN NULL;  -- it's $body$\nEND\n",
}
_DOCUMENTS = ("jsonb", "text", "character varying(50)", "character varying")


@st.composite
def guarded(draw: st.DrawFn, schema: Schema) -> Schema:
    """The schema with guards on some of its tables, and the functions that they call."""
    if not schema.tables or draw(st.integers(0, 2)) == 0:
        return schema
    asks = draw(_asking(schema.tables))
    tables = tuple(draw(_guarded(table, schema.tables, asks is not None)) for table in schema.tables)
    run = sorted({trigger.function for table in tables for trigger in table.triggers})
    functions = [Function(name, "trigger", _BODIES[name], comment="a trigger's") for name in run]
    return replace(schema, tables=tables, functions=(*functions, *([asks] if asks else [])))


@st.composite
def guarded_schemas(draw: st.DrawFn) -> Schema:
    """A random schema with guards."""
    return draw(guarded(draw(schemas())))


@st.composite
def _asking(draw: st.DrawFn, tables: tuple[Table, ...]) -> Function | None:
    """A function that reads a table by name, whose body PostgreSQL looks into."""
    table = draw(st.sampled_from(tables))
    if not table.columns or draw(st.booleans()):
        return None
    body = f"SELECT {ident(table.columns[0].name)}::text FROM {qualified(table.name)}"
    return Function(
        "asks",
        draw(st.sampled_from(("text", "SETOF text"))),
        body,
        draw(st.sampled_from(((), ("many integer DEFAULT 1", "at date DEFAULT now()")))),
        "sql",
        draw(st.sampled_from(("STABLE", "VOLATILE"))),
        draw(st.booleans()),
        draw(st.sampled_from(((), ("authenticated",), ("anon", "authenticated")))),
        (table.name,),
        draw(st.sampled_from(("asks", "it's asked"))),
    )


@st.composite
def _guarded(draw: st.DrawFn, table: Table, tables: tuple[Table, ...], asks: bool) -> Table:
    kinds = draw(st.lists(st.integers(0, 4), max_size=3, unique=True))
    numbers = draw(st.lists(st.integers(0, 3), max_size=2, unique=True))
    documents = [column for column in table.columns if column.type in _DOCUMENTS]
    indexed = documents[:1] if draw(st.booleans()) else []
    return replace(
        table,
        row_security=draw(st.booleans()),
        policies=tuple(_policy(kind, table, tables[kind % len(tables)], asks) for kind in kinds),
        triggers=tuple(_trigger(number, table) for number in numbers),
        indexes=(*table.indexes, *(_index(table, column) for column in indexed)),
    )


def _policy(kind: int, table: Table, other: Table, asks: bool) -> Policy:
    """One that names nothing, the table's column, another's column, a function."""
    name, command = derived(f"{table.name}_{kind}"), _COMMANDS[kind]
    sentence, reads = "true", tuple[tuple[str, str], ...]()
    if kind == 1 and table.columns:
        sentence, reads = _set(table.columns[0]), ((table.name, table.columns[0].name),)
    if kind in (2, 3) and other.columns:
        sentence = f"EXISTS (SELECT FROM {qualified(other.name)} o WHERE {_set(other.columns[0], 'o.')})"
        reads = ((other.name, other.columns[0].name),)
    if kind == 4 and asks:
        sentence = "'x' IN (SELECT dbgen.asks())"
    using = None if command == "INSERT" else sentence
    check = None if command in ("SELECT", "DELETE") else sentence
    return Policy(name, command, _ROLES[kind % 3], using, check, reads)


def _set(column: Column, prefix: str = "") -> str:
    return f"({prefix}{ident(column.name)} IS NOT NULL)"


def _trigger(number: int, table: Table) -> Trigger:
    name = derived(f"{table.name}_t{number}")
    if number == 0:
        return Trigger(name, "AFTER", ("DELETE", "INSERT"), "pass", ("it's", "ü"))
    if number == 1 or not table.columns:
        # What a foreign key does is let through: PostgreSQL would leave rows that point to nothing.
        return Trigger(name, "BEFORE", ("DELETE", "UPDATE"), "refuse", (), "(pg_trigger_depth() = 0)")
    return Trigger(name, "BEFORE", ("INSERT", "UPDATE"), "pass", (), _set(table.columns[-1], "NEW."))


def _index(table: Table, column: Column) -> Index:
    name = derived(f"{table.name}_search")
    if column.type == "jsonb":
        return Index(name, (column.name,), method="gin")
    words = f"to_tsvector('simple'::regconfig, {ident(column.name)}::text)"
    return Index(name, (column.name,), method="gin", expression=words)
