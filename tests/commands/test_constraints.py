"""includeConstraints on tables with rows: what is refused, what mends it, and what comes back."""

from __future__ import annotations

import pytest

from dbgen.commands import generate, preview, rollback
from dbgen.errors import WorkError
from tests.commands.conftest import Shop


@pytest.fixture
def made(shop: Shop) -> Shop:
    """Rows that the rule will refuse: two prices below 0, one name too short, NULLs in a required field."""
    shop.entity(
        "Item",
        price={"type": "integer", "required": True, "default": 5, "constraints": {"min": 0}},
        name={"type": "text", "constraints": {"minLength": 3, "pattern": r"^\w+$"}},
    )
    shop.generate()
    shop.entity("Item", place={"type": "text", "required": True})
    shop.generate()
    shop.sql("insert into items (price, name) values (-1, 'Screw'), (-2, NULL), (3, 'it')")
    shop.rules(includeConstraints=True)
    return shop


def rows(shop: Shop) -> list[object]:
    return shop.sql("select price, name, place from items order by price")


def test_rows_that_a_constraint_refuses_are_listed_and_nothing_changes(made: Shop) -> None:
    before = made.files()
    with pytest.raises(WorkError) as raised:
        made.generate()
    found = {one["constraint"]: one["count"] for one in raised.value.details["conflicts"]}
    assert found == {
        "items.ck_items_price_min": 2,
        "items.ck_items_name_min_length": 1,
        "items.place NOT NULL": 3,
    }
    assert made.files() == before
    assert len(rows(made)) == 3


def test_quarantine_takes_them_away_and_the_rollback_brings_them_back(made: Shop) -> None:
    before = rows(made)
    made.generate(on_conflict="quarantine")
    assert rows(made) == []
    with pytest.raises(WorkError, match="ck_items_name_pattern"):
        made.sql("insert into items (price, name, place) values (1, 'a b c', 'x')")
    with pytest.raises(WorkError, match="place"):
        made.sql("insert into items (price, name) values (1, 'abc')")
    rollback(made.world, yes=True)
    assert rows(made) == before


def test_fill_needs_a_backfill_for_not_null_and_puts_the_originals_back(made: Shop) -> None:
    with pytest.raises(WorkError) as raised:
        made.generate(on_conflict="fill")
    assert [one["constraint"] for one in raised.value.details["conflicts"]] == ["items.place NOT NULL"]
    made.entity("Item", place={"type": "text", "required": True, "default": "here"})
    before = rows(made)
    made.generate(on_conflict="fill")
    assert made.sql("select price, name, place from items order by name, price") == [
        (5, "Screw", "here"),
        (3, None, "here"),
        (5, None, "here"),
    ]
    rollback(made.world, yes=True)
    assert rows(made) == before


def test_a_field_that_is_required_under_the_rule_is_not_null_from_the_start(shop: Shop) -> None:
    shop.rules(includeConstraints=True)
    shop.entity("Item", name="text")
    shop.generate()
    shop.fill("items", 2, name="'n' || n")
    shop.entity("Item", place={"type": "text", "required": True})
    with pytest.raises(WorkError) as raised:
        shop.generate()
    assert raised.value.code == "DATA_CONFLICT"
    assert "backfill" in (raised.value.hint or "")
    shop.generate(on_conflict="quarantine")
    assert shop.sql(
        "select attnotnull from pg_attribute where attrelid = 'items'::regclass and attname = 'place'"
    ) == [True]
    shop.sql("insert into items (id, place) values (gen_random_uuid(), 'here')")
    rollback(shop.world, yes=True)
    assert sorted(filter(None, shop.sql("select name from items"))) == ["n1", "n2"]


def test_a_rollback_that_brings_a_check_back_meets_the_rows_written_since(made: Shop) -> None:
    made.generate(on_conflict="quarantine")
    made.rules()
    made.generate()
    made.sql("insert into items (price, name, place) values (-7, 'abc', 'x')")
    with pytest.raises(WorkError) as raised:
        rollback(made.world, yes=True)
    assert [one["constraint"] for one in raised.value.details["conflicts"]] == ["items.ck_items_price_min"]
    rollback(made.world, yes=True, on_conflict="fill")
    assert rows(made) == [(5, "abc", "x")]
    made.generate()
    assert rows(made) == [(-7, "abc", "x")]


def test_nobody_hears_of_limits_that_no_check_is_made_of(shop: Shop) -> None:
    shop.entity("Item", name={"type": "text", "constraints": {"min": 5, "pattern": "(", "maxLength": 3}})
    result = shop.generate()
    assert not [notice for notice in result.warnings if notice.code == "LEFT_OUT"]
    assert shop.sql("select conname from pg_constraint where contype = 'c' and conname like 'ck\\_%'") == []


def test_preview_tries_a_rule_and_changes_nothing(made: Shop) -> None:
    made.rules()
    before = made.files()
    assert not preview(made.world).changed
    tried = preview(made.world, rules=("includeConstraints=true",), with_database=True)
    assert "ck_items_price_min" in tried.migration_sql
    assert any(
        "ck_items_price_min" in notice.message or "price" in notice.message for notice in tried.warnings
    )
    assert made.files() == before
    assert not preview(made.world).changed


def test_what_is_tightened_is_proven_with_rows(shop: Shop) -> None:
    shop.entity("Item", name="text")
    shop.generate()
    shop.entity("Item", place={"type": "text", "required": True})
    shop.generate()
    shop.rules(includeConstraints=True)
    shop.entity("Item", code={"type": "integer", "required": True}, name={"type": "text", "required": True})
    proven = generate(shop.world, yes=True)
    assert "with" in (proven.proof or "")
    said = "select attname from pg_attribute where attrelid = 'items'::regclass and attnotnull and attnum > 0"
    assert sorted(shop.sql(said)) == ["code", "id", "name", "place"]
    shop.sql("insert into items (name, place, code) values ('a', 'b', 1)")
    rollback(shop.world, yes=True)
    assert shop.sql("select name, place from items") == [("a", "b")]
    shop.generate()
    assert shop.sql("select name, place, code from items") == [("a", "b", 1)]
