"""Random changes of a schema (hypothesis): what may become of it from one iteration to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from dbgen.model.requests import Decisions
from dbgen.model.schema import Column, EnumType, Grant, Index, Schema, Table, Unique
from tests.change import Change
from tests.guards import guarded
from tests.renaming import rename_columns, rename_table
from tests.strategies import schemas

_CASTABLE = (
    "integer",
    "bigint",
    "smallint",
    "numeric",
    "numeric(12,2)",
    "text",
    "character varying",
    "character varying(50)",
)
_TEXTS = _CASTABLE[5:]
_PLAIN_TYPES = ("integer", "text", "uuid", "jsonb", "boolean", "text[]", "numeric(12,2)", "date")


def drop_table(change: Change) -> None:
    """A table goes, and the foreign keys to it."""
    if (table := change.table()) is None:
        return
    rest = change.schema.without_table(table.name)
    kept = [
        replace(t, foreign_keys=tuple(k for k in t.foreign_keys if not (k.inside and k.target == table.name)))
        for t in rest.tables
    ]
    change.schema = replace(rest, tables=tuple(kept))


def add_table(change: Change) -> None:
    """A table comes."""
    name = change.relation_name()
    change.put(Table(name, (Column("id", "uuid", False), Column("value", "text", position=1))))


def drop_column(change: Change) -> None:
    """A column goes that nothing but indexes hangs on."""
    if (table := change.table()) is None:
        return
    free = free_columns(change.schema, table)
    if not free or len(table.columns) < 2:
        return
    column = change.draw(st.sampled_from(free))
    kept = tuple(i for i in table.indexes if column.name not in i.columns and i.where is None)
    columns = tuple(c for c in table.columns if c != column)
    change.put(replace(table, columns=columns, indexes=kept))


def add_column(change: Change) -> None:
    """A nullable column comes."""
    if (table := change.table()) is None:
        return
    kind = change.draw(st.sampled_from(_PLAIN_TYPES))
    column = Column(change.column_name(table), kind, comment=change.draw(st.none() | st.just("it's")))
    change.put(replace(table, columns=(*table.columns, replace(column, position=99))))


def alter_column(change: Change) -> None:
    """Type, default, nullability or comment of a column that nothing hangs on."""
    if (table := change.table()) is None:
        return
    free = [c for c in free_columns(change.schema, table) if c.type in _CASTABLE and not c.identity]
    if not free:
        return
    column = change.draw(st.sampled_from(free))
    kind = change.draw(st.sampled_from(_CASTABLE))
    other = replace(
        column,
        type=kind,
        collation=column.collation if kind in _TEXTS else None,
        default=change.draw(st.sampled_from((None, "'7'"))) if kind != column.type else column.default,
        nullable=change.draw(st.booleans()),
        comment=change.draw(st.sampled_from((column.comment, None, "other"))),
    )
    keeps = tuple(i for i in table.indexes if i.where is None or kind == column.type)
    columns = tuple(other if c == column else c for c in table.columns)
    change.put(replace(table, columns=columns, indexes=keeps))


def change_collation(change: Change) -> None:
    """A text's collation is another, as only a hand makes it."""
    if (table := change.table()) is None:
        return
    free = [c for c in free_columns(change.schema, table) if c.type in _TEXTS]
    if free:
        column = change.draw(st.sampled_from(free))
        other = replace(column, collation=change.draw(st.sampled_from((None, '"C"', "ucs_basic"))))
        change.put(replace(table, columns=tuple(other if c == column else c for c in table.columns)))


def change_index(change: Change) -> None:
    """An index comes or goes."""
    if (table := change.table()) is None:
        return
    goes: bool = change.draw(st.booleans())
    if table.indexes and goes:
        gone = change.draw(st.sampled_from(table.indexes))
        change.put(replace(table, indexes=tuple(i for i in table.indexes if i != gone)))
        return
    plain = [c.name for c in table.columns if c.type in (*_CASTABLE, "uuid", "boolean", "date")]
    if plain:
        index = Index(change.relation_name(), (change.draw(st.sampled_from(plain)),))
        change.put(replace(table, indexes=(*table.indexes, index)))


