"""Where faults start and end: workspaces with their databases at each iteration, and what both hold."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from dbgen.commands import World, apply, generate, rollback, status
from dbgen.commands.results import Status
from dbgen.database.catalog import read_schema
from dbgen.database.connection import connect
from dbgen.database.embedded import Embedded, create_throwaway, drop_throwaway, tool
from dbgen.database.urls import psql_environment
from tests.cli.processes import environment
from tests.faults.pictures import Picture, difference
from tests.inputs.workspaces import BUSM, MODULES, write

EPOCH = 1767225600
_KEY: dict[str, Any] = {"type": "integer", "required": True, "primaryKey": True}
_ENTITIES: dict[str, Any] = {
    "Account": {
        "id": _KEY,
        "name": {"type": "string"},
        "phone": {"type": "phone"},
        "score": {"type": "decimal"},
        "city": {"type": "string"},
    },
    "Note": {"id": _KEY, "body": {"type": "text"}},
    "Contact": {"id": _KEY, "email": {"type": "email"}, "accountId": {**_KEY, "primaryKey": False}},
}
_FIRST = """\
module: shop
phase: 1
entities: [Account, Note]
fields:
  Account: [id, name, phone, score]
  Note: [id, body]
"""
_SECOND = """\
module: shop
phase: 1
entities: [Account, Contact]
fields:
  Account: [id, {name: title, renamed_from: name, type: string}, {name: score, type: number}, city]
  Contact: [id, email, account_id]
relationships:
  - {from: Contact, to: Account, type: many-to-one, field: account_id}
"""
_MODULE = f"{MODULES}/shop-phase1.yaml"
_CHANGED = _SECOND.replace(", city]", "]")
_ROWS = {
    1: "insert into accounts select n, 'name ' || n, '+1 ' || n, n from generate_series(1, 20) n;"
    "insert into notes select n, 'body ' || n from generate_series(1, 20) n",
    2: "insert into contacts select n, n || '@example.com', n from generate_series(1, 20) n;"
    "update accounts set city = 'city ' || id",
}
_NO_FILES_OF_IT = {".lock", ".gitignore"}
#: Anybody may delete it.
_CACHE = ".cache"
_IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_TABLES = """
select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'r' and n.nspname in ('public', 'dbgen', 'supabase_migrations')
   and (n.nspname, c.relname) not in (('dbgen', 'workspace'), ('dbgen', 'archive')) order by 1
"""
_ARCHIVE = """
select to_regclass(format('dbgen_archive.%I', relation))::text,
       concat_ws(' ', iteration, direction, kind, table_name, column_names, key_columns, rows, returned_rows,
                 returned_at is null)
  from dbgen.archive
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace with a database of its own."""

    root: Path
    url: str

    @property
    def world(self) -> World:
        """For commands called in this process."""
        now = datetime.fromtimestamp(EPOCH, UTC)
        return World(self.root, now, "tester@here", "test", {}, project=self.root, db_url=self.url)

    def words(self, *arguments: str) -> list[str]:
        """dbgen as a process of its own."""
        return [sys.executable, "-m", "dbgen", *arguments, "--db-url", self.url, "--json"]

    def run(self, *arguments: str, **others: Any) -> subprocess.CompletedProcess[str]:
        """Runs it to its end."""
        words = self.words(*arguments)
        return subprocess.run(
            words, cwd=self.root, env=variables(), capture_output=True, text=True, timeout=60, **others
        )

    def roll_back_by_hand(self, iteration: int) -> None:
        """The rollback script, run by psql alone."""
        script = self.root / f".pipeline/database/rollbacks/prototype/rollback-iteration-{iteration}.sql"
        words = [str(tool("psql")), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-f", str(script)]
        subprocess.run(words, env=psql_environment(self.url), check=True, timeout=60)

    def status(self) -> Status:
        """The next run after a fault; what it finds must be in order."""
        result = status(self.world)
        assert not result.findings, result.findings
        assert result.database == "reachable"
        return result

    def picture(self) -> Picture:
        """What is there now."""
        with connect(self.url) as connection:
            rows = {name: _rows(connection.rows(_LINES.format(name))) for (name,) in connection.rows(_TABLES)}
            if connection.rows("select 1 where to_regclass('dbgen.archive') is not null"):
                for relation, entry in connection.rows(_ARCHIVE):
                    kept = _rows(connection.rows(_LINES.format(relation))) if relation else ()
                    rows[f"archive: {entry}"] = (*rows.get(f"archive: {entry}", ()), *kept)
            return Picture(files_of(self.root), read_schema(connection), rows)


_LINES = "select (to_jsonb(t) - 'applied_at' - 'applied_by')::text from {} t"


def variables() -> dict[str, str]:
    """The environment of a run, with a clock that stands still."""
    return environment(
        SOURCE_DATE_EPOCH=str(EPOCH), PYTHONDONTWRITEBYTECODE="1", DBGEN_DATA_DIR=os.environ["DBGEN_DATA_DIR"]
    )


def files_of(root: Path) -> dict[str, str]:
    """The texts of all files, but for the machine's own; a run that is still staged is among them."""
    paths = (
        path
        for path in root.rglob("*")
        if path.is_file() and path.name not in _NO_FILES_OF_IT and path.parent.name != _CACHE
    )
    return {path.relative_to(root).as_posix(): _IDENTITY.sub("(id)", path.read_text()) for path in paths}


