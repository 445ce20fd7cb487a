"""What every command that changes a database refuses: edited files, another workspace's database, and one
that nobody named. Nothing is changed then.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from dbgen.commands import World, apply, generate, rollback, status
from dbgen.commands.questions import Questions
from dbgen.database import targets
from dbgen.errors import DbgenError, InputError, WorkError
from tests.commands.conftest import Shop

Call = Callable[[World], object]

CALLS: dict[str, Call] = {
    "generate": lambda world: generate(world, yes=True, verify=False),
    "apply": lambda world: apply(world, yes=True, verify=False),
    "rollback": lambda world: rollback(world, yes=True),
}
EVERY = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
MIGRATION = "migrations/prototype/*_iter1_*.sql"
ROLLBACK = "rollbacks/prototype/rollback-iteration-1.sql"


@pytest.fixture
def made(shop: Shop) -> Shop:
    """One iteration with a row, and a change that waits."""
    shop.entity("Account", name="text")
    shop.generate()
    shop.fill("accounts", 1, name="'n'")
    shop.entity("Account", phone="phone")
    return shop


def refused(shop: Shop, call: Call, code: str, world: World | None = None) -> DbgenError:
    """The error of the call, which has changed nothing."""
    before = shop.files()
    with pytest.raises((WorkError, InputError)) as raised:
        call(world or shop.world)
    assert raised.value.code == code
    assert shop.files() == before
    assert shop.sql("select iteration from dbgen.iterations") == [1]
    assert shop.sql("select name from accounts") == ["n"]
    return raised.value


def edit(shop: Shop, name: str) -> None:
    (path,) = (shop.root / ".pipeline/database").glob(name)
    path.write_text(path.read_text() + "-- edited\n")


@pytest.mark.parametrize(
    ("name", "command"),
    [
        (MIGRATION, "generate"),
        (MIGRATION, "apply"),
        (ROLLBACK, "generate"),
        (ROLLBACK, "apply"),
        (ROLLBACK, "rollback"),
    ],
)
def test_an_edited_file_is_refused_by_name(made: Shop, name: str, command: str) -> None:
    edit(made, name)
    error = refused(made, CALLS[command], "MIGRATION_EDITED")
    assert error.place is not None
    assert name.partition("*")[0].rstrip("/") in error.place.file
    assert any(error.place.file in line for line in status(made.world).findings)


@EVERY
def test_the_database_of_another_workspace_is_refused(made: Shop, call: Call) -> None:
    made.sql("update dbgen.workspace set id = 'somebody-else'")
    refused(made, call, "STATE_MISMATCH")


class Typist(Questions):
    """Types a name when asked which database is meant."""

    def __init__(self, name: str) -> None:
        self.name = name

    def target_name(self, label: str, name: str) -> str:  # noqa: ARG002
        return self.name or name


@EVERY
def test_a_database_elsewhere_is_changed_when_somebody_has_typed_its_name(
    made: Shop, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with --yes, and once: then it is known."""
    if call is CALLS["apply"]:
        rollback(made.world, yes=True)
        generate(made.world, yes=True, apply=False)
    monkeypatch.setattr(targets, "is_local", lambda _: False)
    config = made.root / "config/dbgen.yaml"
    config.write_text(json.dumps({"prototype": {"databaseUrl": made.url}}))
    world = replace(made.world, db_url=None)
    ledger = "select count(*) from dbgen.iterations"
    (before,) = made.sql(ledger)
    for nobody in (world, replace(world, questions=Typist("another"))):
        with pytest.raises(InputError) as raised:
            call(nobody)
        assert raised.value.code == "TARGET_UNCONFIRMED"
        assert made.sql(ledger) == [before]
    call(replace(world, questions=Typist("")))
    assert made.sql(ledger) != [before]
    assert rollback(world, to=0, yes=True).iteration == 0
