"""A large proof begins with the tables that the last one left; here one table is many."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from dbgen.commands import generate, preview, rollback
from dbgen.commands.session import open_session
from dbgen.database import in_memory, templates
from dbgen.database.connection import connect
from dbgen.database.embedded import Embedded
from dbgen.database.templates import emptied, template_of
from dbgen.errors import InputError
from dbgen.workspace.state import read_state
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
        seen.append(found.template is not None)
        return found

    monkeypatch.setattr(in_memory, "_MANY", 0)
    # The folder is that of all tests.
    monkeypatch.setattr(templates, "_AT_MOST", 50)
    monkeypatch.setattr(in_memory, "_started", started)
    return seen


_STARTED = in_memory._started


def packed(shop: Shop, server: Embedded) -> Path:
    """The template that the last iteration left."""
    template = template_of(server, read_state(open_session(shop.world).layout).snapshot.schema)
    deadline = time.monotonic() + 30
    while not template.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return template


LEVEL = {"type": "enum", "values": ["low", "high"]}
RULES: dict[str, dict[str, Any]] = {
    "none": {},
    "production": {
        "includeConstraints": True,
        "includeIndexes": "full",
        "includeRLS": True,
        "includeAudit": True,
        "includeSoftDelete": True,
        "enumStyle": "native",
    },
}


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_each_iteration_begins_with_what_the_last_one_left(
    shop: Shop, server: Embedded, prepared: list[bool], rules: dict[str, Any]
) -> None:
    shop.rules(**rules)
    shop.entity("Account", name="text", level=LEVEL)
    assert generate(shop.world, yes=True).proof
    packed(shop, server)
    shop.fill("accounts", 2, name="'n'")
    shop.entity("Account", name="text", note="text", level=LEVEL)
    assert "made for it" in str(preview(shop.world, prove=True).proof)
    assert generate(shop.world, yes=True).proof
    packed(shop, server)
    rollback(shop.world, yes=True)
    shop.entity("Account", level={"type": "enum", "values": ["low", "high", "top"]})
    assert generate(shop.world, yes=True, no_renames=True).proof
    assert prepared == [False, True, True, True]
    assert shop.sql("select count(*) from accounts") == [2]


def test_what_fails_with_a_template_is_proven_without_one(
    shop: Shop, server: Embedded, prepared: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(url: str) -> None:
        emptied(url)
        with connect(url) as connection:
            connection.batch("ALTER TABLE accounts DROP COLUMN level")

    shop.entity("Account", name="text", level=LEVEL, number="integer")
    monkeypatch.setattr(in_memory, "emptied", spoilt)
    generate(shop.world, yes=True)
    template = packed(shop, server)
    monkeypatch.setattr(in_memory, "emptied", emptied)
    shop.entity("Account", name="text", level=LEVEL, number="integer", note="text")
    assert generate(shop.world, yes=True).proof
    assert prepared == [False, True, False]
    assert not template.exists()


def test_what_the_inputs_get_wrong_is_not_the_templates_fault(
    shop: Shop, server: Embedded, prepared: list[bool]
) -> None:
    shop.entity("Account", name="text")
    generate(shop.world, yes=True)
    template = packed(shop, server)
    shop.entity("Account", name={"type": "text", "default": {"sql": "no_such_function()"}})
    with pytest.raises(InputError, match="no_such_function"):
        generate(shop.world, yes=True)
    assert prepared == [False, True, False]
    assert template.exists()
