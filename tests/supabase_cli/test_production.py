"""From prototype to production and back, as the README shows it: every rule at once, over rows."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from dbgen.commands import World, generate, rollback
from dbgen.database.catalog import read_schema
from dbgen.database.connection import connect
from dbgen.model.schema import Schema
from tests.npm import cli_types, formatted
from tests.render.test_typescript import described
from tests.runner import Rows, rows_of, world_of
from tests.supabase_cli.advisors import advisor_results
from tests.supabase_cli.projects import rows

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"<!-- file: (\S+) -->\n```yaml\n(.*?)```", re.DOTALL)
ADA = "aaaaaaaa-0000-4000-8000-000000000001"
_PEOPLE = f"""
INSERT INTO users (id, email, full_name) VALUES
    ('{ADA}', 'ada@example.org', 'Ada'),
    ('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.org', 'Bob');
INSERT INTO accounts (display_name, status, email, owner_id)
    SELECT 'Account ' || n, (ARRAY['Pending', 'Active', 'Closed'])[1 + n % 3], nullif('', repeat('x', n % 2)),
        (ARRAY['{ADA}', NULL])[1 + n % 2]::uuid FROM generate_series(1, 30) AS n;
INSERT INTO locations (account_id, name, address_line1, city)
    SELECT id, 'Office', 'Spree 1', 'Berlin' FROM accounts, generate_series(1, 3);
"""


def _files() -> dict[str, str]:
    """The module and the config of the README's section."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return dict(_BLOCK.findall(text.partition("<!-- begin: production -->")[2].partition("<!-- end")[0]))


def _seen(url: str) -> tuple[Schema, Rows]:
    with connect(url) as connection:
        return read_schema(connection), rows_of(connection)


def _bad(url: str) -> set[tuple[str, str, str]]:
    found = advisor_results(url)
    return {(one["level"], one["name"], one["metadata"]["name"]) for one in found if one["level"] != "INFO"}


@pytest.fixture
def prototype(tmp_path: Path, database_url: str) -> World:
    """The shipped example as the README has it, rules off, with rows that everyone can read."""
    shutil.copytree(ROOT / ".pipeline/factory-tools", tmp_path / ".pipeline/factory-tools")
    module = ".pipeline/modules/account-management-phase1.yaml"
    (tmp_path / module).parent.mkdir()
    (tmp_path / module).write_text(_files()[module], encoding="utf-8")
    (tmp_path / "config").mkdir()
    world = world_of(tmp_path, database_url)
    generate(world, yes=True, verify=False)
    rows(database_url, _PEOPLE)
    tables = ("accounts", "locations", "users")
    assert _bad(database_url) >= {("ERROR", "rls_disabled_in_public", table) for table in tables}
    return world


def test_one_iteration_turns_every_rule_on_and_rollback_turns_it_off(
    prototype: World, database_url: str, tmp_path: Path
) -> None:
    before = _seen(database_url)
    (tmp_path / "config/dbgen.yaml").write_text(_files()["config/dbgen.yaml"], encoding="utf-8")
    result = generate(prototype, yes=True)
    assert (result.iteration, result.applied) == (2, True)
    assert _bad(database_url) == set()
    hardened = _seen(database_url)
    ours = (tmp_path / result.artifacts["types"]).read_text(encoding="utf-8")
    mine, theirs = formatted(tmp_path / "types", (ours, cli_types(database_url)))
    assert described(mine) == described(theirs)
    counts = "select (select count(*) from accounts), (select count(*) from locations)"
    assert rows(database_url, counts) == [(30, 90)]
    assert _as_ada(database_url, counts) == [(15, 45)]
    rollback(prototype, yes=True)
    assert _seen(database_url) == before
    generate(prototype, yes=True, verify=False)
    assert _seen(database_url)[0] == hardened[0]
    assert _seen(database_url)[1].keys() == hardened[1].keys()
    assert _bad(database_url) == set()


def _as_ada(url: str, query: str) -> list[Any]:
    with connect(url) as connection:
        connection.rows("SELECT set_config('request.jwt.claims', %s, false)", [json.dumps({"sub": ADA})])
        connection.rows("SET ROLE authenticated")
        return list(connection.rows(query))
