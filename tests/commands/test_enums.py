"""Enums over rows: values added, removed and put back, and styles changed, with nothing lost."""

from __future__ import annotations

from typing import Any

import pytest

from dbgen.commands import generate, rollback
from dbgen.errors import InputError, WorkError
from tests.commands.conftest import Shop

STYLES = ("check", "native")


def ask(shop: Shop, values: tuple[str, ...], **more: Any) -> None:
    shop.entity("Order", state={"type": "enum", "values": list(values), **more})


def states(shop: Shop) -> list[Any]:
    return shop.sql("select state::text from orders order by number")


@pytest.fixture(params=STYLES)
def made(shop: Shop, request: pytest.FixtureRequest) -> Shop:
    """Four orders, one of them without a state, and a note on the lost one."""
    shop.rules(enumStyle=request.param)
    shop.entity("Order", number={"type": "integer", "required": True})
    ask(shop, ("new", "paid", "lost"), default="new")
    shop.entity("Note", orderId={"type": "uuid", "foreignKey": "Order.id"})
    shop.generate()
    shop.sql("insert into orders (number, state) values (1, 'new'), (2, 'paid'), (3, 'lost'), (4, null)")
    shop.sql("insert into notes (order_id) select id from orders where number = 3")
    return shop


def test_a_value_that_rows_hold_cannot_go_and_nothing_has_begun(made: Shop) -> None:
    ask(made, ("new", "paid"), default="new")
    before = made.files()
    with pytest.raises(WorkError) as raised:
        made.generate()
    (conflict,) = raised.value.details["conflicts"]
    assert (raised.value.code, conflict["table"], conflict["columns"]) == (
        "DATA_CONFLICT",
        "orders",
        ["state"],
    )
    assert (conflict["count"], len(conflict["keys"])) == (1, 1)
    assert made.files() == before
    assert states(made) == ["new", "paid", "lost", None]


def test_fill_gives_the_default_and_the_way_back_the_value(made: Shop) -> None:
    ask(made, ("new", "paid"), default="new")
    result = made.generate(on_conflict="fill")
    assert any("filled" in notice.message for notice in result.warnings if notice.code == "DATA_CONFLICT")
    assert states(made) == ["new", "paid", "new", None]
    rollback(made.world, yes=True)
    assert states(made) == ["new", "paid", "lost", None]
    made.generate(on_conflict="fill")
    assert states(made) == ["new", "paid", "new", None]


@pytest.mark.parametrize("default", ["paid", None, "sent"])
def test_fill_with_a_default_that_goes_too(made: Shop, default: str | None) -> None:
    made.sql("update orders set state = 'new' where number = 3")
    ask(made, ("paid", "lost", "sent"), default=default)
    made.generate(on_conflict="fill")
    held = {"check": default, "native": default if default != "sent" else None}
    style = "check" if made.sql("select to_regtype('order_state') is null") == [True] else "native"
    assert states(made) == [held[style], "paid", held[style], None]
    rollback(made.world, yes=True)
    assert states(made) == ["new", "paid", "new", None]


def test_quarantine_moves_the_rows_with_what_points_to_them(made: Shop) -> None:
    ask(made, ("new", "paid"), default="new")
    made.generate(on_conflict="quarantine")
    assert states(made) == ["new", "paid", None]
    assert made.sql("select count(*) from notes") == [0]
    rollback(made.world, yes=True)
    assert states(made) == ["new", "paid", "lost", None]
    assert made.sql("select count(*) from notes") == [1]


@pytest.mark.parametrize("mode", ["fill", "quarantine"])
def test_an_added_value_that_rows_hold_goes_with_the_rollback_and_comes_again(made: Shop, mode: str) -> None:
    ask(made, ("new", "paid", "sent", "lost"), default="new")
    made.generate()
    made.sql("update orders set state = 'sent' where number in (1, 3)")
    with pytest.raises(WorkError) as raised:
        rollback(made.world, yes=True)
    assert [one["count"] for one in raised.value.details["conflicts"]] == [2]
    rollback(made.world, yes=True, on_conflict=mode)
    assert "sent" not in states(made)
    made.generate()
    assert states(made) == ["sent", "paid", "sent", None]
    made.sql("insert into orders (number, state) values (5, 'sent')")
    assert made.sql("select count(*) from notes") == [1]


