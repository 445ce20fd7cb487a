"""One size set up: a workspace whose first iteration is applied, and dbgen's own jobs there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Job, run_plainly
from benchmarks.workspaces import write_typical, write_workspace

_HERE = str(Path(__file__).parents[1])
_SCRIPTS = "migrations/prototype/*_iter2_*.sql"


@dataclass(frozen=True, slots=True)
class Stage:
    """The folders of one size. `main` has its first iteration in the embedded database, `offline` is remade
    from it for each run, `fresh` has inputs alone. `size` None: the typical module.
    """

    base: Path
    size: int | None

    @property
    def main(self) -> Path:
        return self.base / "main"

    @property
    def fresh(self) -> Path:
        return self.base / "fresh"

    @property
    def offline(self) -> Path:
        return self.base / "offline"

    @property
    def environment(self) -> dict[str, str]:
        """What a measured process gets beside this one's environment."""
        # Installed packages have their bytecode; dbgen gets it, too.
        own = {"DBGEN_DATA_DIR": str(self.base / "data"), "PYTHONPATH": _HERE, "PYTHONDONTWRITEBYTECODE": ""}
        return {**own, "NO_COLOR": "1"}

    def inputs(self, root: Path, iteration: int) -> None:
        """Writes an iteration's inputs."""
        if self.size is None:
            write_typical(root)
        else:
            write_workspace(root, self.size, iteration)

    def dbgen(self, root: Path, *words: str) -> None:
        """Runs dbgen unmeasured."""
        run_plainly(dbgen_words(*words), root, self.environment)

    def renew_offline(self) -> None:
        """Makes `offline` as `main` was after its first iteration."""
        shutil.rmtree(self.offline, ignore_errors=True)
        shutil.copytree(self.main, self.offline)

    def scripts(self) -> tuple[Path, Path, Path]:
        """The migrations of both iterations and the second's rollback, written beside the folders."""
        self.renew_offline()
        self.dbgen(self.offline, "generate", "--yes", "--no-apply")
        made = self.offline / ".pipeline/database"
        named = ("migrations/prototype/*_iter1_*.sql", _SCRIPTS, "rollbacks/prototype/*-2.sql")
        kept = []
        for number, pattern in enumerate(named):
            kept.append(self.base / f"script-{number}.sql")
            shutil.copy(next(made.glob(pattern)), kept[-1])
        return kept[0], kept[1], kept[2]


def dbgen_words(*words: str) -> list[str]:
    """A call of dbgen, without the wrapper that pip makes."""
    return [sys.executable, "-m", "dbgen", *words]


@contextmanager
def serving(stage: Stage) -> Iterator[None]:
    """The folders, and the embedded server of `main`, kept, until the end."""
    stage.base.mkdir()
    stage.base.chmod(0o755)  # as root the server runs as another user, who has to get through
    stage.inputs(stage.main, 1)
    os.environ["DBGEN_DATA_DIR"] = stage.environment["DBGEN_DATA_DIR"]
    stage.dbgen(stage.main, "db", "start")
    try:
        yield
    finally:
        stage.dbgen(stage.main, "db", "stop")
        shutil.rmtree(stage.base)


@contextmanager
def staged(base: Path, size: int | None) -> Iterator[Stage]:
    """Sets a size up, its first iteration applied, and takes it down."""
    stage = Stage(base, size)
    with serving(stage):
        stage.inputs(stage.fresh, 1)
        # With its proof, as a person makes it: the next one begins with what this one leaves.
        stage.dbgen(stage.main, "generate", "--yes")
        yield stage


def settled_jobs(stage: Stage) -> Iterator[Job]:
    """Those of a workspace that is current."""
    yield _job(stage, "--help", stage.fresh, "--help")
    yield _job(stage, "preview of the whole", stage.fresh, "preview", "--json")
    yield from _twice(stage, "status")
    yield _job(stage, "types", stage.main, "types", "--stdout")


def changing_jobs(stage: Stage) -> Iterator[Job]:
    """Those of the second iteration, the server running; `main` is as before after each."""
    yield from _twice(stage, "preview", "--json")
    for options in (("--no-apply", "--no-verify"), ("--no-apply",)):
        name, words = f"generate {' '.join(options)}", ("generate", "--yes", *options)
        yield Job(name, dbgen_words(*words), stage.offline, stage.environment, stage.renew_offline)
    yield from _database_jobs(stage, "", None)


def cold_jobs(stage: Stage) -> Iterator[Job]:
    """What starts a program for the first time, and what uses the database, the server stopped before."""
    cache = stage.base / "bytecode"
    environment = {**stage.environment, "PYTHONPYCACHEPREFIX": str(cache)}

    def clean() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    words = dbgen_words("preview", "--json")
    yield Job("preview, without bytecode", words, stage.main, environment, clean, clean)
    yield from _database_jobs(stage, ", cold", "stop")


def _database_jobs(stage: Stage, suffix: str, state: str | None) -> Iterator[Job]:
    def settle() -> None:
        if state:
            stage.dbgen(stage.main, "db", state)

    def make() -> None:
        stage.dbgen(stage.main, "generate", "--yes", "--no-verify")
        settle()

    def undo() -> None:
        stage.dbgen(stage.main, "rollback", "--yes")

    for name, words in (
        ("generate --no-verify", ("generate", "--yes", "--no-verify")),
        ("generate", ("generate", "--yes")),
    ):
        yield Job(f"{name}{suffix}", dbgen_words(*words), stage.main, stage.environment, settle, undo)
    words = ("rollback", "--yes")
    yield Job(f"rollback{suffix}", dbgen_words(*words), stage.main, stage.environment, make)


def _twice(stage: Stage, *words: str) -> Iterator[Job]:
    """A look at files that it has not seen, the cache empty, and at the same files again."""

    def forget() -> None:
        shutil.rmtree(stage.main / ".pipeline/database/.cache", ignore_errors=True)

    def look() -> None:
        stage.dbgen(stage.main, *words)

    for name, before in ((f"{words[0]}, first look", forget), (words[0], look)):
        yield Job(name, dbgen_words(*words), stage.main, stage.environment, before)


def _job(stage: Stage, name: str, root: Path, *words: str) -> Job:
    return Job(name, dbgen_words(*words), root, stage.environment)
