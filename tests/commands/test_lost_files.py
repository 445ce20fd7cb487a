"""Files and database that are not together: what is said, and with which exit status."""

from __future__ import annotations

import shutil

import pytest

from dbgen.commands import apply, generate, status
from dbgen.errors import WorkError
from tests.commands.conftest import Shop


@pytest.fixture
def made(shop: Shop) -> Shop:
    shop.entity("Account", name="text")
    shop.generate()
    return shop


def test_a_lost_folder_is_brought_back(made: Shop) -> None:
    before = made.files()
    shutil.rmtree(made.root / ".pipeline/database")
    with pytest.raises(WorkError) as raised:
        made.generate()
    assert raised.value.code == "STATE_MISMATCH"
    assert "status --restore" in (raised.value.hint or "")
    assert any("status --restore" in finding for finding in status(made.world).findings)
    status(made.world, restore=True)
    assert made.files() == before
    assert not status(made.world).findings


@pytest.mark.parametrize(
    "lost", ["workspace.json", "rollbacks/**/*.sql", "types/*.ts", "migrations/**/*.sql", "state/**/*.json"]
)
def test_a_lost_file_is_brought_back_as_the_hint_says(made: Shop, lost: str) -> None:
    before = made.files()
    (path,) = (made.root / ".pipeline/database").glob(lost)
    path.unlink()
    made.entity("Account", city="text")
    with pytest.raises(WorkError) as raised:
        made.generate()
    hint = raised.value.hint or ""
    assert "status --restore" in hint
    assert "--switch" not in hint
    if lost.startswith(("rollbacks", "types")):
        assert not any("--switch" in finding for finding in status(made.world).findings)
    assert status(made.world, restore=True).restored == (path.relative_to(made.root).as_posix(),)
    assert made.files() == before
    assert made.generate().changed


@pytest.mark.parametrize("lost", ["rollbacks/**/*.sql", "types/*.ts"])
def test_a_switch_that_cannot_come_back_takes_nothing_away(made: Shop, lost: str) -> None:
    made.fill("accounts", 2, name="'n'")
    next((made.root / ".pipeline/database").glob(lost)).unlink()
    with pytest.raises(WorkError) as raised:
        apply(made.world, switch=True, yes=True)
    assert raised.value.code == "STATE_CORRUPT"
    assert made.sql("select count(*) from accounts") == [2]
    assert status(made.world, restore=True).restored
    assert not status(made.world).findings


def test_lost_iterations_are_brought_back_as_the_hint_says(made: Shop) -> None:
    before = made.files()
    for name in ("rollbacks", "types", "migrations", "state"):
        shutil.rmtree(made.root / ".pipeline/database" / name)
    with pytest.raises(WorkError) as raised:
        made.generate()
    assert "status --restore" in (raised.value.hint or "")
    status(made.world, restore=True)
    assert made.files() == before


def test_a_spoilt_identity_is_brought_back(made: Shop) -> None:
    path = made.root / ".pipeline/database/workspace.json"
    before = path.read_text()
    path.write_text("{")
    with pytest.raises(WorkError) as raised:
        made.generate()
    assert "status --restore" in (raised.value.hint or "")
    assert status(made.world, restore=True).restored == (".pipeline/database/workspace.json",)
    assert path.read_text() == before
    assert (path.parent / "backups/workspace.json").read_text() == "{"


def test_a_database_that_is_behind_fails_the_work(made: Shop) -> None:
    made.entity("Account", city="text")
    generate(made.world, yes=True, apply=False, verify=False)
    made.entity("Account", street="text")
    with pytest.raises(WorkError) as raised:
        made.generate()
    assert (raised.value.code, raised.value.exit_status) == ("STATE_MISMATCH", 1)
    assert "dbgen apply" in (raised.value.hint or "")
