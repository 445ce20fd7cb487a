"""Random schemas (hypothesis): everything that a `Schema` can say and PostgreSQL 15 to 18 take.

`schemas()` is the entrance. Expressions are written as PostgreSQL prints them, so that a catalog that is
read back can be compared with what was drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from dbgen.model.schema import (
    ON_DELETE,
    Check,
    Column,
    EnumType,
    ForeignKey,
    Grant,
    Index,
    PrimaryKey,
    Schema,
    Table,
    Unique,
)
from dbgen.names import refusal
from dbgen.sql import ident, literal, qualified

PLAIN = """accounts account account_id status name owner parent location contacts items orders price note
    created_at updated_at kind amount is_active sort_order first_name a_b ab a b x id2 types""".split()
RESERVED = """select user table order group class default constructor never column check primary end
    Database Json public schema string number type interface undefined any""".split()
ODD = [
    *("Weird Name", "a-b", "1st", "42", "camelCase", "UPPER", "aB", "Ab", 'qu"ote', "it's", "back\\slash"),
    *("tick`", "$dollar", "dollar$", "semi;colon", "per%cent", "_leading", "__two", "trailing_", " lead"),
    *(
        "été",
        "Été",
        "ünï",
        "straße",
        "имя",
        "όνομα",
        "名前",
        "이름",
        "😀",
        "a.b",
        "a\u00a0b",
        "${x}",
        "*/",
        "{}",
    ),
    *("__proto__", "x" * 63, "long_" + "é" * 29, "toString", "point", "inet", "text", "money", "_und"),
]
#: Types of columns that can be part of a key, with defaults as PostgreSQL prints them.
KEY_TYPES: dict[str, tuple[str, ...]] = {
    "uuid": ("gen_random_uuid()",),
    "text": ("''::text", "'it''s'::text", "'now()'::text"),
    "character varying(50)": ("'Pending'::character varying",),
    "character varying": ("'x'::character varying",),
    "character(3)": ("'EUR'::bpchar",),
    "integer": ("0", "'-1'::integer"),
    "bigint": ("1",),
    "smallint": ("7",),
    "numeric": ("0.5",),
    "numeric(12,2)": ("0.00",),
    "boolean": ("true", "false"),
    "date": ("CURRENT_DATE",),
    "timestamp with time zone": ("now()", "CURRENT_TIMESTAMP"),
    "timestamp without time zone": ("LOCALTIMESTAMP",),
    "inet": ("'127.0.0.1'::inet",),
    "bytea": ("'\\x00ff'::bytea",),
}
OTHER_TYPES: dict[str, tuple[str, ...]] = {
    "jsonb": ("'{}'::jsonb",),
    "json": ("'[]'::json",),
    "double precision": ("1.5",),
    "real": (),
    "time without time zone": ("LOCALTIME",),
    "time with time zone": (),
    "timestamp(3) with time zone": (),
    "interval": ("'01:00:00'::interval",),
    "point": ("'(0,0)'::point",),
    **dict.fromkeys(
        (
            *(
                "cidr",
                "macaddr",
                "macaddr8",
                "money",
                "bit(4)",
                "bit varying(9)",
                "xml",
                "tsvector",
                "tsquery",
            ),
            *("box", "circle", "line", "lseg", "path", "polygon", "int4range", "int8range", "numrange"),
            *("tsrange", "tstzrange", "daterange", "int4multirange", "datemultirange", "jsonpath", "oid"),
            *("name", "pg_lsn", "regclass", "xid8"),
        ),
        (),
    ),
}
_LETTERS = "abzABZ019_ -.$'\"\\/éßøжЯω漢か😀"
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE")


def names() -> st.SearchStrategy[str]:
    """Names that PostgreSQL keeps whole: plain ones often, odd, reserved and long ones too."""
    free = st.text(_LETTERS, min_size=1, max_size=12).filter(lambda name: refusal(name) is None)
    return st.one_of(*(st.sampled_from(pool) for pool in (PLAIN, PLAIN, RESERVED, ODD)), free)


def comments() -> st.SearchStrategy[str | None]:
    """Comments, None often; PostgreSQL turns an empty one into none."""
    return st.none() | st.text("abc 'é\\\n😀", min_size=1, max_size=20)


@dataclass
class _Names:
    """Hands out names that nothing else has: tables, indexes, types and constraints share one room."""

    draw: Callable[[st.SearchStrategy[str]], str]
    used: set[str] = field(default_factory=set)
    tries: int = 0

    def take(self, pool: st.SearchStrategy[str]) -> str:
        drawn = name = self.draw(pool)
        while name in self.used:
            self.tries += 1
            name = f"{drawn[:12]}{self.tries}"
        self.used.add(name)
        return name


@st.composite
def enums(draw: st.DrawFn, room: _Names) -> EnumType:
    """A native enum with one to six values."""
    labels = st.text(_LETTERS, max_size=10) | st.sampled_from(["Pending", "Active", "", "a" * 63])
    values = draw(st.lists(labels, min_size=1, max_size=6, unique=True))
    return EnumType(room.take(names()), tuple(values))


def _types(found: tuple[EnumType, ...], keys_only: bool) -> dict[str, tuple[str, ...]]:
    """Types by name with their defaults."""
    own = {qualified(e.name): (f"{literal(e.values[0])}::{qualified(e.name)}",) for e in found}
    if keys_only:
        return KEY_TYPES | own
    single = KEY_TYPES | OTHER_TYPES | own
    arrays: dict[str, tuple[str, ...]] = {f"{name}[]": () for name in single}
    return single | arrays | {"text[]": ("'{}'::text[]",)}


@st.composite
def columns(draw: st.DrawFn, name: str, kinds: dict[str, tuple[str, ...]]) -> Column:
    """A column of one of those types, with or without NULL, default, identity, comment."""
    kind = draw(st.sampled_from(list(kinds)))
    if kind in ("integer", "bigint", "smallint") and draw(st.integers(0, 3)) == 0:
        return Column(name, kind, nullable=False, identity=True, comment=draw(comments()))
    default = draw(st.none() | st.sampled_from(kinds[kind])) if kinds[kind] else None
    return Column(name, kind, draw(st.booleans()), default, comment=draw(comments()))


@st.composite
def _tables(draw: st.DrawFn, room: _Names, found: tuple[EnumType, ...]) -> Table:
    """A table with its own keys and indexes, its foreign keys still missing."""
    key_kinds, all_kinds = _types(found, True), _types(found, False)
    own = _Names(draw)
    key = [draw(columns(own.take(names()), key_kinds)) for _ in range(draw(st.integers(0, 3)))]
    key = [replace(column, nullable=False) for column in key]
    rest = [draw(columns(own.take(names()), all_kinds)) for _ in range(draw(st.integers(0, 8)))]
    placed = draw(st.permutations([*key, *rest]))
    table = Table(
        room.take(names()),
        tuple(replace(column, position=index) for index, column in enumerate(placed)),
        PrimaryKey(room.take(names()), tuple(c.name for c in draw(st.permutations(key)))) if key else None,
        comment=draw(comments()),
        grants=draw(_grants()),
    )
    return draw(_with_rules(table, room, set(key_kinds)))


@st.composite
def _grants(draw: st.DrawFn) -> tuple[Grant, ...]:
    roles = draw(st.sampled_from([(), ("service_role",), ("authenticated", "service_role")]))
    return tuple(Grant(role, PRIVILEGES) for role in roles)


@st.composite
def _with_rules(draw: st.DrawFn, table: Table, room: _Names, key_kinds: set[str]) -> Table:
    """The table with uniques, checks and indexes over its columns."""
    usable = [column.name for column in table.columns if column.type in key_kinds]
    if not usable:
        return table
    sets = st.lists(st.sampled_from(usable), min_size=1, max_size=3, unique=True).map(tuple)
    taken = {table.primary_key.columns if table.primary_key else ()}
    uniques, indexes = [], []
    for chosen in draw(st.lists(sets, max_size=2)):
        if chosen not in taken:
            taken.add(chosen)
            uniques.append(Unique(room.take(names()), chosen))
    for chosen in draw(st.lists(sets, max_size=2)):
        where = f"({ident(chosen[0])} IS NOT NULL)" if draw(st.integers(0, 3)) == 0 else None
        indexes.append(Index(room.take(names()), chosen, draw(st.booleans()), "btree", where))
    numbers = [column.name for column in table.columns if column.type == "integer"]
    checks = [Check(room.take(names()), f"({ident(name)} >= 0)", (name,)) for name in numbers[:1]]
    return replace(table, uniques=tuple(uniques), indexes=tuple(indexes), checks=tuple(checks))


@st.composite
def _with_foreign_key(draw: st.DrawFn, table: Table, target: Table | None, room: _Names) -> Table:
    """The table with one more foreign key, over columns of its own; a None target is `auth.users`."""
    keys = [("id",)] if target is None else _keys(target)
    if not keys:
        return table
    to = draw(st.permutations(draw(st.sampled_from(keys))))
    kinds = ["uuid"] if target is None else [target.column(name).type for name in to]
    own = _Names(draw, {column.name for column in table.columns})
    nullable = draw(st.booleans())
    last = len(table.columns)
    made = [Column(own.take(names()), kind, nullable, position=last + n) for n, kind in enumerate(kinds)]
    placed = draw(st.permutations(made))
    made = [replace(column, position=last + placed.index(column)) for column in made]
    over = tuple(column.name for column in made)
    key = ForeignKey(
        room.take(names()),
        over,
        "users" if target is None else target.name,
        tuple(to),
        draw(st.sampled_from(ON_DELETE)),
        "auth" if target is None else "public",
    )
    table = replace(table, columns=(*table.columns, *made), foreign_keys=(*table.foreign_keys, key))
    if draw(st.integers(0, 2)) == 0:
        unique = Unique(room.take(names()), tuple(draw(st.permutations(over))))
        table = replace(table, uniques=(*table.uniques, unique))
    return table


def _keys(table: Table) -> list[tuple[str, ...]]:
    own = [table.primary_key.columns] if table.primary_key else []
    return own + [unique.columns for unique in table.uniques]


@st.composite
def schemas(draw: st.DrawFn, max_tables: int = 6, auth: bool = True) -> Schema:
    """A schema of up to `max_tables` tables, with cycles and self references; `auth`: foreign keys to
    `auth.users` too, which must then be there with a uuid key `id`.
    """
    room = _Names(draw)
    found = tuple(draw(enums(room)) for _ in range(draw(st.integers(0, 3))))
    tables = [draw(_tables(room, found)) for _ in range(draw(st.integers(0, max_tables)))]
    for index in range(len(tables)):
        for _ in range(draw(st.integers(0, 2))):
            outside = auth and draw(st.integers(0, 4)) == 0
            target = None if outside else draw(st.sampled_from(tables))
            tables[index] = draw(_with_foreign_key(tables[index], target, room))
    return Schema(tuple(tables), found)
