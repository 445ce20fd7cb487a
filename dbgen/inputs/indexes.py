"""Which indexes a table gets: never two on the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dbgen.inputs.naming import Namer
from dbgen.model.requests import IndexRequest, Rules
from dbgen.model.schema import Index, Table
from dbgen.names import from_pattern


def indexes_of(
    table: Table, asked: Sequence[str], declared: Iterable[IndexRequest], rules: Rules, namer: Namer
) -> tuple[Index, ...]:
    """The indexes of a table with its keys, named.

    `asked`: columns with `index: true`, whatever `includeIndexes` says; `declared`: BUSM's, under `full`.
    """
    covered = [unique.columns for unique in table.uniques]
    if table.primary_key is not None:
        covered.append(table.primary_key.columns)
    wishes: dict[tuple[str, ...], IndexRequest] = {}
    if rules.include_indexes == "full":
        for one in sorted(declared, key=_order):
            if one.columns not in covered or one.where or one.method != "btree":
                wishes.setdefault(_same(one), one)
    for column in asked:
        if (column,) not in covered:
            wishes.setdefault(_same(IndexRequest((column,))), IndexRequest((column,)))
    if rules.include_indexes != "none":
        for key in table.foreign_keys:
            leading = any(columns[: len(key.columns)] == key.columns for columns in covered)
            if not leading:
                wishes.setdefault(_same(IndexRequest(key.columns)), IndexRequest(key.columns))
    return tuple(_named(table.name, wish, rules, namer) for wish in sorted(wishes.values(), key=_order))


def _same(one: IndexRequest) -> tuple[str, ...]:
    return (*one.columns, "\0", one.method, one.where or "")


def _order(one: IndexRequest) -> tuple[object, ...]:
    """Unique first, plain before partial: the first of a kind keeps the plain name."""
    return (one.columns, not one.unique, one.where or "", one.method != "btree", one.method)


def _named(table: str, one: IndexRequest, rules: Rules, namer: Namer) -> Index:
    name = from_pattern(rules.index_name_pattern, table, one.columns)
    identity = "\0".join((table, *_same(one)))
    return Index(namer.relation(name, table, identity), one.columns, one.unique, one.method, one.where)
