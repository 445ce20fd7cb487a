"""One schema of a live database as its API's clients see it, by the rules of `supabase gen types` 3.1.0."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from dbgen.database.catalog import read_queries
from dbgen.database.connection import Connection, Row
from dbgen.database.node_tree import parse
from dbgen.database.required import Required
from dbgen.database.shown_keys import Key, references, shown_columns
from dbgen.model.described import (
    Argument,
    Described,
    DescribedColumn,
    DescribedType,
    Function,
    Reference,
    Relation,
)
from dbgen.values import dataclass

#: What a Supabase project's postgres role has; how signatures spell their types hangs on it.
_PATH = '"$user", public, extensions'
_NAMES = ("relations", "columns", "keys", "views", "required", "functions", "types")
#: A comment that says of a view's column what PostgreSQL cannot.
_NOT_NULL = re.compile(r"^\s*@notNull\s*$", re.MULTILINE)
_VIEWS = ("v", "m")


def describe(connection: Connection, schema: str = "public") -> Described:
    """Tables, views, functions and types, without what the role may neither read nor write.

    Works in a transaction and without one; one round trip.
    """
    wanted = [f"described_{name}" for name in _NAMES]
    relations, columns, keys, views, required, functions, types = read_queries(
        connection, schema, wanted, search_path=_PATH
    )
    rules = _rules(views)
    shown = _references(schema, keys, rules)
    by_relation = _columns(relations, columns, Required(_queries(rules), {(r[0], r[1]) for r in required}))
    return Described(
        schema,
        tuple(_relation(row, by_relation[row[0]], shown.get(row[1], ())) for row in relations),
        tuple(map(_function, functions)),
        tuple(map(_type, types)),
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of a view; `returns` when it is the view's own query."""

    view: int
    schema: str
    name: str
    returns: bool
    tree: Any
    columns: tuple[str, ...]


def _rules(rows: Iterable[Row]) -> list[_Rule]:
    return [
        _Rule(view, schema, name, returns, _tree(text), tuple(columns))
        for view, schema, name, returns, text, columns in rows
    ]


def _tree(text: str) -> Any:
    try:
        return parse(text)
    except (ValueError, IndexError):
        return None


def _queries(rules: Iterable[_Rule]) -> dict[int, Any]:
    return {rule.view: rule.tree for rule in rules if rule.returns}


def _references(schema: str, keys: Iterable[Row], rules: Iterable[_Rule]) -> dict[str, list[Reference]]:
    own = [rule for rule in rules if rule.schema == schema]
    names = {
        (rule.view, number): name for rule in own for number, name in enumerate((rule.name, *rule.columns))
    }
    shown = shown_columns((rule.view, rule.tree) for rule in own)
    return references(schema, map(Key.of, keys), shown, names)


def _columns(
    relations: Iterable[Row], rows: Iterable[Row], required: Required
) -> defaultdict[int, tuple[DescribedColumn, ...]]:
    views = {row[0] for row in relations if row[2] in _VIEWS}
    found: dict[int, list[DescribedColumn]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(_view_column(row, required) if row[0] in views else _table_column(row))
    return defaultdict(tuple, {relation: tuple(columns) for relation, columns in found.items()})


def _view_column(row: Row, required: Required) -> DescribedColumn:
    relation, number, name, kind, kind_schema, nullable, _, _, _, writable, comment = row
    never = number in required.of(relation) or _NOT_NULL.search(comment)
    return DescribedColumn(name, kind, kind_schema, nullable and not never, True, writable)


def _table_column(row: Row) -> DescribedColumn:
    _, _, name, kind, kind_schema, nullable, default, identity, generated, _, _ = row
    optional = nullable or default or identity != ""
    return DescribedColumn(name, kind, kind_schema, nullable, optional, identity != "a" and not generated)


def _relation(row: Row, columns: tuple[DescribedColumn, ...], keys: Iterable[Reference]) -> Relation:
    oid, name, kind, inserts, updates = row
    if kind not in _VIEWS:
        return Relation(oid, name, False, columns, tuple(keys))
    return Relation(oid, name, True, columns, tuple(keys), kind == "v" and inserts, kind == "v" and updates)


def _function(row: Row) -> Function:
    oid, name, modes, names, types, given, defaults, signature, result, *rest = row
    result_type, result_relation, returns_set, rows = rest
    modes, names = modes or ["i"] * len(types), names or [""] * len(types)
    # By position among all arguments, as the Supabase CLI counts them, those that only go out too.
    has_default = [number >= given - defaults for number in range(given)] + [False] * (len(types) - given)
    arguments = tuple(map(Argument, modes, names, types, has_default))
    planned = (rows or None) if returns_set else None
    return Function(
        oid, name, arguments, signature, result, result_type, result_relation, returns_set, planned
    )


def _type(row: Row) -> DescribedType:
    oid, name, schema, shown, values, names, types, relation = row
    attributes = tuple(zip(names, types, strict=True))
    return DescribedType(oid, name, schema, shown, tuple(values), attributes, relation)
