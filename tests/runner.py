"""Runs a story: a folder with the inputs of iteration 1 to n goes through everything that dbgen promises.

`tests/cases/README.md` says what a folder may hold.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from dbgen.commands import World, apply, generate, rollback
from dbgen.commands.results import Generated
from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection, connect
from dbgen.model.schema import Schema
from dbgen.model.snapshot import loads
from dbgen.operations import keeper
from tests.ddl import ddl
from tests.dumps import dump
from tests.sheets import said

HERE = Path(__file__).parent
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ARTIFACTS = {
    "migration.sql": "migration",
    "rollback.sql": "rollback",
    "schema.json": "snapshot",
    "types.ts": "types",
}
_BUSM = ".pipeline/factory-tools/busm-reader/busm-model"
_PLACES = {"busm.json": f"{_BUSM}.json", "busm.mmd": f"{_BUSM}.mmd", "config.yaml": "config/dbgen.yaml"}
_OWN = ("call.yaml", "rows.sql")

Rows = dict[str, list[str]]


def stories(folder: str) -> list[str]:
    """The names of the stories in a folder of `tests`."""
    return sorted(path.name for path in (HERE / folder).iterdir() if path.is_dir())


def iterations(folder: Path) -> list[Path]:
    """The folders of a story's iterations, in order."""
    return sorted((path for path in folder.iterdir() if path.name.isdigit()), key=lambda path: int(path.name))


def world_of(root: Path, db_url: str | None = None) -> World:
    """The world of a test: its own workspace, its own database, a clock that stands still."""
    return World(root, NOW, "tester@here", "test", {}, project=root, db_url=db_url)


def call_of(folder: Path) -> dict[str, Any]:
    """The arguments of an iteration's call, and `remove`: inputs that go with it."""
    file = folder / "call.yaml"
    found: dict[str, Any] = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}


def begin(root: Path) -> None:
    """A workspace without inputs; what dbgen wrote stays."""
    for folder in (".pipeline/modules", ".pipeline/factory-tools", "config"):
        shutil.rmtree(root / folder, ignore_errors=True)
    (root / "config").mkdir()
    (root / "config/dbgen.yaml").touch()


