"""Adds a module's phases up: one module, what its files ask for together, the later ones winning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from dbgen import names
from dbgen.inputs.busm import BusmEntity, Relationship
from dbgen.inputs.columntypes import EnumSpec
from dbgen.inputs.fields import FieldSpec, over, printable
from dbgen.inputs.guards import PolicySpec, Said
from dbgen.inputs.modules import EntityRename, EntitySpec, EnumRename, ModuleFile
from dbgen.inputs.problems import Path, Problems, Source, did_you_mean
from dbgen.values import dataclass


@dataclass(slots=True)
class AskedEntity:
    """An entity in all phases; `parts` are each phase with its field list."""

    name: str
    source: Source
    path: Path
    parts: list[tuple[int, tuple[FieldSpec, ...] | None]] = field(default_factory=list)
    primary_key: tuple[str, ...] = ()
    table: str | None = None

    def fields(self, busm: BusmEntity | None) -> dict[str, FieldSpec | None]:
        """What is asked for by `names.key`, in order; None where only BUSM says something."""
        asked: dict[str, FieldSpec | None] = {}
        for phase, listed in self.parts:
            if listed is None:
                for key, spec in busm.fields.items() if busm else ():
                    if (spec.phase or 1) <= phase:
                        asked.setdefault(key, None)
                continue
            for spec in listed:
                key = names.key(spec.name)
                earlier = asked.get(key)
                asked[key] = spec if earlier is None or earlier.bare else over(spec, earlier)
        return asked

    def said(self) -> dict[str, FieldSpec]:
        """The fields that a file names itself."""
        return {key: spec for key, spec in self.fields(None).items() if spec is not None}


@dataclass(slots=True)
class Module:
    """A module's files up to a phase; entities, enums and `access` by `names.key`, policies by entity and
    name.
    """

    name: str
    files: tuple[ModuleFile, ...]
    entities: dict[str, AskedEntity] = field(default_factory=dict)
    relationships: dict[tuple[str, ...], Relationship] = field(default_factory=dict)
    renames: list[EntityRename] = field(default_factory=list)
    enums: dict[str, EnumSpec] = field(default_factory=dict)
    policies: dict[tuple[str, str], PolicySpec] = field(default_factory=dict)
    access: dict[str, Said] = field(default_factory=dict)
    tenant: Said | None = None
    value_renames: list[EnumRename] = field(default_factory=list)

    @property
    def phase(self) -> int:
        """The highest phase that was read."""
        return self.files[-1].phase


def by_module(files: Iterable[ModuleFile]) -> dict[str, list[ModuleFile]]:
    """The files of each module, by phase."""
    found: dict[str, list[ModuleFile]] = {}
    for one in sorted(files, key=lambda file: (file.module, file.phase)):
        found.setdefault(one.module, []).append(one)
    return found


def add_up(files: Iterable[ModuleFile], problems: Problems) -> Module:
    """One module of its files, which are in the order of their phases."""
    own = tuple(files)
    module = Module(own[0].module, own)
    listed: set[str] = set()
    for one in own:
        for entity in one.entities:
            if entity.listed:
                listed.add(names.key(entity.name))
            _add(module, entity, one.phase)
        for relationship in one.relationships:
            module.relationships[_identity(relationship)] = relationship
        module.renames.extend(one.renames)
        module.value_renames.extend(one.value_renames)
        module.enums |= {names.key(enum.name): enum for enum in one.enums}
        module.policies |= {(names.key(policy.entity), policy.name): policy for policy in one.guards.policies}
        module.access |= dict(one.guards.access)
        module.tenant = one.guards.tenant or module.tenant
    _refuse_unlisted(module, listed, problems)
    return module


def _add(module: Module, spec: EntitySpec, phase: int) -> None:
    asked = module.entities.setdefault(names.key(spec.name), AskedEntity(spec.name, spec.source, spec.path))
    asked.parts.append((phase, spec.fields))
    asked.primary_key = spec.primary_key or asked.primary_key
    asked.table = spec.table or asked.table


def _identity(one: Relationship) -> tuple[str, ...]:
    return (one.type, names.key(one.start), names.key(one.end), names.key(one.field or ""), one.through or "")


def _refuse_unlisted(module: Module, listed: set[str], problems: Problems) -> None:
    known = [module.entities[key].name for key in sorted(listed)]
    for key, entity in module.entities.items():
        if key not in listed:
            problems.add(
                f"fields names {printable(entity.name)}, which is not in entities",
                entity.source,
                entity.path,
                did_you_mean(entity.name, known),
            )
