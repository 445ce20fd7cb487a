"""Keys that people edit: a value comes back by such a key alone, and that is said before."""

from __future__ import annotations

from dbgen.commands import rollback
from dbgen.model.requests import Notice
from tests.commands.conftest import Shop

_CODE = {"type": "string", "required": True, "primaryKey": True}
_SWAP = """
    update accounts set code = translate(code, 'ab', 'xy');
    update accounts set code = translate(code, 'xy', 'ba')"""


def said(notices: tuple[Notice, ...]) -> list[str]:
    """Of some warnings those that name the key."""
    return [one.message for one in notices if "which people may edit" in one.message]


def test_it_is_said_when_values_go_and_before_they_come_back(shop: Shop) -> None:
    shop.entity("Account", id=None, code=_CODE, name="text", phone="phone")
    assert said(shop.generate().warnings) == []
    shop.sql("insert into accounts values ('a', 'Ada', '1'), ('b', 'Bo', '2')")
    shop.entity("Account", phone=None)
    dropped = shop.generate()
    assert said(dropped.warnings) == [
        "The values of accounts.phone are kept by the key code, which people may edit: a rollback puts a "
        "value on the row that has the key then, or leaves it in the archive"
    ]
    shop.sql(_SWAP)
    back = [
        "The values of accounts.phone come back by the key code, which people may edit: each on the row that "
        "has its key now, also where keys were swapped"
    ]
    assert said(rollback(shop.world, dry_run=True).warnings) == back
    assert said(rollback(shop.world, yes=True).warnings) == back
    assert shop.sql("select code, name, phone from accounts order by 1") == [
        ("a", "Bo", "1"),
        ("b", "Ada", "2"),
    ]


def test_what_a_rollback_takes_comes_back_by_the_key_too(shop: Shop) -> None:
    shop.entity("Account", id=None, code=_CODE, name="text")
    shop.generate()
    shop.entity("Account", phone="phone")
    assert said(shop.generate().warnings) == []
    shop.sql("insert into accounts values ('a', 'Ada', '1'), ('b', 'Bo', '2')")
    assert said(rollback(shop.world, yes=True).warnings) == [
        "The values of accounts.phone are kept by the key code, which people may edit: generate or apply "
        "puts a value on the row that has the key then, or leaves it in the archive"
    ]
    shop.sql(_SWAP)
    shop.generate()
    assert shop.sql("select code, name, phone from accounts order by 1") == [
        ("a", "Bo", "1"),
        ("b", "Ada", "2"),
    ]


def test_nobody_edits_a_uuid(shop: Shop) -> None:
    shop.entity("Account", name="text", phone="phone")
    shop.generate()
    shop.fill("accounts", 2, phone="'1'")
    shop.entity("Account", phone=None)
    assert said(shop.generate().warnings) == []
    assert said(rollback(shop.world, yes=True).warnings) == []


def test_the_key_is_named_as_it_is_called_while_the_values_are_away(shop: Shop) -> None:
    shop.entity("Account", id=None, code=_CODE, name="text", phone="phone")
    shop.generate()
    shop.entity("Account", code=None, phone=None, number=_CODE, fax="phone")
    shop.generate(renames=("accounts.code=number",))
    messages = said(rollback(shop.world, dry_run=True).warnings)
    assert [message.partition(", which")[0] for message in messages] == [
        "The values of accounts.fax are kept by the key number",
        "The values of accounts.phone come back by the key number",
    ]