def lay(folder: Path, root: Path) -> None:
    """Puts an iteration's inputs where a workspace has them; `remove` names those that go."""
    for source in sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file()):
        name = source.relative_to(folder).as_posix()
        if name not in _OWN:
            target = root / place_of(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copyfile(source, target, follow_symlinks=False)
    for name in call_of(folder).get("remove", ()):
        (root / place_of(name)).unlink()


def place_of(name: str) -> str:
    """Where a workspace has what a case's folder calls by a short name; a path stays."""
    short = "/" not in name and name.endswith((".yaml", ".yml")) and name not in _PLACES
    return f".pipeline/modules/{name}" if short else _PLACES.get(name, name)


@dataclass(frozen=True, slots=True)
class Level:
    """What an iteration left: the files' texts, what the database's catalog says, and its rows."""

    texts: Mapping[str, str]
    catalog: Schema
    rows: Rows


class Story:
    """One story on its way. `fresh` is a second database, to compare with."""

    def __init__(self, folder: Path, root: Path, url: str, fresh: str) -> None:
        self.steps = iterations(folder)
        self.root = root
        self.url = url
        self.fresh = fresh
        self.levels: list[Level] = []

    def forward(self) -> None:
        """Every iteration, proven, with its rows; each compared with a database made from its snapshot."""
        with connect(self.url) as connection:
            self.levels.append(Level({}, read_schema(connection), {}))
            for step in self.steps:
                result = self._generate(step, verify=True)
                assert result.changed, f"iteration {step.name} changes nothing"
                texts = {**self._texts(result), "notices.txt": said(result)}
                catalog = read_schema(connection)
                assert catalog == self._expected(texts["schema.json"])
                self._again_nothing(step)
                _insert(connection, step)
                self.levels.append(Level(texts, catalog, rows_of(connection)))

    def back(self) -> None:
        """One iteration after the other is undone: catalogs are those of before, and no row is missing."""
        with connect(self.url) as connection:
            for number in range(len(self.steps) - 1, -1, -1):
                rollback(world_of(self.root, self.url), yes=True)
                level = self.levels[number]
                assert read_schema(connection) == level.catalog, f"rolled back to iteration {number}"
                _compare_kept(level.rows, rows_of(connection), number)

    def forward_again(self) -> None:
        """The same iterations give the same files, catalogs and rows."""
        begin(self.root)
        with connect(self.url) as connection:
            for step, level in zip(self.steps, self.levels[1:], strict=True):
                result = self._generate(step, verify=False)
                assert self._texts(result) == {name: level.texts[name] for name in ARTIFACTS}
                assert read_schema(connection) == level.catalog
            assert rows_of(connection) == self.levels[-1].rows

    def judged(self) -> None:
        """pg_dump sees no difference to a database that another writer made from the last snapshot."""
        with connect(self.fresh) as connection:
            for statement in ddl(self._snapshot(self.levels[-1].texts["schema.json"])):
                connection.rows(statement)
        assert dump(self.url) == dump(self.fresh)

    def applied(self, url: str) -> None:
        """`apply` brings another database up from the files."""
        result = apply(world_of(self.root, url), yes=True, verify=False)
        assert [step.iteration for step in result.steps] == list(range(1, len(self.steps) + 1))
        with connect(url) as connection:
            assert read_schema(connection) == self.levels[-1].catalog

    def _generate(self, step: Path, *, verify: bool) -> Generated:
        lay(step, self.root)
        arguments = {name: value for name, value in call_of(step).items() if name != "remove"}
        return generate(world_of(self.root, self.url), yes=True, verify=verify, **arguments)

    def _again_nothing(self, step: Path) -> None:
        kept = {name: value for name, value in call_of(step).items() if name in ("module", "phase")}
        again = generate(world_of(self.root, self.url), yes=True, **kept)
        assert not again.changed, again.migration_sql

    def _texts(self, result: Generated) -> dict[str, str]:
        paths = {name: self.root / result.artifacts[kind] for name, kind in ARTIFACTS.items()}
        return {name: path.read_text("utf-8") for name, path in paths.items()}

    def _expected(self, snapshot: str) -> Schema:
        """The catalog of a database that the plain writer makes from the snapshot."""
        with connect(self.fresh) as connection, _undone(connection):
            for statement in ddl(self._snapshot(snapshot)):
                connection.rows(statement)
            return read_schema(connection)

    @staticmethod
    def _snapshot(text: str) -> Schema:
        return loads(text, "schema.json").schema


@contextmanager
def _undone(connection: Connection) -> Iterator[None]:
    connection.batch(connection.begin())
    try:
        yield
    finally:
        connection.roll_back()


def _insert(connection: Connection, step: Path) -> None:
    file = step / "rows.sql"
    if file.exists():
        failure = connection.script(file.read_text("utf-8"))
        assert failure is None, failure


def rows_of(connection: Connection) -> Rows:
    """All rows of `public`, each as JSON with its columns by name, sorted."""
    tables = connection.rows("select format('%I', relname) from pg_class where relkind = 'r' and "
                             "relnamespace = 'public'::regnamespace order by relname")  # fmt: skip
    return {name: sorted(_lines(connection, name)) for (name,) in tables}


def _lines(connection: Connection, table: str) -> list[str]:
    return [text for (text,) in connection.rows(f"select to_jsonb(t)::text from public.{table} t")]


def _compare_kept(before: Rows, after: Rows, number: int) -> None:
    for table, rows in before.items():
        lost = [row for row in rows if row not in after[table]]
        assert not lost, f"rows of {table} are not what they were in iteration {number}: {lost}"


def elided(text: str) -> str:
    """The text with a line in the place of each of dbgen's own functions, which are the same everywhere."""
    for name in keeper.names():
        text = text.replace(f"{keeper.source(name)}\n\n", f"-- dbgen.{name}\n")
    return re.sub(r"(-- dbgen\.\w+\n)(?!-- dbgen\.)", r"\1\n", text)
