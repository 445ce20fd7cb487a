"""Module files: what they say, in either dialect, with positions. Phases are added up in `phases`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path as FilePath
from typing import Any

from dbgen import names
from dbgen.errors import InputError
from dbgen.inputs.busm import Relationship
from dbgen.inputs.columntypes import EnumSpec
from dbgen.inputs.documents import Document, inside, read_yaml
from dbgen.inputs.fields import FieldSpec, describe, printable
from dbgen.inputs.guards import Guards
from dbgen.inputs.problems import Path, Problems, Source, did_you_mean
from dbgen.values import dataclass

_FILE = re.compile(r"(?P<module>.+)-phase(?P<phase>[1-9][0-9]{0,5})\.yaml\Z")
_PHASE = re.compile(r"-phase\d+\Z")


@dataclass(frozen=True, slots=True)
class EntitySpec:
    """An entity as one file names it; `fields` None: all of BUSM's up to the file's phase. `listed` is
    False where only `fields` names it although the file has `entities`.
    """

    name: str
    source: Source
    path: Path
    fields: tuple[FieldSpec, ...] | None = None
    primary_key: tuple[str, ...] = ()
    table: str | None = None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class EntityRename:
    """`renames.entities`: the old name and the current one."""

    old: str
    new: str
    source: Source
    path: Path


@dataclass(frozen=True, slots=True)
class EnumRename:
    """`renames.enums`: a value's old name and the current one."""

    enum: str
    old: str
    new: str
    source: Source
    path: Path


@dataclass(frozen=True, slots=True)
class ModuleFile:
    """One phase of a module. `iteration` is what the file says, for a notice."""

    module: str
    phase: int
    source: Source
    entities: tuple[EntitySpec, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    renames: tuple[EntityRename, ...] = ()
    enums: tuple[EnumSpec, ...] = ()
    iteration: int | None = None
    remarks: tuple[tuple[str, Path], ...] = field(default=())
    guards: Guards = field(default_factory=Guards)
    value_renames: tuple[EnumRename, ...] = ()


def load_modules(root: FilePath, folder: str) -> tuple[list[ModuleFile], list[str]]:
    """Every module file of the folder, by module and phase, and the YAML files that are called otherwise.

    Raises `InputError` with the mistakes of all files.
    """
    if not inside(root, folder):
        raise InputError("INPUT_INVALID", f"{folder} leads out of the workspace")
    base = folder.rstrip("/")
    try:
        listed = sorted(path.name for path in (root / folder).iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        listed = []
    except OSError as error:
        raise InputError("INPUT_INVALID", f"{folder} cannot be read: {error.strerror}") from None
    problems = Problems()
    files: list[ModuleFile] = []
    for name in listed:
        match = _FILE.match(name)
        if match is not None:
            one = f"{base}/{name}"
            problems.attempt(lambda one=one, phase=int(match["phase"]): files.append(_load(root, one, phase)))  # type: ignore[misc]
    _refuse_twins(files, problems)
    problems.check()
    others = [
        f"{base}/{name}" for name in listed if name.endswith((".yaml", ".yml")) and not _FILE.match(name)
    ]
    return sorted(files, key=lambda one: (one.module, one.phase)), others


def _load(root: FilePath, relative: str, phase: int) -> ModuleFile:
    return read_module(read_yaml(root, relative), phase)


def read_module(document: Document, phase: int = 1) -> ModuleFile:
    """The module in a document; `phase` is what its file name says.

    Raises `InputError` with every mistake found.
    """
    from dbgen.inputs import builder, dialect

    problems = Problems()
    if not isinstance(document.data, dict):
        message = f"{document.file}: expected a mapping with `module`, found {describe(document.data)}"
        raise InputError("INPUT_INVALID", message, place=document.place(()))
    if isinstance(document.data.get("module"), dict):
        found = builder.read(document, phase, problems)
    else:
        found = dialect.read(document, phase, problems)
    problems.check()
    return found


def module_name(value: Any, document: Document, path: Path, problems: Problems) -> str:
    """A module's name: a text that is no path and can stand in a file's name."""
    if not isinstance(value, str) or not value.strip():
        problems.add(f"module: expected the module's name, found {describe(value)}", document, path)
        return ""
    name = _PHASE.sub("", value.strip())
    if re.search(r"[/\\:]", name) or name.startswith(".") or len(name.encode()) > 200:
        problems.add(
            f"module: {printable(value)} is no name: a module is not called like a path", document, path
        )
    elif any(not char.isprintable() for char in name) or not name:
        problems.add("module: the name holds a control character", document, path)
    return name


def whole(
    value: Any, name: str, document: Document, path: Path, problems: Problems, low: int = 1
) -> int | None:
    """A whole number from a file, None where nothing is said or it is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < low:
        problems.add(f"{name}: expected a whole number from {low} on", document, path)
        return None
    return value


def phase_of(
    value: Any, by_name: int, document: Document, path: Path, problems: Problems
) -> tuple[int, tuple[tuple[str, Path], ...]]:
    """The phase that the file says, else that of its name; a remark where they differ."""
    said = whole(value, "phase", document, path, problems)
    if said is None or said == by_name:
        return by_name, ()
    return said, (
        (f"{document.file} is called phase {by_name} and says phase {said}; taken as phase {said}", path),
    )


def list_of_names(
    value: Any, what: str, document: Document, path: Path, problems: Problems
) -> tuple[str, ...]:
    """A name or a list of names."""
    listed = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(item, str) and item for item in listed):
        problems.add(f"{what}: expected a name or a list of names", document, path)
        return ()
    return tuple(listed)


def distinct(specs: Iterable[EntitySpec], problems: Problems) -> tuple[EntitySpec, ...]:
    """The entities, each of them once."""
    seen: dict[str, EntitySpec] = {}
    for spec in specs:
        if names.key(spec.name) in seen:
            problems.add(f"The entity {printable(spec.name)} stands twice", spec.source, spec.path)
        else:
            seen[names.key(spec.name)] = spec
    return tuple(seen.values())


def distinct_fields(
    specs: Iterable[FieldSpec | None], entity: str, problems: Problems
) -> tuple[FieldSpec, ...]:
    """The fields, each of them once, those left out that could not be read."""
    seen: dict[str, FieldSpec] = {}
    for spec in specs:
        if spec is None:
            continue
        if names.key(spec.name) in seen:
            problems.add(f"The field {printable(spec.name)} of {entity} stands twice", spec.source, spec.path)
        else:
            seen[names.key(spec.name)] = spec
    return tuple(seen.values())


def unknown_key(
    name: str, known: Iterable[str], what: str, document: Document, path: Path, problems: Problems
) -> None:
    """Notes a key that nobody reads, with the nearest one that somebody does."""
    problems.add(f'Unknown key "{printable(name)}" in {what}', document, path, did_you_mean(name, known))


def _refuse_twins(files: list[ModuleFile], problems: Problems) -> None:
    seen: dict[tuple[str, int], ModuleFile] = {}
    for one in files:
        twin = seen.setdefault((one.module, one.phase), one)
        if twin is not one:
            problems.add(
                f"{twin.source.file} and {one.source.file} are both phase {one.phase} of {one.module}",
                one.source,
                ("phase",),
            )
