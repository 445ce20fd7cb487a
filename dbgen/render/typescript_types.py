"""Which TypeScript type a column has, by the rules of `supabase gen types`.

Those rules look at the type's bare name in PostgreSQL's catalog (`int4`, `_text` for an array): first among
the types that they know, then among the enums, then among the tables, whatever the schema.
"""

from __future__ import annotations

import json
import re

from dbgen.model import types
from dbgen.model.schema import Schema
from dbgen.names import MAX_BYTES

#: Catalog names of built-in types, where they differ from what `format_type` prints.
_CATALOG_NAMES = {
    "bigint": "int8",
    "bit varying": "varbit",
    "boolean": "bool",
    "character": "bpchar",
    "character varying": "varchar",
    "double precision": "float8",
    "integer": "int4",
    "real": "float4",
    "smallint": "int2",
    "time with time zone": "timetz",
    "time without time zone": "time",
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
}
_NUMBERS = "int2 int4 int8 float4 float8 numeric"
_STRINGS = """bytea bpchar varchar date text citext time timetz timestamp timestamptz uuid vector
    interval"""
KNOWN = (
    {"bool": "boolean", "json": "Json", "jsonb": "Json", "void": "undefined"}
    | {"record": "Record<string, unknown>"}
    | dict.fromkeys(_NUMBERS.split(), "number")
    | dict.fromkeys(_STRINGS.split(), "string")
)
_NAME = r'(?:[^\W\d][\w$]*|"(?:[^"]|"")+")'
_QUALIFIED = re.compile(rf"(?:{_NAME}\.)?(?P<name>{_NAME})")


def text(value: str) -> str:
    """The text as a string literal, in the quotes that need fewer escapes."""
    literal = json.dumps(value, ensure_ascii=False)
    if value.count('"') <= value.count("'"):
        return literal
    return "'" + literal[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


def with_null(found: str, nullable: bool) -> str:
    """The type of a column whose values have that type, with NULL where it may be."""
    if found == "Json" and not nullable:
        return "NonNullable<Json>"
    return f"{found} | null" if nullable and found != "unknown" else found


class TypeNames:
    """The TypeScript types of one schema's columns."""

    def __init__(self, schema: Schema) -> None:
        self._enums = {enum.name for enum in schema.enums if enum.values}
        self._tables = {table.name for table in schema.tables}
        self._declared = {enum.name for enum in schema.enums}
        self._found: dict[tuple[str, bool], str] = {}

    def of(self, column_type: str, nullable: bool) -> str:
        """The type of a column of that type (as `format_type` prints it), with NULL where it may be."""
        key = column_type, nullable
        if key not in self._found:
            self._found[key] = with_null(self._named(self._catalog_name(column_type)), nullable)
        return self._found[key]

    def _named(self, name: str) -> str:
        if name in KNOWN:
            return KNOWN[name]
        if name.startswith("_"):
            return f"{self._named(name[1:])}[]"
        if name in self._enums:
            return f'Database["public"]["Enums"][{text(name)}]'
        if name in self._tables:
            return f'Database["public"]["Tables"][{text(name)}]["Row"]'
        return "unknown"

    def _catalog_name(self, column_type: str) -> str:
        element = types.element(column_type)
        name = _bare_name(element)
        return self._array_name(name) if types.is_array(column_type) else name

    def _array_name(self, name: str) -> str:
        """The array type's name: cut to fit, and out of the way of a table's row type.

        As PostgreSQL's `makeArrayTypeName` does it for an enum that is older than the table.
        """
        array = _cut("_" + name)
        if name in self._declared and array in self._tables:
            return _cut("_" + array)
        return array


def _bare_name(column_type: str) -> str:
    """`public."Odd"` → `Odd`, `extensions.vector(3)` → `vector`, `numeric(12,2)` → `numeric`."""
    if types.known(column_type):
        name = types.base(column_type)
        return _CATALOG_NAMES.get(name, name)
    match = _QUALIFIED.match(column_type)
    name = match["name"] if match else column_type
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _cut(name: str) -> str:
    return name.encode()[:MAX_BYTES].decode(errors="ignore")
