"""Other tools at the same work on the same schema: the second iteration after the first."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import peer_models
from benchmarks.install_peers import home
from benchmarks.measure import Failed, Job, run_plainly
from benchmarks.shapes import entities

_NODE = {"NODE_NO_WARNINGS": "1", "SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1", "CI": "1"}


@dataclass(frozen=True, slots=True)
class Databases:
    """URLs of databases that hold the first iteration and the second, and of two empty ones."""

    first: str
    second: str
    empty: str
    spare: str


#: What takes minutes above this many entities.
_LIMITS = {"Django makemigrations": 1000, "alembic --autogenerate": 1000}


def left_out(sizes: Sequence[int]) -> tuple[str, ...]:
    """The peers that are not installed, and those that are spared the largest sizes."""
    absent = [f"{name}, not installed" for name, program, _ in _PEERS if _program(program) is None]
    slow = [f"{name} above {most:,} entities" for name, most in _LIMITS.items() if max(sizes) > most]
    return (*absent, *slow)


def peer_jobs(folder: Path, size: int, databases: Databases) -> Iterator[Job]:
    """The jobs of those that are installed, each set up when its turn comes."""
    for name, program, make in _PEERS:
        path = _program(program)
        if path is None or size > _LIMITS.get(name, size):
            continue
        try:
            yield make(path, folder, size, databases)
        except Failed as error:
            print(f"left out: {error}", file=sys.stderr)


def _program(name: str) -> Path | None:
    places = [home() / "venv/bin", home() / "npm/node_modules/.bin"]
    own = os.environ.get("DBGEN_NPM_MODULES")
    places += [Path(own) / ".bin"] if own else []
    places.append(Path(__file__).parents[1] / "tests/supabase_cli/node_modules/.bin")
    return next((place / name for place in places if (place / name).exists()), None)


def _django(program: Path, folder: Path, size: int, _: Databases) -> Job:
    root = folder / "django"
    app = root / "shop"
    app.mkdir(parents=True)
    (app / "__init__.py").touch()
    (root / "settings.py").write_text(peer_models.DJANGO_SETTINGS)
    (app / "models.py").write_text(peer_models.django(entities(size, 1)))
    words = [str(program), "makemigrations", "shop", "--noinput", "--settings", "settings"]
    environment = {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    run_plainly([str(program.with_name("python")), "-c", peer_models.DJANGO_FIRST], root, environment)
    (app / "models.py").write_text(peer_models.django(entities(size, 2)))

    def clean() -> None:
        for made in (app / "migrations").glob("0002*"):
            made.unlink()

    return Job("Django makemigrations", words, root, environment, None, clean)


def _drizzle(program: Path, folder: Path, size: int, _: Databases) -> Job:
    root = folder / "drizzle"
    root.mkdir()
    (root / "node_modules").symlink_to(program.parents[1])
    schema = root / "schema.ts"
    schema.write_text(peer_models.drizzle(entities(size, 1)))
    words = [str(program), "generate", "--dialect", "postgresql", "--schema", "schema.ts", "--out", "made"]
    run_plainly(words, root, _NODE)
    shutil.copytree(root / "made", root / "kept")
    schema.write_text(peer_models.drizzle(entities(size, 2)))

    def renew() -> None:
        shutil.rmtree(root / "made")
        shutil.copytree(root / "kept", root / "made")

    return Job("drizzle-kit generate", words, root, _NODE, renew)


def _alembic(program: Path, folder: Path, size: int, databases: Databases) -> Job:
    root = folder / "alembic"
    (root / "versions").mkdir(parents=True)
    (root / "alembic.ini").write_text("[alembic]\nscript_location = .\n")
    (root / "env.py").write_text(peer_models.ALEMBIC_ENV)
    (root / "script.py.mako").write_text(peer_models.ALEMBIC_TEMPLATE)
    (root / "models.py").write_text(peer_models.sqlalchemy(entities(size, 1)))
    environment = {"PYTHONPATH": str(root), "URL": databases.spare, "PYTHONDONTWRITEBYTECODE": "1"}
    python = str(program.with_name("python"))
    run_plainly([python, "-c", peer_models.CREATE_ALL], root, environment)
    (root / "models.py").write_text(peer_models.sqlalchemy(entities(size, 2)))

    def clean() -> None:
        for made in (root / "versions").glob("*.py"):
            made.unlink()

    words = [str(program), "revision", "--autogenerate", "-m", "second"]
    return Job("alembic --autogenerate", words, root, environment, None, clean)


def _migra(program: Path, folder: Path, _: int, databases: Databases) -> Job:
    words = [str(program), "--unsafe", "--schema", "public", databases.first, databases.second]
    return Job("migra", words, folder, {"PYTHONWARNINGS": "ignore"}, accepted=(0, 2))


def _supabase_diff(program: Path, folder: Path, _: int, databases: Databases) -> Job:
    root = folder / "supabase"
    (root / "supabase").mkdir(parents=True)
    (root / "supabase/config.toml").write_text('project_id = "benchmark"\n')
    words = [str(program), "db", "diff", "--from", databases.first, "--to", databases.second, "-s", "public"]
    return Job("supabase db diff", words, root, _NODE)


def _supabase_types(program: Path, folder: Path, _: int, databases: Databases) -> Job:
    words = [str(program), "gen", "types", f"--remote={databases.first}?sslmode=disable", "-s", "public"]
    return Job("supabase gen types", words, folder, _NODE)


_PEERS: tuple[tuple[str, str, Callable[[Path, Path, int, Databases], Job]], ...] = (
    ("drizzle-kit generate", "drizzle-kit", _drizzle),
    ("Django makemigrations", "django-admin", _django),
    ("supabase db diff", "supabase", _supabase_diff),
    ("migra", "migra", _migra),
    ("alembic --autogenerate", "alembic", _alembic),
    ("supabase gen types", "supabase", _supabase_types),
)
