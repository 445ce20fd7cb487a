"""Where modules meet: one table for each entity, the union of what the modules ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from dbgen import names
from dbgen.inputs.problems import Path, Problems, Source
from dbgen.inputs.rules.constraints import united as united_limits
from dbgen.inputs.world import short
from dbgen.model import types
from dbgen.model.requests import (
    EntityRequest,
    FieldRequest,
    IndexRequest,
    JunctionRequest,
    ModuleRequest,
    PolicyRequest,
    Reference,
)
from dbgen.model.schema import Column, EnumType
from dbgen.values import dataclass, replace

#: Where each module said something: by module, table and column.
Sources = Mapping[tuple[str, str, str], tuple[Source, Path]]


@dataclass(slots=True)
class UnitedEntity:
    """An entity's table, with the module that first asked for each part."""

    entity: str
    table: str
    key: tuple[str, ...]
    module: str
    comment: str | None = None
    access: tuple[str, str] | None = None
    fields: dict[str, tuple[FieldRequest, str]] = field(default_factory=dict)
    references: dict[tuple[str, ...], tuple[Reference, str]] = field(default_factory=dict)
    indexes: set[IndexRequest] = field(default_factory=set)


@dataclass(slots=True)
class United:
    """Entities by `names.key`, junctions by table, enums by name, policies with their modules."""

    entities: dict[str, UnitedEntity] = field(default_factory=dict)
    junctions: dict[str, tuple[JunctionRequest, str]] = field(default_factory=dict)
    enums: dict[str, tuple[EnumType, str]] = field(default_factory=dict)
    policies: list[tuple[PolicyRequest, str]] = field(default_factory=list)


def unite(requests: Sequence[ModuleRequest], fresh: set[str], sources: Sources, problems: Problems) -> United:
    """The union of all modules' requests; what they disagree about goes to `problems`.

    `fresh`: the modules whose files were read in this run; their comments win.
    """
    return _Union(fresh, sources, problems).run(requests)


