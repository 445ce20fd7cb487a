"""Which indexes a table gets: never two on the same columns, nor one that another one begins with."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen import names
from dbgen.inputs.naming import Namer
from dbgen.inputs.union import UnitedEntity
from dbgen.model import types
from dbgen.model.requests import IndexRequest, Rules
from dbgen.model.schema import Column, Index, Table
from dbgen.names import from_pattern, styled
from dbgen.sql import ident
from dbgen.values import dataclass, replace

#: What a text is called that names its row, the best first; `{entity}_name` comes second.
_NAMING = ("name", "title", "displayname", "fullname", "label", "subject")
_TEXTS = frozenset({"text", "character varying", "character", "citext"})
#: Types whose values have no order, so that GIN cannot hold arrays of them.
_UNORDERED = frozenset(
    "json xml point box circle line lseg path polygon jsonpath xid txid_snapshot pg_snapshot".split()
)


@dataclass(frozen=True, slots=True)
class _Wish:
    """An index to be named; `label` is what the name has in the place of the columns."""

    columns: tuple[str, ...]
    unique: bool = False
    method: str = "btree"
    where: str | None = None
    expression: str | None = None
    label: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it orders all rows by its columns."""
        return self.method == "btree" and self.where is None and self.expression is None


def without_deleted(
    table: Table, pointed: Iterable[tuple[str, ...]], rules: Rules
) -> tuple[Table, list[Index]]:
    """The table, and unnamed unique indexes over the rows that are not softly deleted, in the place of
    those of its unique constraints that no foreign key points to (`pointed`: the columns that some do).
    """
    where = _not_deleted(table, rules)
    if where is None:
        return table, []
    kept = {frozenset(columns) for columns in pointed}
    stay = tuple(one for one in table.uniques if frozenset(one.columns) in kept)
    gone = [one for one in table.uniques if one not in stay]
    return replace(table, uniques=stay), [Index("", one.columns, True, where=where) for one in gone]


def _not_deleted(table: Table, rules: Rules) -> str | None:
    """What says that a row is not deleted, where indexes respect it."""
    column = styled("deleted_at", rules.column_name_pattern)
    respected = rules.include_soft_delete and rules.include_indexes == "full" and table.has(column)
    return f"{ident(column)} IS NULL" if respected else None


def indexes_of(
    table: Table, entity: UnitedEntity | None, partial: Iterable[Index], rules: Rules, namer: Namer
) -> tuple[Index, ...]:
    """The indexes of a table with its keys, named. `entity`: None for a table between two; `partial`: as
    `without_deleted` gives them.

    `none`: columns with `index: true` alone; `basic`: foreign keys too; `full`: also what BUSM declares, the
    column that names a row, GIN for jsonb, arrays and searched texts.
    """
    free: list[tuple[str, ...]] = []
    if entity is not None:
        free += [(name,) for name, (wish, _) in entity.fields.items() if wish.index]
    keys = [key.columns for key in table.foreign_keys] if rules.include_indexes != "none" else []
    found = [_Wish(one.columns, True, where=one.where) for one in partial]
    if rules.include_indexes == "full" and entity is not None:
        found += _declared(table, entity.indexes, rules)
        search = [name for name, (wish, _) in entity.fields.items() if wish.search]
        found += _searched(search)
        free += _named(table, entity.entity, search)
        taken = {one.columns for one in found}
        found += [one for one in _inverted(table) if one.columns not in taken]
    distinct = {_same(one): one for one in sorted(found, key=_order, reverse=True)}
    free += [one.columns for one in distinct.values() if one.plain and not one.unique]
    rest = [one for one in distinct.values() if not one.plain or one.unique]
    live = [one.columns for one in rest if one.unique and one.where == _not_deleted(table, rules)]
    rest += _uncovered(table, rest, keys, [one for one in free if not _leads(live, one)])
    return tuple(_index(table.name, one, rules, namer) for one in sorted(rest, key=_order))


def _declared(table: Table, declared: Iterable[IndexRequest], rules: Rules) -> Iterable[_Wish]:
    """BUSM's, without unique ones that a key is, and without deleted rows in unique ones."""
    covered = _keys(table)
    for one in declared:
        where = one.where
        if one.unique and one.method == "btree":
            if where is None and one.columns in covered:
                continue
            where = where or _not_deleted(table, rules)
        yield _Wish(one.columns, one.unique, one.method, where)


def _searched(columns: Iterable[str]) -> Iterable[_Wish]:
    for name in columns:
        expression = f"to_tsvector('simple'::regconfig, {ident(name)})"
        yield _Wish((name,), method="gin", expression=expression, label=(name, "search"))


def _named(table: Table, entity: str, search: Iterable[str]) -> list[tuple[str, ...]]:
    """The column that names a row, unless it is searched in full."""
    texts = {names.key(one.name): one for one in table.columns if types.base(one.type) in _TEXTS}
    wanted = (_NAMING[0], f"{names.key(entity)}name", *_NAMING[1:])
    found = next((texts[key].name for key in wanted if key in texts and _is_text(texts[key])), None)
    return [] if found is None or found in search else [(found,)]


def _is_text(column: Column) -> bool:
    return not types.is_array(column.type)


def _inverted(table: Table) -> Iterable[_Wish]:
    for column in table.columns:
        base, array = types.base(column.type), types.is_array(column.type)
        if (base == "jsonb" and not array) or (array and base not in _UNORDERED):
            yield _Wish((column.name,), method="gin")


def _uncovered(table: Table, others: Iterable[_Wish], *wanted: Iterable[tuple[str, ...]]) -> list[_Wish]:
    """Plain indexes, the longest first, without those that a key or another index begins with."""
    covers = [*_keys(table), *(one.columns for one in others if one.plain)]
    made = []
    for columns in sorted({one for several in wanted for one in several}, key=lambda one: (-len(one), one)):
        if not _leads(covers, columns):
            covers.append(columns)
            made.append(_Wish(columns))
    return made


def _leads(covers: Iterable[tuple[str, ...]], columns: tuple[str, ...]) -> bool:
    return any(cover[: len(columns)] == columns for cover in covers)


def _keys(table: Table) -> list[tuple[str, ...]]:
    own = [table.primary_key.columns] if table.primary_key is not None else []
    return [*own, *(unique.columns for unique in table.uniques)]


def _same(one: _Wish) -> tuple[str, ...]:
    said = (*one.columns, "\0", one.method, one.where or "")
    return said if one.expression is None else (*said, one.expression)


def _order(one: _Wish) -> tuple[object, ...]:
    """Unique first, plain before partial: the first of a kind keeps the plain name."""
    return (
        one.columns,
        not one.unique,
        one.where or "",
        one.method != "btree",
        one.method,
        one.expression or "",
    )


def _index(table: str, one: _Wish, rules: Rules, namer: Namer) -> Index:
    name = from_pattern(rules.index_name_pattern, table, one.label or one.columns)
    identity = "\0".join((table, *_same(one)))
    named = namer.relation(name, table, identity)
    return Index(named, one.columns, one.unique, one.method, one.where, one.expression)
