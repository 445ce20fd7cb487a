"""Workspaces made for a test, and the reading of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dbgen.errors import InputError
from dbgen.inputs.config import load_config
from dbgen.inputs.read import Wanted, read_inputs
from dbgen.model.schema import Table
from dbgen.model.snapshot import Snapshot

BUSM = ".pipeline/factory-tools/busm-reader/busm-model.json"
MODULES = ".pipeline/modules"
CONFIG = "config/dbgen.yaml"

ID: dict[str, Any] = {"type": "uuid", "required": True, "primaryKey": True}


def write(root: Path, relative: str, content: str | bytes) -> None:
    path = root / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


class Workspace:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.previous = Snapshot()
        self.busm({"entities": {}})

    def busm(self, model: dict[str, Any]) -> None:
        write(self.root, BUSM, json.dumps(model, indent=1))

    def entities(self, **entities: dict[str, Any]) -> None:
        """A BUSM of entities by their fields."""
        self.busm({"entities": {name: {"fields": fields} for name, fields in entities.items()}})

    def module(self, text: str, name: str = "m", phase: int = 1) -> None:
        head = "" if text.lstrip().startswith("module:") else f"module: {name}\nphase: {phase}\n"
        write(self.root, f"{MODULES}/{name}-phase{phase}.yaml", head + text)

    def rules(self, **rules: Any) -> None:
        write(self.root, CONFIG, json.dumps({"prototype": {"rules": rules}}))

    def read(self, **options: Any) -> Wanted:
        iteration = options.pop("iteration", self.previous.iteration + 1)
        return read_inputs(
            self.root, load_config(self.root, {}), self.previous, iteration=iteration, **options
        )

    def generate(self, **options: Any) -> Wanted:
        """Reads, and takes the result as the previous iteration."""
        wanted = self.read(**options)
        iteration = self.previous.iteration + 1
        self.previous = Snapshot(iteration, wanted.schema, wanted.modules, wanted.decisions)
        return wanted

    def table(self, name: str, **options: Any) -> Table:
        return self.read(**options).schema.table(name)

    def error(self, **options: Any) -> InputError:
        try:
            self.read(**options)
        except InputError as error:
            return error
        raise AssertionError("nothing was refused")


def messages(wanted: Wanted, code: str | None = None) -> list[str]:
    return [one.message for one in wanted.notices if code is None or one.code == code]