@dataclass(frozen=True, slots=True)
class Work:
    """A command that is disturbed, the state it starts from (files and database at an iteration), and the
    iterations that it stops at on its way. `by_hand`: what psql has rolled back before, which the next run
    follows.
    """

    name: str
    files: int
    database: int
    command: str
    stops: tuple[int, ...]
    verify: bool = False
    redo: bool = False
    by_hand: tuple[int, ...] = ()

    def words(self, stop: int | None = None) -> tuple[str, ...]:
        """The command line."""
        if self.command == "generate":
            more = ("--redo",) if self.redo else ()
            proof = () if self.verify else ("--no-verify",)
            return ("generate", "--yes", "--no-renames", *more, *proof)
        if self.command == "status":
            return ("status",)
        to = ("--to", str(self.stops[-1] if stop is None else stop))
        return (self.command, *to, "--yes", *(("--no-verify",) if self.command == "apply" else ()))

    def do(self, place: Place, stop: int | None = None) -> None:
        """The same in this process."""
        to = self.stops[-1] if stop is None else stop
        if self.command == "generate":
            generate(place.world, yes=True, verify=False, no_renames=True, redo=self.redo)
        elif self.command == "status":
            status(place.world)
        elif self.command == "apply":
            apply(place.world, to=to, yes=True, verify=False)
        else:
            rollback(place.world, to=to, yes=True)


WORKS = {
    work.name: work
    for work in (
        Work("first generate", 0, 0, "generate", (1,)),
        Work("generate", 1, 1, "generate", (2,)),
        Work("proven generate", 1, 1, "generate", (2,), verify=True),
        Work("redo", 2, 2, "generate", (2,), redo=True),
        Work("apply", 2, 1, "apply", (2,)),
        Work("far apply", 2, 0, "apply", (1, 2)),
        Work("rollback", 2, 2, "rollback", (1,)),
        Work("far rollback", 2, 2, "rollback", (1, 0)),
        Work("following", 2, 2, "status", (0,), by_hand=(2, 1)),
        Work("generate after by hand", 2, 2, "generate", (2,), by_hand=(2,)),
    )
}


class Ground:
    """The states at iteration 0, 1 and 2, from which each fault gets a copy."""

    def __init__(self, folder: Path, server: Embedded) -> None:
        self._folder = folder
        self._server = server
        self._databases: list[str] = []
        self._pictures: dict[str, tuple[Picture, ...]] = {}
        self._lock = threading.Lock()
        url = create_throwaway(server.url())
        working = Place(folder / "shop", url)
        write(working.root, BUSM, json.dumps({"entities": {n: {"fields": f} for n, f in _ENTITIES.items()}}))
        for iteration, module in enumerate((_FIRST, _SECOND, _SECOND)):
            if iteration:
                generate(working.world, yes=True, verify=False, no_renames=True)
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(_ROWS[iteration].encode())
            write(working.root, _MODULE, module)
            shutil.copytree(working.root, folder / f"files-{iteration}")
            self._databases.append(self._copy(url))
        drop_throwaway(url)

    @contextmanager
    def place(self, work: Work, root: Path | None = None) -> Iterator[Place]:
        """The state that the work starts from, on a copy; `root` is taken anew for it."""
        root = root or Path(tempfile.mkdtemp(dir=self._folder))
        place = Place(root, self._copy(self._databases[work.database]))
        _emptied(place.root)
        shutil.copytree(self._folder / f"files-{work.files}", place.root, dirs_exist_ok=True)
        if work.redo:
            write(place.root, _MODULE, _CHANGED)
        for iteration in work.by_hand:
            place.roll_back_by_hand(iteration)
        try:
            yield place
        finally:
            drop_throwaway(place.url)
            _emptied(place.root)

    def clean(self, work: Work) -> tuple[Picture, ...]:
        """The states that the work may leave: before it, between its steps, and after it."""
        with self._lock:
            if work.name not in self._pictures:
                with self.place(work) as place:
                    found = [place.picture()]
                    if work.by_hand and work.command != "status":
                        place.status()  # which follows what psql did
                        found.append(place.picture())
                    for stop in work.stops:
                        work.do(place, stop)
                        found.append(place.picture())
                    self._pictures[work.name] = tuple(found)
            return self._pictures[work.name]

    def ends_well(self, work: Work, place: Place) -> str:
        """Looks with `status`, does the work again, and gives how the fault had ended."""
        clean = self.clean(work)
        looked = place.status()
        found = place.picture()
        assert found in clean, difference(clean, found)
        if work.command != "apply":
            assert looked.iteration == looked.database_iteration
        work.do(place)
        again = place.picture()
        assert again == clean[-1], difference(clean[-1:], again)
        ends = {0: "as before", len(clean) - 1: "done"}
        ending = ends.get(clean.index(found), "between two steps")
        return f"{ending}, settled" if looked.recovered else ending

    def clear(self) -> None:
        """Drops the states' databases."""
        for url in self._databases:
            drop_throwaway(url)

    def _copy(self, url: str) -> str:
        copy = create_throwaway(self._server.url())
        source, target = (psycopg.conninfo.conninfo_to_dict(one)["dbname"] for one in (url, copy))
        with psycopg.connect(self._server.url(), autocommit=True) as connection:
            connection.execute(SQL("drop database {}").format(Identifier(str(target))))
            words = SQL("create database {} template {}")
            connection.execute(words.format(Identifier(str(target)), Identifier(str(source))))
        return copy


def _emptied(folder: Path) -> None:
    for entry in folder.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _rows(found: list[tuple[Any, ...]]) -> tuple[str, ...]:
    return tuple(sorted(text for (text,) in found))
