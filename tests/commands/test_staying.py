"""What is kept and cannot come back is said, whichever command should have brought it."""

from __future__ import annotations

import pytest

from dbgen.commands import apply, generate, rollback
from dbgen.model.requests import Notice
from tests.commands.conftest import Shop

NUMBER = {"type": "string", "constraints": {"maxLength": 20}}
LONGER = {"type": "string", "constraints": {"maxLength": 30}}


@pytest.fixture
def made(shop: Shop) -> Shop:
    """Two iterations; the second added a column, which has values."""
    shop.entity("Account", name="text")
    shop.generate()
    shop.fill("accounts", 2, name="'n' || n")
    shop.entity("Account", phone=NUMBER)
    shop.generate()
    shop.sql("update accounts set phone = '12'")
    return shop


def _staying(notices: tuple[Notice, ...]) -> list[str]:
    return [notice.message for notice in notices if notice.code == "STAYS_KEPT"]


def test_made_anew_with_another_type(made: Shop) -> None:
    made.entity("Account", phone=LONGER)
    (said,) = _staying(made.generate(redo=True).warnings)
    assert said.startswith("accounts.phone: ")
    relation = said.rpartition(" ")[2]
    assert made.sql(f"select phone from {relation}") == ["12", "12"]


def test_generated_with_another_type(made: Shop) -> None:
    rollback(made.world, yes=True)
    made.entity("Account", phone=LONGER)
    assert len(_staying(made.generate().warnings)) == 1


def test_applied_with_another_type(made: Shop) -> None:
    rollback(made.world, yes=True)
    made.entity("Account", phone=LONGER)
    generate(made.world, yes=True, verify=False, no_renames=True, apply=False)
    assert len(_staying(apply(made.world, yes=True).notices)) == 1


def test_a_table_that_came_back_whole(made: Shop) -> None:
    made.rules(useUUIDs=False)
    made.entities["Note"] = {"id": {"type": "bigint", "primaryKey": True}}
    made.entity("Note", body="text")
    made.generate()
    made.sql("insert into notes (body) values ('a'), ('b')")
    made.drop("Note")
    made.generate()
    assert _staying(rollback(made.world, yes=True).notices) == []
    assert made.sql("select count(*) from notes") == [2]


def test_nothing_is_said_where_all_came_back(made: Shop) -> None:
    assert _staying(rollback(made.world, yes=True).notices) == []
    assert _staying(made.generate().warnings) == []
    assert made.sql("select phone from accounts") == ["12", "12"]


def test_a_repair_says_what_became_of_rows(made: Shop) -> None:
    made.sql("alter table accounts alter phone type text; update accounts set phone = repeat('1', 25)")
    result = made.generate(repair_drift=True, on_conflict="fill")
    assert any("2 row(s) of accounts" in line for line in result.repaired)
