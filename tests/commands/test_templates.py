"""A large proof begins with the tables that the last one left; here one table is many."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from dbgen.commands import generate, preview, rollback
from dbgen.database import in_memory
from dbgen.database.embedded import Embedded
from tests.commands.conftest import Shop

pytestmark = pytest.mark.skipif(
    in_memory._room() < 1_000_000_000, reason="files in memory need room in /dev/shm"
)


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each throwaway database, whether it held the tables from the start."""
    seen: list[bool] = []

    def started(*given: Any) -> in_memory.Throwaway | None:
        found = _STARTED(*given)
        assert found is not None
        seen.append(found.prepared)
        return found

    monkeypatch.setattr(in_memory, "_MANY", 0)
    monkeypatch.setattr(in_memory, "_started", started)
    return seen


_STARTED = in_memory._started


def _packed(server: Embedded, there: set[Path]) -> set[Path]:
    """The templates, once there is one more; what becomes of too many is tested elsewhere."""
    deadline = time.monotonic() + 30
    while not (found := set(server.home.directory.glob("templates/*.tar.gz")) - there):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return there | found


def test_each_iteration_begins_with_what_the_last_one_left(
    shop: Shop, server: Embedded, prepared: list[bool]
) -> None:
    there = set(server.home.directory.glob("templates/*.tar.gz"))
    shop.entity("Account", name="text", level={"type": "enum", "values": ["low", "high"]})
    assert generate(shop.world, yes=True).proof
    there = _packed(server, there)
    shop.fill("accounts", 2, name="'n'")
    shop.entity("Account", name="text", note="text", level={"type": "enum", "values": ["low", "high"]})
    assert "made for it" in str(preview(shop.world, prove=True).proof)
    assert generate(shop.world, yes=True).proof
    there = _packed(server, there)
    rollback(shop.world, yes=True)
    shop.entity("Account", level={"type": "enum", "values": ["low", "high", "top"]})
    assert generate(shop.world, yes=True, no_renames=True).proof
    assert prepared == [False, True, True, True]
    assert shop.sql("select count(*) from accounts") == [2]
