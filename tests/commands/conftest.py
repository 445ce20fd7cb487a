"""A workspace with one module over one database, changed by a test field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from dbgen.commands import World, generate
from dbgen.commands.questions import Questions
from dbgen.commands.results import Generated
from dbgen.database import embedded as embedded_module
from dbgen.database.connection import Connection, connect
from dbgen.database.embedded import Embedded
from tests.runner import world_of

_KEY = {"type": "uuid", "required": True, "primaryKey": True}
_BUSM = ".pipeline/factory-tools/busm-reader/busm-model.json"


@dataclass(slots=True)
class Shop:
    """The workspace. `entities` are BUSM's fields; the module takes all of them."""

    root: Path
    url: str
    connection: Connection
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return world_of(self.root, self.url)

    def asked(self, questions: Questions) -> World:
        """The world with somebody in it."""
        return replace(self.world, questions=questions)

    def entity(self, name: str, /, **fields: Any) -> None:
        """Fields by name, each a type or a mapping; None takes the field away."""
        known = self.entities.setdefault(name, {"id": _KEY})
        for key, value in fields.items():
            if value is None:
                known.pop(key)
            else:
                known[key] = value if isinstance(value, dict) else {"type": value}
        self.write()

    def drop(self, name: str) -> None:
        """The entity is asked for no longer."""
        del self.entities[name]
        self.write()

    def write(self) -> None:
        busm = {"entities": {name: {"fields": fields} for name, fields in self.entities.items()}}
        path = self.root / _BUSM
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(busm))
        module = self.root / ".pipeline/modules/shop-phase1.yaml"
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_text(f"module: shop\nentities: [{', '.join(self.entities)}]\n")

    def rules(self, **values: Any) -> None:
        """The config's rules, and nothing else in it."""
        text = json.dumps({"prototype": {"rules": values}})
        (self.root / "config/dbgen.yaml").write_text(text)

    def generate(self, **options: Any) -> Generated:
        return generate(self.world, yes=True, verify=False, no_renames=True, **options)

    def sql(self, text: str) -> list[Any]:
        """Runs SQL beside dbgen; single values of the rows."""
        return [row[0] if len(row) == 1 else row for row in self.connection.batch(text)[-1]]

    def fill(self, table: str, count: int, **values: str) -> None:
        """Rows with given values, as SQL over the number `n`."""
        names, given = ", ".join(["id", *values]), ", ".join(["gen_random_uuid()", *values.values()])
        self.sql(f"insert into {table} ({names}) select {given} from generate_series(1, {count}) n")

    def files(self) -> dict[str, str]:
        """Every file of `.pipeline/database` that version control would have, by its path."""
        home = self.root / ".pipeline/database"
        return {
            path.relative_to(home).as_posix(): path.read_text()
            for path in sorted(home.rglob("*"))
            if path.is_file() and not path.relative_to(home).parts[0].startswith((".", "history", "backups"))
        }


@pytest.fixture
def shop(
    tmp_path: Path, server: Embedded, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shop]:
    """An empty workspace, and an empty database of its own."""
    monkeypatch.setattr(embedded_module, "embedded", lambda _: server)
    (tmp_path / "config").mkdir()
    (tmp_path / "config/dbgen.yaml").touch()
    with connect(database_url) as connection:
        yield Shop(tmp_path, database_url, connection)
