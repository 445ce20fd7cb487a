"""What others have on kept rows, or write while rows are being kept: it is lost as little as the rows are."""

from __future__ import annotations

from dbgen.database.connection import Connection
from dbgen.model.schema import Column, Schema, Table
from tests.database.test_keeper import ID, PEOPLE, go, made, one, plan


def test_a_long_name_of_wide_characters_goes_to_the_archive_twice(keeper: Connection) -> None:
    """PostgreSQL cuts names at 63 bytes, which are 21 of these characters."""
    name, phone = "名" * 21, Column("電話番号電話番号", "text", position=1)
    bare = Table(name, (ID,), PEOPLE.primary_key)
    old, gone = made(keeper, Table(name, (ID, phone), PEOPLE.primary_key)), Schema((bare,))
    keeper.batch(f"INSERT INTO \"{name}\" ({phone.name}) VALUES ('x')")
    go(keeper, plan(old, gone, 2).operations)
    go(keeper, plan(gone, old, 3).operations)
    keeper.batch(f"UPDATE \"{name}\" SET {phone.name} = 'y'")
    go(keeper, plan(old, gone, 4).operations)
    assert one(keeper, "SELECT max(octet_length(relation)) <= 63 FROM dbgen.archive") is True
    go(keeper, plan(old, gone, 4).backward)
    assert one(keeper, f'SELECT {phone.name} FROM "{name}"') == "y"
