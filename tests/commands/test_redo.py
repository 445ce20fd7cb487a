"""The current iteration made anew, in one transaction, with every row kept."""

from __future__ import annotations

import pytest

from dbgen.commands import apply, generate, rollback
from dbgen.errors import DbgenError
from tests.commands.conftest import Shop


@pytest.fixture
def made(shop: Shop) -> Shop:
    """Two iterations with rows; the second added a table and a column."""
    shop.entity("Account", name="text")
    shop.generate()
    shop.fill("accounts", 3, name="'n' || n")
    shop.entity("Account", phone="phone")
    shop.entity("Note", body="text")
    shop.generate()
    shop.sql("update accounts set phone = '1'")
    shop.fill("notes", 2, body="'b'")
    return shop


def test_rows_are_as_if_it_had_been_so_from_the_start(made: Shop) -> None:
    made.entity("Account", email="email")
    made.entity("Note", title="text")
    with pytest.raises(DbgenError) as raised:
        made.generate(iteration=2)
    assert raised.value.code == "INVALID_ITERATION"
    assert "--redo" in (raised.value.hint or "")
    old = made.files()
    result = made.generate(redo=True)
    assert (result.iteration, result.changed, result.redone) == (2, True, True)
    assert made.sql("select phone from accounts") == ["1"] * 3
    assert made.sql("select count(*) from notes where body = 'b' and title is null") == [2]
    assert made.sql("select max(iteration), count(*) from dbgen.iterations") == [(2, 2)]
    assert made.sql("select count(*) from supabase_migrations.schema_migrations") == [2]
    migrations = [name for name in made.files() if name.startswith("migrations/")]
    assert len(migrations) == 2
    assert old.keys() - made.files().keys()
    kept = [path.name for path in (made.root / ".pipeline/database/history").rglob("*.sql")]
    assert len(kept) == 2
    assert made.generate().changed is False
    rollback(made.world, yes=True, to=0)
    generate(made.world, yes=True, verify=False, no_renames=True)


def test_nothing_changed(made: Shop) -> None:
    before = made.files()
    result = made.generate(redo=True)
    assert (result.changed, result.iteration) == (False, 2)
    assert made.files() == before


def test_a_failure_leaves_everything(made: Shop) -> None:
    made.sql("update accounts set phone = '12345678901'")
    made.entity("Account", phone={"type": "string", "constraints": {"maxLength": 5}})
    made.entity("Account", name={"type": "text", "unique": True})
    made.sql("update accounts set name = 'same'")
    before = made.files()
    with pytest.raises(DbgenError) as raised:
        made.generate(redo=True)
    assert raised.value.code == "DATA_CONFLICT"
    assert made.files() == before
    assert made.sql("select phone from accounts") == ["12345678901"] * 3
    assert made.sql("select count(*) from notes") == [2]


def test_it_is_proven_too(made: Shop) -> None:
    made.entity("Account", email="email")
    result = generate(made.world, yes=True, redo=True, no_renames=True)
    assert result.proof


def test_not_without_an_iteration_and_not_another_one(shop: Shop) -> None:
    shop.entity("Account", name="text")
    with pytest.raises(DbgenError) as raised:
        shop.generate(redo=True)
    assert raised.value.code == "INVALID_ITERATION"
    shop.generate()
    with pytest.raises(DbgenError):
        shop.generate(redo=True, iteration=2)


def test_not_where_rolling_back_is_forbidden(made: Shop) -> None:
    (made.root / "config/dbgen.yaml").write_text("prototype: {iteration: {allowRollback: false}}\n")
    with pytest.raises(DbgenError) as raised:
        made.generate(redo=True)
    assert raised.value.code == "CONFIG_INVALID"


def test_an_iteration_that_was_never_applied(made: Shop) -> None:
    made.entity("Account", email="email")
    generate(made.world, yes=True, verify=False, apply=False)
    made.entity("Account", fax="phone")
    result = made.generate(redo=True)
    assert (result.iteration, result.applied) == (3, True)
    assert made.sql("select max(iteration) from dbgen.iterations") == [3]
    assert apply(made.world, yes=True).steps == ()
