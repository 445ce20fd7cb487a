"""Supabase's advisor has nothing to say about what `includeRLS` makes; dbgen says which tables are closed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks.workspaces import BUSM as BUSM_FILE
from benchmarks.workspaces import MODULES, write_workspace
from dbgen.commands import generate, init, preview
from tests import guarded
from tests.runner import world_of
from tests.supabase_cli.advisors import LINTS, advisor_findings, advisor_results

ROOT = Path(__file__).parents[2]
_OWNER = {"ownerId": {"type": "uuid", "foreignKey": "User.id", "owner": True}}
_TENANT = {"organizationId": {"type": "uuid", "foreignKey": "Organization.id", "tenant": True}}


def _write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def _example(root: Path) -> None:
    """The shipped model, all of it."""
    shutil.copytree(ROOT / ".pipeline/factory-tools", root / ".pipeline/factory-tools")
    entities = json.loads((root / BUSM_FILE).read_text())["entities"]
    _write(root, f"{MODULES}/all-phase2.yaml", f"module: all\nphase: 2\nentities: [{', '.join(entities)}]\n")


def _every_kind(root: Path) -> None:
    _write(root, BUSM_FILE, json.dumps(guarded.BUSM))
    _write(root, f"{MODULES}/all-phase1.yaml", guarded.MODULE)


def _thirty(root: Path) -> None:
    """The benchmarks' thirty entities: owned, of a tenant, both, with a parent, reference, closed in turn."""
    write_workspace(root, 30, 1)
    shutil.rmtree(root / MODULES)
    busm = json.loads((root / BUSM_FILE).read_text())
    entities: dict[str, Any] = busm["entities"]
    for number, entity in enumerate(entities.values()):
        entity["fields"] |= ({}, _OWNER, _TENANT, {**_OWNER, **_TENANT}, {}, {})[number % 6]
        if number % 6 == 4:
            parent = list(entities)[number - 3]
            entity["fields"]["ownedById"] = {"type": "uuid", "foreignKey": f"{parent}.id", "owner": True}
        if number % 6 == 5:
            entity["access"] = "reference"
    for name in ("User", "Organization", "Membership"):
        entities[name] = guarded.BUSM["entities"][name]
    _write(root, BUSM_FILE, json.dumps(busm))
    text = f"module: all\ntenant: organization_id\nentities: [{', '.join(entities)}]\n"
    _write(root, f"{MODULES}/all-phase1.yaml", text)


ALL_RULES = {
    "includeConstraints": True,
    "includeIndexes": "full",
    "includeAudit": True,
    "includeSoftDelete": True,
    "enumStyle": "check",
}


@pytest.mark.parametrize("more", [{}, {"rlsIdentity": "app.user_id"}, ALL_RULES])
@pytest.mark.parametrize(("model", "closes"), [(_example, False), (_every_kind, True), (_thirty, True)])
def test_the_advisor_finds_nothing_to_warn_of(
    tmp_path: Path, database_url: str, model: Any, closes: bool, more: dict[str, Any]
) -> None:
    model(tmp_path)
    rules = {"includeRLS": True, **more}
    _write(tmp_path, "config/dbgen.yaml", json.dumps({"prototype": {"rules": rules}}))
    world = world_of(tmp_path, database_url)
    said = preview(world).warnings
    generate(world, yes=True, verify=False)
    bad = [one for one in advisor_results(database_url) if one["level"] != "INFO"]
    assert not bad
    closed = {
        finding[3] for finding in advisor_findings(database_url) if finding[1] == "rls_enabled_no_policy"
    }
    told = {table for notice in said if notice.code == "rls_enabled_no_policy" for table, _ in notice.details}
    assert told == closed
    assert bool(closed) == closes


def _shipped(root: Path) -> None:
    """What `dbgen init` lays out."""
    init(world_of(root), scripts=False)


@pytest.mark.parametrize("model", [_example, _shipped])
@pytest.mark.parametrize(
    ("rules", "errors"),
    [
        ({"apiAccess": "none"}, False),
        ({"includeRLS": True}, False),
        ({}, True),
        ({"apiAccess": "anon"}, True),
    ],
)
def test_the_example_is_open_only_where_it_is_said_so(
    tmp_path: Path, database_url: str, model: Any, rules: dict[str, Any], errors: bool
) -> None:
    model(tmp_path)
    _write(tmp_path, "config/dbgen.yaml", json.dumps({"prototype": {"rules": rules}}))
    done = generate(world_of(tmp_path, database_url), yes=True, verify=False)
    assert done.applied
    found = advisor_findings(database_url)
    told = {(one.code, table) for one in done.warnings for table, _ in one.details if one.code in LINTS}
    assert told == {(lint, table) for _, lint, _, table, *_ in found}
    bad = [one for one in advisor_results(database_url) if one["level"] == "ERROR"]
    assert bool(bad) == errors
