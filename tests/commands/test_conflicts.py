"""Rows that stand in the way: reported together, nothing changed; filled, moved away, or asked about."""

from __future__ import annotations

import pytest

from dbgen.commands import apply, generate, rollback
from dbgen.commands.questions import Questions
from dbgen.errors import DbgenError, WorkError
from tests.commands.conftest import Shop


class Person(Questions):
    """Answers conflicts one way, and says yes to the rest."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.told: list[DbgenError] = []

    def conflict(self, error: WorkError) -> str:
        self.told.append(error)
        if self.answer == "stop":
            raise error
        return self.answer


@pytest.fixture
def made(shop: Shop) -> Shop:
    """Iteration 1 with rows; the inputs now ask for three things that the rows refuse."""
    shop.entity("Account", name="text", code={"type": "string", "constraints": {"maxLength": 10}})
    shop.entity("Contact", phone="text", accountId={"type": "uuid", "foreignKey": "Account.id"})
    shop.generate()
    shop.fill("accounts", 3, name="'twice'", code="'123456789' || n")
    shop.sql("insert into contacts (id, phone, account_id) select gen_random_uuid(), 'x', id from accounts")
    shop.entity("Account", name={"type": "text", "unique": True})
    shop.entity("Account", code={"type": "string", "constraints": {"maxLength": 5}})
    return shop


def test_no_row_is_to_blame_where_there_is_no_cast(shop: Shop) -> None:
    """As `--on-conflict` could not help either: PostgreSQL's own word, with the remedy."""
    shop.entity("Account", number="integer")
    shop.generate()
    shop.fill("accounts", 2, number="n")
    shop.entity("Account", number="uuid")
    for mode in ("stop", "fill", "quarantine"):
        with pytest.raises(DbgenError) as raised:
            generate(shop.world, yes=True, no_renames=True, on_conflict=mode)
        assert (raised.value.code, raised.value.exit_status) == ("INPUT_INVALID", 2)
        assert "cannot cast" in raised.value.message
        assert "using" in (raised.value.hint or "")


def test_only_what_cannot_be_converted_stands_in_the_way(shop: Shop) -> None:
    """And its key is told in the key's own order."""
    key = {"type": "integer", "primaryKey": True, "required": True}
    shop.entities["Line"] = {"orderNo": key, "pos": key}
    shop.entity("Line", size="float")
    shop.generate()
    shop.sql("insert into lines values (10, 1, 1.5), (20, 2, 2.5), (30, 3, 'NaN')")
    shop.entity("Line", size="integer")
    module = shop.root / ".pipeline/modules/shop-phase1.yaml"
    size = "{name: size, type: integer, using: round(size)::integer}"
    module.write_text(f"module: shop\nentities: [Line]\nfields: {{Line: [orderNo, pos, {size}]}}\n")
    with pytest.raises(WorkError) as raised:
        shop.generate()
    assert raised.value.details["count"] == 1
    assert "(keys: 30/3)" in raised.value.message
    shop.generate(on_conflict="quarantine")
    assert shop.sql("select order_no, size from lines order by 1") == [(10, 2), (20, 2)]
    rollback(shop.world, yes=True)
    assert shop.sql("select order_no, size::text from lines order by 1") == [
        (10, "1.5"),
        (20, "2.5"),
        (30, "NaN"),
    ]
    shop.generate(on_conflict="fill")
    assert shop.sql("select order_no, size from lines order by 1") == [(10, 2), (20, 2), (30, None)]
    rollback(shop.world, yes=True)
    assert shop.sql("select size::text from lines order by order_no") == ["1.5", "2.5", "NaN"]


@pytest.mark.parametrize("mode", ["stop", "fill"])
def test_a_hint_names_no_way_that_was_gone_in_vain(shop: Shop, mode: str) -> None:
    shop.entity("Account", name="text", code="text")
    shop.generate()
    shop.fill("accounts", 3, name="'twice'")
    unique = {"type": "string", "unique": True, "required": True, "default": "none"}
    shop.entity("Account", name=unique)
    with pytest.raises(DbgenError) as raised:
        shop.generate(on_conflict=mode)
    assert raised.value.code == "DATA_CONFLICT"
    for hint in (raised.value.hint or "", *(one.hint or "" for one in raised.value.problems)):
        assert "quarantine" in hint
        assert ("fill" in hint) is (mode == "stop")


def test_a_column_of_somebody_else_in_the_place_of_a_new_one(shop: Shop) -> None:
    shop.entity("Account", name="text")
    shop.generate()
    shop.sql("alter table accounts add column phone text")
    shop.entity("Account", phone="phone")
    with pytest.raises(DbgenError) as raised:
        shop.generate()
    assert raised.value.code == "MIGRATION_FAILED"
    assert "Rename or drop what is there" in (raised.value.hint or "")


def rows(shop: Shop, table: str) -> int:
    (count,) = shop.sql(f"select count(*) from {table}")
    return int(count)


