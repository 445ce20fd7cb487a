"""Files and database that are not together: what is said, and with which exit status."""

from __future__ import annotations

import shutil

import pytest

from dbgen.commands import generate, status
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


def test_a_database_that_is_behind_fails_the_work(made: Shop) -> None:
    made.entity("Account", city="text")
    generate(made.world, yes=True, apply=False, verify=False)
    made.entity("Account", street="text")
    with pytest.raises(WorkError) as raised:
        made.generate()
    assert (raised.value.code, raised.value.exit_status) == ("STATE_MISMATCH", 1)
    assert "dbgen apply" in (raised.value.hint or "")
