"""Random sequences of changes (hypothesis) of schemas whose tables all have keys, as dbgen's own have: more
changes, which move rows about, and whole journeys of several iterations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from dbgen.model.requests import Conversion, Decisions
from dbgen.model.schema import Check, Column, ForeignKey, PrimaryKey, Schema
from dbgen.operations.base import sql_of
from dbgen.plan import make_plan
from dbgen.sql import ident, qualified
from tests.change import Change
from tests.changes import CHANGES, change_collation, change_enum, free_columns
from tests.guards import guarded
from tests.renaming import rename_columns, rename_table
from tests.strategies import schemas

_WIDER = {"integer": "bigint", "smallint": "integer", "uuid": "text", "character varying(50)": "text"}
_WIDER |= {"date": "text", "bigint": "numeric", "boolean": "text"}


def add_required_column(change: Change) -> None:
    """A NOT NULL column comes, with a default or a backfill."""
    if (table := change.table()) is None:
        return
    name = change.column_name(table)
    filled = change.draw(st.booleans())
    column = Column(name, "text", False, None if filled else "'x'::text", position=98)
    change.put(replace(table, columns=(*table.columns, column)))
    if filled:
        asked = Conversion(table.name, name, backfill="'filled'")
        conversions = (*change.decisions.conversions, asked)
        change.decisions = replace(change.decisions, conversions=conversions)


def change_nullability(change: Change) -> None:
    """A column becomes NOT NULL, or may hold NULLs."""
    if (table := change.table()) is None:
        return
    free = [c for c in free_columns(change.schema, table) if not c.identity]
    # Another time NULLs are filled with another value.
    free = [c for c in free if not (c.default or "").startswith("gen_random_uuid")]
    if free:
        column = change.draw(st.sampled_from(free))
        columns = tuple(replace(c, nullable=not c.nullable) if c == column else c for c in table.columns)
        change.put(replace(table, columns=columns))


def add_enum_column(change: Change) -> None:
    """A column of an enum comes."""
    if (table := change.table()) is None or not change.schema.enums:
        return
    kind = qualified(change.draw(st.sampled_from(change.schema.enums)).name)
    column = Column(change.column_name(table), kind + change.draw(st.sampled_from(("", "[]"))), position=95)
    change.put(replace(table, columns=(*table.columns, column)))


def change_key(change: Change) -> None:
    """Another column becomes the primary key; foreign keys to the old one go."""
    if (table := change.table()) is None or table.primary_key is None:
        return
    column = Column(change.column_name(table), "uuid", False, "gen_random_uuid()", position=97)
    key = PrimaryKey(change.relation_name(), (column.name,))
    old = set(table.primary_key.columns)
    change.put(replace(table, columns=(*table.columns, column), primary_key=key))
    for other in change.schema.tables:
        kept = tuple(
            k
            for k in other.foreign_keys
            if not (k.inside and k.target == table.name and set(k.target_columns) == old)
        )
        change.put(replace(other, foreign_keys=kept))


def widen_key(change: Change) -> None:
    """A key's column changes its type, and with it what points to it."""
    if (table := change.table()) is None or table.primary_key is None:
        return
    places = {(table.name, change.draw(st.sampled_from(table.primary_key.columns)))}
    while True:
        more = set(places)
        for other in change.schema.tables:
            for key in other.foreign_keys:
                for own, target in zip(key.columns, key.target_columns, strict=True):
                    pair = {(other.name, own), (key.target if key.inside else "auth.users", target)}
                    more |= pair if pair & more else set()
        if more == places:
            break
        places = more
    columns = [change.schema.table(name).column(column) for name, column in places]
    kinds = {column.type for column in columns}
    read = {(t.name, c) for t in change.schema.tables for k in t.checks for c in k.columns}
    if len(kinds) != 1 or not kinds <= _WIDER.keys() or any(c.identity for c in columns) or places & read:
        return
    kind = _WIDER[kinds.pop()]
    for name, column_name in sorted(places):
        other = change.schema.table(name)
        moved = tuple(
            replace(c, type=kind, default=None) if c.name == column_name else c for c in other.columns
        )
        change.put(replace(other, columns=moved, indexes=tuple(i for i in other.indexes if i.where is None)))


def remove_enum_value(change: Change) -> None:
    """A value of an enum goes that is no column's default."""
    if not change.schema.enums:
        return
    enum = change.draw(st.sampled_from(change.schema.enums))
    uses = [
        c
        for t in change.schema.tables
        for c in t.columns
        if c.type.removesuffix("[]") == qualified(enum.name)
    ]
    if len(enum.values) < 2 or any(column.default for column in uses):
        return
    gone = change.draw(st.sampled_from(enum.values))
    other = replace(enum, values=tuple(value for value in enum.values if value != gone))
    change.schema = replace(
        change.schema, enums=tuple(other if e == enum else e for e in change.schema.enums)
    )