@pytest.mark.parametrize("mode", ["fill", "quarantine"])
def test_values_of_arrays_go_and_come(shop: Shop, mode: str) -> None:
    shop.rules(enumStyle="native")
    field = {"type": "array", "items": "enum", "values": ["a", "b", "c"]}
    shop.entity("Order", number="integer", state=field)
    shop.generate()
    shop.sql("insert into orders (number, state) values (1, '{a,c}'), (2, '{b}'), (3, null)")
    shop.entity("Order", state={**field, "values": ["b", "a"]})
    with pytest.raises(WorkError) as raised:
        shop.generate()
    assert [one["count"] for one in raised.value.details["conflicts"]] == [1]
    shop.generate(on_conflict=mode)
    assert states(shop) == ([None, "{b}", None] if mode == "fill" else ["{b}", None])
    rollback(shop.world, yes=True)
    assert states(shop) == ["{a,c}", "{b}", None]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("varchar", "native"),
        ("native", "check"),
        ("check", "varchar"),
        pytest.param("varchar", "check", marks=pytest.mark.slow),
        pytest.param("check", "native", marks=pytest.mark.slow),
        pytest.param("native", "varchar", marks=pytest.mark.slow),
    ],
)
def test_every_style_becomes_every_other_with_its_rows(shop: Shop, old: str, new: str) -> None:
    shop.rules(enumStyle=old)
    shop.entity("Order", number="integer")
    ask(shop, ("new", "paid"), default="new")
    shop.generate()
    shop.sql("insert into orders (number, state) values (1, default), (2, 'paid'), (3, null)")
    odd = old == "varchar"
    if odd:
        shop.sql("insert into orders (number, state) values (4, 'odd')")
    before = states(shop)
    shop.rules(enumStyle=new)
    if odd:
        with pytest.raises(WorkError) as raised:
            shop.generate()
        assert raised.value.code == "DATA_CONFLICT"
    shop.generate(on_conflict="fill")
    assert states(shop) == ["new", "paid", None, *(["new"] if odd else [])]
    rollback(shop.world, yes=True)
    assert states(shop) == before
    shop.generate(on_conflict="quarantine")
    assert states(shop) == ["new", "paid", None]
    if new == "varchar":
        shop.sql("insert into orders (number, state) values (4, 'odd')")
        with pytest.raises(WorkError) as raised:
            rollback(shop.world, yes=True)
        assert raised.value.code == "DATA_CONFLICT"
    rollback(shop.world, yes=True, on_conflict="quarantine")
    assert states(shop) == before


def ask_renamed(shop: Shop, values: tuple[str, ...], renames: dict[str, str], **more: Any) -> None:
    """Asks for other values, and says in the module which ones are old ones under another name."""
    ask(shop, values, **more)
    module = shop.root / ".pipeline/modules/shop-phase1.yaml"
    pairs = ", ".join(f"{old}: {new}" for old, new in renames.items())
    module.write_text(f"{module.read_text()}renames: {{enums: {{OrderState: {{{pairs}}}}}}}\n")


@pytest.mark.parametrize("style", ["varchar", "check", "native"])
def test_a_renamed_value_takes_its_rows_along_and_back(shop: Shop, style: str) -> None:
    shop.rules(enumStyle=style)
    shop.entity("Order", number={"type": "integer", "required": True})
    ask(shop, ("new", "paid", "lost"), default="new")
    shop.generate()
    shop.sql("insert into orders (number, state) values (1, default), (2, 'paid'), (3, 'lost'), (4, null)")
    ask_renamed(shop, ("fresh", "paid", "gone"), {"new": "fresh", "lost": "gone"}, default="fresh")
    proven = generate(shop.world, yes=True)
    assert proven.proof
    assert states(shop) == ["fresh", "paid", "gone", None]
    assert not shop.generate().changed
    shop.sql("insert into orders (number) values (5)")
    rollback(shop.world, yes=True)
    assert states(shop) == ["new", "paid", "lost", None, "new"]
    shop.generate()
    assert states(shop) == ["fresh", "paid", "gone", None, "fresh"]


