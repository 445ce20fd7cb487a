"""A workspace laid out: the shipped example, copied beside what is there already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from dbgen.errors import InputError, Place
from dbgen.values import dataclass
from dbgen.workspace.files import reason, remedy, write_whole
from dbgen.workspace.gitignore import IGNORED
from dbgen.workspace.paths import CONFIG, inside
from dbgen.workspace.scripts import with_scripts

_MIGRATIONS_KEY = re.compile(r"^(\s*)(migrations:.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class InitResult:
    """What `init` did; paths relative to the workspace. `kept` were there and were left as they are."""

    root: Path
    created: tuple[str, ...]
    kept: tuple[str, ...]
    scripts: tuple[str, ...]


def init_workspace(root: Path, *, scripts: bool) -> InitResult:
    """Lays out a workspace at `root`; `scripts` adds dbgen's to a package.json that is there.

    No file is overwritten. Raises `InputError` INPUT_INVALID when a path leads out of the workspace, cannot
    be written, or package.json is no JSON object; what was created until then stays, and is kept next time.
    """
    contents = dict(_contents(root))
    package = inside(root, Path("package.json"))
    try:
        new = {name: data for name, data in contents.items() if not inside(root, Path(name)).exists()}
        text, added = b"", tuple[str, ...]()
        if scripts and package.is_file():
            text, added = with_scripts(package.read_bytes(), package.name)
        for name, data in new.items():
            write_whole(inside(root, Path(name)), data)
        if added:
            write_whole(package.resolve(), text)
    except OSError as error:
        raise _refused(error) from None
    kept = tuple(sorted(contents.keys() - new.keys()))
    return InitResult(root, tuple(sorted(new)), kept, added)


def has_package(root: Path) -> bool:
    """Whether there is a package.json whose scripts `init` could add to."""
    return (root / "package.json").is_file()


def _contents(root: Path) -> Iterator[tuple[str, bytes]]:
    supabase = (root / "supabase" / "config.toml").is_file()
    for name, data in _tree(files("dbgen.workspace") / "example", PurePosixPath()):
        yield name, _unpinned(data) if supabase and name == CONFIG else data
    yield ".pipeline/database/.gitignore", IGNORED.encode()


def _tree(folder: Traversable, above: PurePosixPath) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _tree(entry, above / entry.name)
        elif entry.is_file():
            yield str(above / entry.name), entry.read_bytes()


def _unpinned(config: bytes) -> bytes:
    """The config without a `paths.migrations` of its own: the default is then the Supabase CLI's."""
    return _MIGRATIONS_KEY.sub(r"\1# \2", config.decode()).encode()


def _refused(error: OSError) -> InputError:
    name = str(error.filename2 or error.filename or "")
    return InputError(
        "INPUT_INVALID",
        f"The workspace cannot be laid out: {reason(error)} ({name})",
        hint=f"{remedy(error)}, then run `dbgen init` again.",
        place=Place(name),
    )