def change_unique(change: Change) -> None:
    """A unique constraint comes, or one goes that no foreign key rests on."""
    if (table := change.table()) is None:
        return
    targets = {
        frozenset(k.target_columns)
        for t in change.schema.tables
        for k in t.foreign_keys
        if k.inside and k.target == table.name
    }
    removable = [u for u in table.uniques if frozenset(u.columns) not in targets]
    goes: bool = change.draw(st.booleans())
    if removable and goes:
        gone = change.draw(st.sampled_from(removable))
        change.put(replace(table, uniques=tuple(u for u in table.uniques if u != gone)))
        return
    # CREATE TABLE makes one index of two keys on the same columns.
    keyed = {u.columns for u in table.uniques} | ({table.primary_key.columns} if table.primary_key else set())
    kinds = (*_CASTABLE, "uuid", "boolean", "date")
    plain = [c.name for c in table.columns if c.type in kinds and (c.name,) not in keyed]
    if plain:
        unique = Unique(change.relation_name(), (change.draw(st.sampled_from(plain)),))
        change.put(replace(table, uniques=(*table.uniques, unique)))


def change_details(change: Change) -> None:
    """Comment, grants, foreign keys that go."""
    if (table := change.table()) is None:
        return
    change.put(
        replace(
            table,
            comment=change.draw(st.sampled_from((None, "a comment", "it's another"))),
            grants=(Grant("service_role", ("SELECT",)),) if change.draw(st.booleans()) else (),
            foreign_keys=table.foreign_keys[: change.draw(st.integers(0, 2))],
        )
    )


def change_enum(change: Change) -> None:
    """Values are added at any place, or an enum that is not used goes; one that is new comes."""
    if not change.schema.enums or change.draw(st.integers(0, 3)) == 0:
        enum = EnumType(change.relation_name(), ("a", "b"))
        change.schema = replace(change.schema, enums=(*change.schema.enums, enum))
        return
    enum = change.draw(st.sampled_from(change.schema.enums))
    place = change.draw(st.integers(0, len(enum.values)))
    value = change.draw(st.sampled_from(("zero", "it's", "Z z")).filter(lambda v: v not in enum.values))
    other = replace(enum, values=(*enum.values[:place], value, *enum.values[place:]))
    enums = tuple(other if e == enum else e for e in change.schema.enums)
    change.schema = replace(change.schema, enums=enums)


CHANGES: tuple[Callable[[Change], None], ...] = (
    drop_table,
    add_table,
    drop_column,
    add_column,
    alter_column,
    change_collation,
    rename_columns,
    rename_table,
    change_index,
    change_unique,
    change_details,
    change_enum,
)


@st.composite
def steps(draw: st.DrawFn, start: Schema | None = None) -> tuple[Schema, Schema, Decisions]:
    """A schema, what it becomes, and the renames decided on the way."""
    old = start if start is not None else draw(schemas(max_tables=4, auth=False))
    change = Change(draw, old)
    # Renames first: their old names are those of the previous snapshot.
    first: tuple[Callable[[Change], None], ...] = (rename_table, rename_columns)
    for make in first:
        if draw(st.booleans()):
            make(change)
    for make in draw(st.lists(st.sampled_from(CHANGES), max_size=6)):
        if make not in (rename_table, rename_columns):
            make(change)
    return draw(guarded(old)), draw(guarded(change.schema)), change.decisions


def free_columns(schema: Schema, table: Table) -> list[Column]:
    """The columns that no key and no check rests on."""
    used = {c for u in table.uniques for c in u.columns} | {c for k in table.checks for c in k.columns}
    used |= set(table.primary_key.columns) if table.primary_key else set()
    for other in schema.tables:
        for key in other.foreign_keys:
            used |= set(key.columns) if other.name == table.name else set()
            used |= set(key.target_columns) if key.inside and key.target == table.name else set()
    return [column for column in table.columns if column.name not in used]
