"""What is made fresh of a schema is what the whole would have shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dbgen.database.connection import Connection
from dbgen.database.fresh import completed, fresh_catalog, fresh_part
from dbgen.model.schema import (
    Check,
    Column,
    EnumType,
    ForeignKey,
    Grant,
    Index,
    Policy,
    PrimaryKey,
    Schema,
    Table,
    Unique,
)

ID = Column("id", "uuid", False, "gen_random_uuid()")
OWNER = Column("owner_id", "uuid", position=1)
NOTE = Column("note", "text", position=2)


def _table(name: str, *columns: Column, target: str | None = None) -> Table:
    keys = (ForeignKey(f"fk_{name}_owner_id", ("owner_id",), target, ("id",)),) if target else ()
    return Table(
        name,
        (ID, OWNER, NOTE, *columns),
        PrimaryKey(f"{name}_pkey", ("id",)),
        (Unique(f"uq_{name}_note", ("note",)),),
        (Check(f"ck_{name}_note", "note <> ''", ("note",)),),
        keys,
        (Index(f"idx_{name}_owner_id", ("owner_id",), where="note IS NOT NULL"),),
        (Grant("service_role", ("SELECT",)),),
    )


KIND = EnumType("kind", ("a", "b"))
SEEN = Policy(
    "seen", "SELECT", ("authenticated",), "EXISTS (SELECT FROM b WHERE b.note = 'x')", reads=(("b", "note"),)
)
READING = replace(_table("reading", target="a"), policies=(SEEN,), row_security=True)
BEFORE = Schema(
    (_table("a", target="c"), _table("b", target="b"), _table("c", Column("k", "public.kind")), READING),
    (KIND,),
)
CHANGES = {
    "nothing": BEFORE,
    "a table that others point to": BEFORE.with_table(_table("c", Column("n", "integer"))),
    "a table that points to itself and is read": BEFORE.with_table(_table("b", Column("n", "integer"))),
    "a table that comes": BEFORE.with_table(_table("d", target="reading")),
    "a table that goes": replace(BEFORE, tables=tuple(t for t in BEFORE.tables if t.name != "reading")),
    "an enum": replace(BEFORE, enums=(EnumType("kind", ("a", "b", "c")),)),
    "a policy": BEFORE.with_table(replace(READING, policies=(replace(SEEN, command="ALL"),))),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_part_completed_is_the_whole(connection: Connection, change: str) -> None:
    after = CHANGES[change]
    connection.batch(connection.begin())
    first, whole = fresh_catalog(connection, BEFORE), fresh_catalog(connection, after)
    part = fresh_part(connection, BEFORE, after)
    connection.roll_back()
    assert first is not None
    assert part is not None
    assert completed(part, BEFORE, first, after) == whole
    assert len(part.tables) < len(BEFORE.tables)