class _Union:
    def __init__(self, fresh: set[str], sources: Sources, problems: Problems) -> None:
        self._fresh = fresh
        self._sources = sources
        self._problems = problems
        self._united = United()

    def run(self, requests: Sequence[ModuleRequest]) -> United:
        for request in sorted(requests, key=lambda one: one.module):
            for entity in request.entities:
                self._entity(entity, request.module)
            for junction in request.junctions:
                self._united.junctions.setdefault(junction.table, (junction, request.module))
            for enum in request.enums:
                self._enum(enum, request.module)
            self._united.policies += [(policy, request.module) for policy in request.policies]
        self._one_table_each()
        return self._united

    def _enum(self, enum: EnumType, module: str) -> None:
        known, other = self._united.enums.setdefault(enum.name, (enum, module))
        if known != enum:
            if module in self._fresh and other not in self._fresh:
                self._united.enums[enum.name] = (enum, module)
            elif (module in self._fresh) == (other in self._fresh):
                self._problems.add(
                    f"The modules {other} and {module} give the enum {enum.name} different values"
                )

    def _entity(self, request: EntityRequest, module: str) -> None:
        key = names.key(request.entity)
        united = self._united.entities.get(key)
        if united is None:
            united = UnitedEntity(request.entity, request.table, request.key, module, request.comment)
            self._united.entities[key] = united
        elif united.table != request.table or united.key != request.key:
            what = "tables" if united.table != request.table else "keys"
            self._conflict(
                f"different {what} for {request.entity}", united.module, module, (request.table, "")
            )
        if module in self._fresh:
            united.comment = request.comment
        self._access(united, request, module)
        for wish in request.fields:
            self._field(united, wish, module)
        for reference in request.references:
            self._reference(united, reference, module)
        united.indexes |= set(request.indexes)

    def _access(self, united: UnitedEntity, request: EntityRequest, module: str) -> None:
        if request.access is None:
            return
        known, other = united.access or (request.access, module)
        if known != request.access and (module in self._fresh) == (other in self._fresh):
            said = f"different access to {united.entity} ({known} and {request.access})"
            self._conflict(said, other, module, (united.table, ""))
        if united.access is None or module in self._fresh:
            united.access = (request.access, module)

    def _field(self, united: UnitedEntity, wish: FieldRequest, module: str) -> None:
        name = wish.column.name
        if name not in united.fields:
            position = len(united.fields)
            if wish.column.position != position:
                wish = replace(wish, column=replace(wish.column, position=position))
            united.fields[name] = (wish, module)
            return
        known, other = united.fields[name]
        mine, theirs = wish.column, known.column
        at = (united.table, name)
        if mine.type != theirs.type:
            said = f"{types.written(theirs.type)} and {types.written(mine.type)}"
            self._conflict(f"different types for {united.table}.{name} ({said})", other, module, at)
        elif mine.default and theirs.default and mine.default != theirs.default:
            said = f"{theirs.default} and {mine.default}"
            self._conflict(f"different defaults for {united.table}.{name} ({said})", other, module, at)
        fresher = mine if module in self._fresh else theirs
        column = Column(
            name,
            theirs.type,
            mine.nullable and theirs.nullable,
            theirs.default or mine.default,
            (theirs.identity or mine.identity) and not (theirs.default or mine.default),
            fresher.comment,
            theirs.position,
        )
        merged = FieldRequest(
            column,
            known.unique or wish.unique,
            known.index or wish.index,
            wish.values or known.values,
            owner=known.owner or wish.owner,
            tenant=known.tenant or wish.tenant,
            limits=united_limits(known.limits, wish.limits),
            sensitive=known.sensitive or wish.sensitive,
            search=known.search or wish.search,
            renamed_values=known.renamed_values or wish.renamed_values,
        )
        united.fields[name] = (merged, other)

    def _reference(self, united: UnitedEntity, wish: Reference, module: str) -> None:
        known, other = united.references.setdefault(wish.columns, (wish, module))
        if known == wish:
            return
        if names.key(known.to) != names.key(wish.to):
            said = f"{known.to} and {wish.to}"
            where = f"{united.table}.{', '.join(wish.columns)}"
            self._conflict(
                f"different targets for {where} ({said})", other, module, (united.table, wish.columns[0])
            )
        elif "NO ACTION" not in (known.on_delete, wish.on_delete) and known.on_delete != wish.on_delete:
            said = f"{known.on_delete} and {wish.on_delete}"
            where = f"{united.table}.{', '.join(wish.columns)}"
            self._conflict(
                f"different ON DELETE for {where} ({said})", other, module, (united.table, wish.columns[0])
            )
        action = wish.on_delete if known.on_delete == "NO ACTION" else known.on_delete
        columns = known.to_columns or wish.to_columns
        united.references[wish.columns] = (replace(known, on_delete=action, to_columns=columns), other)

    def _conflict(self, what: str, first: str, second: str, at: tuple[str, str]) -> None:
        told = " and ".join(self._told(module, at) for module in (first, second))
        source, path = self._sources.get((second, *at)) or self._sources.get((first, *at)) or (None, ())
        self._problems.add(f"{told} ask for {what}", source, path)

    def _told(self, module: str, at: tuple[str, str]) -> str:
        found = self._sources.get((module, *at))
        where = short(found[0].place(found[1])) if found else "as of the last iteration"
        return f"{module} ({where})"

    def _one_table_each(self) -> None:
        seen: dict[str, UnitedEntity] = {}
        for united in self._united.entities.values():
            other = seen.setdefault(united.table, united)
            if other is not united:
                source, path = self._sources.get((united.module, united.table, "")) or (None, ())
                message = f"The entities {other.entity} and {united.entity} have one table, {united.table}"
                self._problems.add(message, source, path, "Give one of them another tableName in BUSM.")