def change_check(change: Change) -> None:
    """A CHECK comes on rows that it may refuse, or goes."""
    if (table := change.table()) is None:
        return
    goes: bool = change.draw(st.booleans())
    if table.checks and goes:
        change.put(replace(table, checks=table.checks[1:]))
        return
    numbers = [c.name for c in table.columns if c.type in ("integer", "bigint")]
    if numbers:
        column = change.draw(st.sampled_from(numbers))
        check = Check(change.relation_name(), f"({ident(column)} > 0)", (column,))
        change.put(replace(table, checks=(*table.checks, check)))


def add_foreign_key(change: Change) -> None:
    """A foreign key comes over a column that has rows."""
    if (table := change.table()) is None or (target := change.table()) is None or target.primary_key is None:
        return
    if len(target.primary_key.columns) != 1:
        return
    kind = target.column(target.primary_key.columns[0]).type
    fitting = [c for c in table.columns if c.type == kind]
    if fitting:
        column = change.draw(st.sampled_from(fitting))
        key = ForeignKey(change.relation_name(), (column.name,), target.name, target.primary_key.columns)
        change.put(replace(table, foreign_keys=(*table.foreign_keys, key)))


MOVES: tuple[Callable[[Change], None], ...] = (
    # No iteration asks for a collation.
    *(change for change in CHANGES if change not in (rename_columns, rename_table, change_collation)),
    add_required_column,
    # Steps of few kinds of change are met as often as the others when these are drawn more often.
    change_nullability,
    change_nullability,
    change_nullability,
    add_enum_column,
    change_enum,
    change_key,
    widen_key,
    remove_enum_value,
    change_check,
    add_foreign_key,
)


@dataclass(frozen=True, slots=True)
class Leg:
    """One iteration: the schema that it leads to, how, and what people do with the rows there: a number for
    each edit. `mode`: what is said when rows stand in the way.
    """

    schema: Schema
    decisions: Decisions
    edits: tuple[int, ...]
    mode: str


@dataclass(frozen=True, slots=True)
class Journey:
    """Iterations 1, 2, …; `others`: what others put on tables after the first, by number."""

    legs: tuple[Leg, ...]
    others: tuple[tuple[int, str], ...]

    def _repr_pretty_(self, printer: RepresentationPrinter, _: bool) -> None:
        """What hypothesis shows: the migrations, for whole schemas are too long to be read."""
        lines, before = [f"Journey(others={self.others})"], Schema()
        for number, leg in enumerate(self.legs, 1):
            plan = make_plan(before, leg.schema, leg.decisions, iteration=number)
            lines.append(f"-- {number}: {leg.mode}, edits {leg.edits}")
            lines += [statement.sql for statement in sql_of(plan.operations)]
            before = leg.schema
        printer.text("\n".join(lines))


OTHERS = ("trigger", "policy", "force", "publication", "grant")


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    """A first schema and one to four changes of it."""
    schema = keyed(draw(schemas(max_tables=3, auth=False)))
    legs = [Leg(draw(guarded(schema)), Decisions(), _edits(draw), "stop")]
    for _ in range(draw(st.integers(1, 4))):
        change = Change(draw, schema)
        for rename in (rename_table, rename_columns):
            if draw(st.integers(0, 3)) == 0:
                rename(change)
        for make in draw(st.lists(st.sampled_from(MOVES), min_size=1, max_size=4)):
            make(change)
        schema = keyed(change.schema)
        mode = draw(st.sampled_from(("fill", "quarantine")))
        legs.append(Leg(draw(guarded(schema)), change.decisions, _edits(draw), mode))
    others = draw(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(OTHERS)), max_size=4, unique=True))
    if any(what == "force" for _, what in others):
        # What dbgen turns off again was on already: nobody can say then whose it was.
        legs = [replace(leg, schema=_without_row_security(leg.schema)) for leg in legs]
    return Journey(tuple(legs), tuple(others))


def _without_row_security(schema: Schema) -> Schema:
    return replace(schema, tables=tuple(replace(table, row_security=False) for table in schema.tables))


def _edits(draw: st.DrawFn) -> tuple[int, ...]:
    return tuple(draw(st.just([]) | st.lists(st.integers(0, 1000), max_size=3)))


def keyed(schema: Schema) -> Schema:
    """The schema with a primary key on every table that lacks one."""
    for number, table in enumerate(schema.tables):
        if table.primary_key is None:
            name = f"own_key_{number}"
            while table.has(name):
                name += "_"
            column = Column(name, "bigint", False, identity=True, position=96)
            if number % 2:
                column = Column(name, "uuid", False, "gen_random_uuid()", position=96)
            key = PrimaryKey(_free_key_name(schema, number), (name,))
            schema = schema.with_table(replace(table, columns=(*table.columns, column), primary_key=key))
    return schema


def _free_key_name(schema: Schema, number: int) -> str:
    taken = {t.primary_key.name for t in schema.tables if t.primary_key}
    taken |= {t.name for t in schema.tables} | {u.name for t in schema.tables for u in t.uniques}
    name = f"own_pkey_{number}"
    while name in taken:
        name += "_"
    return name
