"""Writes a schema as a dbgen workspace: BUSM as JSON and a module file for every twenty entities."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from benchmarks.shapes import Entity, Field, entities

MODULES = ".pipeline/modules"
BUSM = ".pipeline/factory-tools/busm-reader/busm-model.json"
_PER_MODULE = 20
_ENUM = "RecordStatus"
_CONSTRAINTS: dict[str, dict[str, int]] = {
    "string": {"maxLength": 120},
    "decimal": {"precision": 12, "scale": 2},
}


def write_workspace(root: Path, size: int, iteration: int) -> None:
    """Puts the inputs of an iteration into the workspace at `root`; what dbgen made there stays."""
    shutil.rmtree(root / MODULES, ignore_errors=True)
    (root / MODULES).mkdir(parents=True)
    (root / BUSM).parent.mkdir(parents=True, exist_ok=True)
    wanted = entities(size, iteration)
    text = json.dumps(_busm(wanted), indent=1) + "\n"
    (root / BUSM).write_text(text, encoding="utf-8")
    for start in range(0, len(wanted), _PER_MODULE):
        name = f"part-{start // _PER_MODULE:03d}"
        text = _module(name, wanted[start : start + _PER_MODULE])
        (root / MODULES / f"{name}-phase1.yaml").write_text(text, encoding="utf-8")


def write_typical(root: Path) -> None:
    """One module of 3 entities with 20 fields, as people have it while they begin."""
    write_workspace(root, 3, 1)
    shown = [Entity(e.name, e.table, e.fields[: 6 + (i < 2)]) for i, e in enumerate(entities(3, 1))]
    path = root / MODULES / "part-000-phase1.yaml"
    path.write_text(_module("part-000", tuple(shown)), encoding="utf-8")


def input_files(root: Path) -> tuple[Path, ...]:
    """All that dbgen reads there."""
    return (root / BUSM, *sorted((root / MODULES).glob("*.yaml")))


def _busm(wanted: tuple[Entity, ...]) -> dict[str, Any]:
    described = {
        one.name: {
            "description": f"Records of kind {one.name}",
            "tableName": one.table,
            "primaryKey": "id",
            "fields": {field.name: _field(field) for field in one.fields},
        }
        for one in wanted
    }
    enums = {_ENUM: {"values": ["Draft", "Open", "Closed"], "default": "Draft"}}
    return {"version": "1.0.0", "metadata": {}, "entities": described, "relationships": {}, "enums": enums}


def _field(field: Field) -> dict[str, Any]:
    said: dict[str, Any] = {"type": field.type}
    if field.name == "id":
        said |= {"required": True, "primaryKey": True}
    if field.name == "name":
        said |= {"required": True, "description": "What it is called"}
    if field.type == "enum":
        said |= {"enum": _ENUM, "required": True}
    if field.type in _CONSTRAINTS:
        said["constraints"] = _CONSTRAINTS[field.type]
    if field.target is not None:
        said["foreignKey"] = f"{field.target}.id"
    return said


def _module(name: str, wanted: tuple[Entity, ...]) -> str:
    lines = [f"module: {name}", "phase: 1", f"entities: [{', '.join(one.name for one in wanted)}]", "fields:"]
    for one in wanted:
        lines.append(f"  {one.name}:")
        lines += [f"    - {field.column}" for field in one.fields]
    return "\n".join(lines) + "\n"