def test_all_that_present_rows_show_is_reported_at_once(made: Shop) -> None:
    before = made.files()
    with pytest.raises(WorkError) as raised:
        made.generate()
    error = raised.value
    assert error.code == "DATA_CONFLICT"
    found = {one["constraint"]: one for one in error.details["conflicts"]}
    assert found.keys() == {"accounts.uq_accounts_name", "accounts.code TYPE"}
    unique, cast = found["accounts.uq_accounts_name"], found["accounts.code TYPE"]
    assert (unique["table"], unique["columns"], unique["count"]) == ("accounts", ["name"], 2)
    assert (cast["count"], len(cast["keys"]), list(cast["keys"][0])) == (3, 3, ["id"])
    assert len(error.problems) == 2
    assert all("--on-conflict" in (problem.hint or "") for problem in error.problems)
    assert made.files() == before
    assert made.sql("select max(iteration) from dbgen.iterations") == [1]
    assert made.sql("select count(*) from dbgen.archive") == [0]


def test_quarantine_moves_rows_and_those_that_reference_them(made: Shop) -> None:
    result = made.generate(on_conflict="quarantine")
    said = [notice.message for notice in result.warnings if notice.code == "DATA_CONFLICT"]
    assert any("moved into dbgen_archive: 2 of contacts and 2 of accounts" in line for line in said), said
    assert rows(made, "accounts") == 0
    rollback(made.world, yes=True)
    assert (rows(made, "accounts"), rows(made, "contacts")) == (3, 3)


def test_fill_keeps_the_originals(made: Shop) -> None:
    made.generate(on_conflict="fill")
    assert set(made.sql("select length(code) from accounts")) == {5}
    assert sorted(filter(None, made.sql("select name from accounts"))) == ["twice"]
    rollback(made.world, yes=True)
    assert sorted(made.sql("select code from accounts")) == ["1234567891", "1234567892", "1234567893"]
    assert made.sql("select name from accounts") == ["twice"] * 3


def test_a_person_decides(made: Shop) -> None:
    person = Person("stop")
    with pytest.raises(WorkError, match="Rows stand in the way"):
        generate(made.asked(person), yes=True, verify=False)
    assert len(person.told[0].problems) == 2
    result = generate(made.asked(Person("fill")), yes=True, verify=False)
    assert result.applied


def test_what_shows_only_inside_the_transaction_stops_there(shop: Shop) -> None:
    shop.entity("Account", name="text")
    shop.generate()
    shop.fill("accounts", 2, name="'x'")
    shop.entity("Account", kind={"type": "text", "unique": True, "default": "plain"})
    with pytest.raises(WorkError) as raised:
        shop.generate()
    assert raised.value.code == "DATA_CONFLICT"
    assert raised.value.details["conflicts"][0]["count"] == 1
    assert shop.sql("select max(iteration) from dbgen.iterations") == [1]
    person = Person("quarantine")
    generate(shop.asked(person), yes=True, verify=False)
    assert len(person.told) == 1
    assert rows(shop, "accounts") == 1


def test_the_way_back_meets_conflicts_too(shop: Shop) -> None:
    shop.entity("Account", code={"type": "string", "constraints": {"maxLength": 5}})
    shop.generate()
    shop.entity("Account", code="text")
    shop.generate()
    shop.fill("accounts", 1, code="'much too long'")
    with pytest.raises(WorkError) as raised:
        rollback(shop.world, yes=True)
    assert raised.value.details["conflicts"][0]["constraint"] == "accounts.code TYPE"
    rollback(shop.world, yes=True, on_conflict="fill")
    assert shop.sql("select code from accounts") == ["much "]
    shop.generate()
    assert shop.sql("select code from accounts") == ["much too long"]


def test_apply_takes_the_mode(made: Shop) -> None:
    generate(made.world, yes=True, verify=False, apply=False)
    with pytest.raises(WorkError) as raised:
        apply(made.world, yes=True, verify=False)
    assert len(raised.value.details["conflicts"]) == 2
    applied = apply(made.world, yes=True, verify=False, on_conflict="quarantine")
    assert applied.notices
    assert rows(made, "accounts") == 0


def test_an_unknown_mode_is_refused(shop: Shop) -> None:
    with pytest.raises(DbgenError) as raised:
        shop.generate(on_conflict="cascade")
    assert raised.value.code == "INPUT_INVALID"


def test_rows_in_a_circle_cannot_be_moved_and_the_hint_says_so(shop: Shop) -> None:
    shop.entity("Account", size="integer", homeId={"type": "uuid", "foreignKey": "Place.id"})
    shop.entity("Place", accountId={"type": "uuid", "foreignKey": "Account.id"})
    shop.generate()
    shop.fill("accounts", 1, size="-1")
    shop.sql("insert into places (id, account_id) select gen_random_uuid(), id from accounts")
    shop.sql("update accounts set home_id = (select id from places)")
    shop.entity("Account", size={"type": "integer", "constraints": {"min": 0}})
    shop.rules(includeConstraints=True)
    with pytest.raises(WorkError) as raised:
        shop.generate(on_conflict="quarantine")
    assert "in a circle" in (raised.value.hint or "")
    assert "quarantine" not in (raised.value.hint or "")
    assert (rows(shop, "accounts"), rows(shop, "places")) == (1, 1)
