"""The same inputs give the same bytes, wherever the workspace is and in whatever order the inputs say it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from dbgen.commands import World, generate

ROOT = Path(__file__).parents[2]
BUSM = ".pipeline/factory-tools/busm-reader/busm-model.json"
MODULES = {
    "accounts-phase1.yaml": {
        "module": "accounts",
        "phase": 1,
        "entities": ["Account", "Location"],
        "fields": {
            "Account": ["id", "name", {"name": "email", "index": True, "unique": True}],
            "Location": ["id", "name"],
        },
        "relationships": [
            {"from": "Location", "to": "Account", "type": "many-to-one", "field": "account_id"},
            {"from": "Account", "to": "Location", "type": "many-to-one", "field": "primary_location_id"},
        ],
    },
    "people-phase1.yaml": {
        "module": "people",
        "phase": 1,
        "entities": ["Contact", "Account"],
        "fields": {"Account": ["id", "phone"]},
    },
}
#: Where order means something: the order of fields is the order of columns.
_ORDERED = frozenset({"fields", "values"})


def _reversed(value: Any, name: str = "") -> Any:
    """The value with the keys of every object the other way round."""
    if isinstance(value, dict):
        items = list(value.items()) if name in _ORDERED else list(reversed(value.items()))
        return {key: _reversed(item, key) for key, item in items}
    return [_reversed(item) for item in value] if isinstance(value, list) else value


def _made(root: Path, *, backwards: bool) -> dict[str, bytes]:
    busm = json.loads((ROOT / BUSM).read_text(encoding="utf-8"))
    modules = list(MODULES.items())
    if backwards:
        busm = _reversed(busm)
        modules = [(name, _reversed(module)) for name, module in reversed(modules)]
    for name, text in [
        (BUSM, json.dumps(busm)),
        *((f".pipeline/modules/{name}", yaml.safe_dump(module, sort_keys=False)) for name, module in modules),
    ]:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    world = World(start=root, now=now, who="me@here", command="generate", environment={})
    generate(world, yes=True, apply=False, verify=False)
    made = root / ".pipeline/database"
    own = {"workspace.json", ".lock"}
    return {
        str(f.relative_to(made)): f.read_bytes() for f in made.rglob("*") if f.is_file() and f.name not in own
    }


def test_two_workspaces_make_the_same_bytes(tmp_path: Path) -> None:
    one = _made(tmp_path / "one", backwards=False)
    other = _made(tmp_path / "another place", backwards=True)
    assert one.keys() == other.keys()
    assert len(one) >= 4
    for name, data in one.items():
        assert data == other[name], name