def test_a_value_of_an_array_is_renamed_whatever_its_column_is_called(shop: Shop) -> None:
    """Also where the value holds the column's name, and where the column is called as a part of SQL is."""
    values = {"type": "array", "items": "enum", "values": ["a cat", "dog"]}
    shop.entity("Order", number="integer", a=values)
    module = shop.root / ".pipeline/modules/shop-phase1.yaml"
    shop.generate()
    shop.sql("insert into orders (number, a) values (1, '{a cat,dog,a cat}')")
    values = {**values, "values": ["the a cat", "dog"]}
    shop.entity("Order", a=values)
    module.write_text(f"{module.read_text()}renames: {{enums: {{OrderA: {{a cat: the a cat}}}}}}\n")
    shop.generate()
    assert shop.sql("select a[1], a[2], a[3] from orders") == [("the a cat", "dog", "the a cat")]
    rollback(shop.world, yes=True)
    assert shop.sql("select a[1], a[2], a[3] from orders") == [("a cat", "dog", "a cat")]


def test_rows_that_have_the_value_before_the_rename_stand_in_its_way(shop: Shop) -> None:
    shop.entity("Order", number={"type": "integer", "required": True})
    ask(shop, ("new", "paid"))
    shop.generate()
    shop.sql("insert into orders (number, state) values (1, 'new'), (2, 'fresh')")
    ask_renamed(shop, ("fresh", "paid"), {"new": "fresh"})
    with pytest.raises(WorkError) as raised:
        shop.generate()
    assert raised.value.code == "DATA_CONFLICT"
    shop.generate(on_conflict="quarantine")
    assert states(shop) == ["fresh"]
    rollback(shop.world, yes=True)
    assert states(shop) == ["new", "fresh"]


@pytest.mark.parametrize(("old", "new"), [("native", "varchar"), ("varchar", "native"), ("check", "native")])
def test_a_value_is_renamed_while_the_style_changes(shop: Shop, old: str, new: str) -> None:
    shop.rules(enumStyle=old)
    shop.entity("Order", number={"type": "integer", "required": True})
    ask(shop, ("new", "paid"), default="new")
    shop.generate()
    shop.sql("insert into orders (number, state) values (1, 'new'), (2, 'paid')")
    shop.rules(enumStyle=new)
    ask_renamed(shop, ("fresh", "paid"), {"new": "fresh"}, default="fresh")
    shop.generate()
    assert states(shop) == ["fresh", "paid"]
    rollback(shop.world, yes=True)
    assert states(shop) == ["new", "paid"]


def test_a_rename_to_a_value_that_the_enum_lacks_is_refused(shop: Shop) -> None:
    ask(shop, ("new", "paid"))
    ask_renamed(shop, ("fresh", "paid"), {"new": "frehs"})
    with pytest.raises(InputError) as raised:
        shop.generate()
    assert raised.value.code == "INPUT_INVALID"
    assert raised.value.hint == "Did you mean fresh?"


def test_a_rename_that_no_field_has_is_a_warning(shop: Shop) -> None:
    shop.entity("Order", number="integer")
    ask_renamed(shop, ("fresh", "paid"), {})
    module = shop.root / ".pipeline/modules/shop-phase1.yaml"
    module.write_text(module.read_text().replace("OrderState: {}", "OrderStat: {new: fresh}"))
    result = shop.generate()
    assert [notice.place for notice in result.warnings if notice.code == "RENAME"] == [
        ".pipeline/modules/shop-phase1.yaml:3"
    ]
