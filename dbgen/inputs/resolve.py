"""One module resolved against BUSM: what its files name becomes tables and columns."""

from __future__ import annotations

from dataclasses import field

from dbgen import names
from dbgen.inputs.busm import BusmEntity
from dbgen.inputs.columns import ColumnMaker
from dbgen.inputs.fields import FieldSpec, printable
from dbgen.inputs.links import Link, junction_of, link_of, target_of
from dbgen.inputs.marks import access_of, policies_of, refuse_unmet, with_tenant
from dbgen.inputs.phases import AskedEntity, Module
from dbgen.inputs.problems import Path, Source, did_you_mean
from dbgen.inputs.rules.constraints import check_name
from dbgen.inputs.updates import Updates
from dbgen.inputs.world import World, merged
from dbgen.model.requests import (
    AUTH_USERS,
    Conversion,
    EntityRequest,
    FieldRequest,
    IndexRequest,
    JunctionRequest,
    ModuleRequest,
    Reference,
)
from dbgen.model.schema import EnumType
from dbgen.values import dataclass

#: Columns that every table of PostgreSQL has already (ddl-system-columns).
_SYSTEM_COLUMNS = frozenset("tableoid xmin cmin xmax cmax ctid".split())


@dataclass(slots=True)
class Resolved:
    """A module's request with what goes beside it. `sources`: where the module asks for a thing, by table and
    column ("" for the table); `origins`: where BUSM says what it is, of columns that the module only names.
    """

    request: ModuleRequest
    conversions: list[Conversion] = field(default_factory=list)
    sources: dict[tuple[str, str], tuple[Source, Path]] = field(default_factory=dict)
    origins: dict[tuple[str, str], tuple[Source, Path]] = field(default_factory=dict)


def resolve_module(module: Module, world: World, updates: Updates) -> Resolved:
    """What one module asks for. Mistakes and warnings go to the world."""
    return _Resolver(module, world, updates).run()


class _Resolver:
    def __init__(self, module: Module, world: World, updates: Updates) -> None:
        self._module = module
        self._world = world
        self._updates = updates
        self._result = Resolved(ModuleRequest(module.name, module.phase))
        self._enums: dict[str, EnumType] = {}
        self._links: dict[str, list[Link]] = {}
        self._renamed = {names.key(one.new): one.old for one in module.renames}

    def run(self) -> Resolved:
        junctions = self._relationships()
        entities = [self._entity(key, asked) for key, asked in sorted(self._module.entities.items())]
        self._warn_of_idle_renames(entities)
        self._result.request = ModuleRequest(
            self._module.name,
            self._module.phase,
            tuple(sorted(entities, key=lambda one: one.entity)),
            tuple(sorted(junctions.values(), key=lambda one: one.table)),
            tuple(sorted(self._enums.values(), key=lambda one: one.name)),
            policies_of(self._module, self._world),
        )
        refuse_unmet(self._module, entities, self._world)
        return self._result

    def _warn_of_idle_renames(self, entities: list[EntityRequest]) -> None:
        obeyed = {pair for entity in entities for wish in entity.fields for pair in wish.renamed_values}
        for one in self._module.value_renames:
            if (one.old, one.new) not in obeyed:
                message = f"No field has the enum {one.enum}, whose value {one.old} is renamed to {one.new}"
                self._world.warn(message, one.source, one.path, "RENAME")

    def _has(self, entity: str, name: str) -> bool:
        asked = self._module.entities.get(entity)
        return asked is not None and name in asked.fields(self._world.entity(entity))

    def _relationships(self) -> dict[str, JunctionRequest]:
        junctions: dict[str, JunctionRequest] = {}
        for one in self._module.relationships.values():
            for end in (one.start, one.end):
                if not end.startswith(AUTH_USERS) and not self._world.knows(names.key(end)):
                    self._world.warn(_missing(end), one.source, one.path, "MISSING_ENTITY")
            pair = link_of(one, self._has)
            if pair is None:
                made = junction_of(one, self._world.spelled, self._world.rules)
                junctions.setdefault(made.table, made)
            elif pair[0] in self._module.entities:
                self._links.setdefault(pair[0], []).append(pair[1])
            else:
                holder = one.end if one.type == "one-to-many" else one.start
                known = [entity.name for entity in self._module.entities.values()]
                self._world.problems.add(
                    f"The relationship's column is in {printable(holder)}, which this module does not name",
                    one.source,
                    one.path,
                    did_you_mean(holder, known),
                )
        for one in self._world.busm.relationships:
            ends = {names.key(one.start), names.key(one.end)}
            if one.type == "many-to-many" and ends & set(self._module.entities):
                made = junction_of(one, self._world.spelled, self._world.rules)
                junctions.setdefault(made.table, made)
        return junctions

    def _entity(self, key: str, asked: AskedEntity) -> EntityRequest:
        world = self._world
        busm = world.entity(key)
        if busm is None:
            world.warn(_missing(asked.name), asked.source, asked.path, "MISSING_ENTITY")
        table = self._table(asked, busm)
        self._result.sources[table, ""] = (asked.source, asked.path)
        specs = self._specs(key, asked, busm)
        columns = self._columns(key, table, asked, busm, specs)
        indexes = () if busm is None else self._indexes(busm, table, {one.column.name for one in columns})
        return EntityRequest(
            world.spelled(asked.name),
            table,
            tuple(world.column(name) for name in world.key_names(key)),
            with_tenant(columns, self._module, world),
            self._references(key, specs),
            indexes,
            busm.description if busm and busm.description else None,
            self._renamed.get(key),
            access_of(self._module, key, busm),
        )

    def _table(self, asked: AskedEntity, busm: BusmEntity | None) -> str:
        said = busm.table if busm and busm.table else asked.table
        name = said or names.styled(names.table_name(asked.name), self._world.rules.table_name_pattern)
        why = names.refusal(name)
        if why is not None:
            at = (
                (busm.source, (*busm.path, "tableName"))
                if busm and busm.table
                else (asked.source, asked.path)
            )
            self._world.problems.add(f'The table name "{printable(name)}" {why}', *at)
        return name

    def _specs(
        self, key: str, asked: AskedEntity, busm: BusmEntity | None
    ) -> dict[str, tuple[FieldSpec, FieldSpec | None]]:
        """By field key, the key's fields first: what the module says (or the bare name), what BUSM says."""
        own = asked.fields(busm)
        for link in self._links.get(key, ()):
            own.setdefault(names.key(link.field), FieldSpec(link.field, link.source, link.path))
        primary = [names.key(name) for name in self._world.key_names(key)]
        written = dict(zip(primary, self._world.key_names(key), strict=True))
        ordered = [*primary, *(name for name in own if name not in written)]
        found: dict[str, tuple[FieldSpec, FieldSpec | None]] = {}
        for name in ordered:
            spec = own.get(name)
            below = busm.fields.get(name) if busm else None
            if below is None and busm is not None and spec is not None and spec.renamed_from:
                below = busm.fields.get(names.key(spec.renamed_from))
            if spec is None:
                spec = FieldSpec(below.name if below else written[name], asked.source, asked.path)
            found[name] = (spec, below)
        return found

    def _columns(
        self,
        key: str,
        table: str,
        asked: AskedEntity,
        busm: BusmEntity | None,
        specs: dict[str, tuple[FieldSpec, FieldSpec | None]],
    ) -> list[FieldRequest]:
        world = self._world
        maker = ColumnMaker(world, self._module, key, self._enums)
        primary = [names.key(name) for name in world.key_names(key)]
        links = {
            names.key(link.field): link for link in [*world.links.get(key, ()), *self._links.get(key, ())]
        }
        columns: list[FieldRequest] = []
        taken: dict[str, str] = {}
        for position, (name, (own, below)) in enumerate(specs.items()):
            column = world.column(own.name)
            self._check_name(column, below if below is not None and own.bare else own, taken)
            made = maker.make(column, own, below, links.get(name), primary, position)
            if made is None:
                continue
            columns.append(made.request)
            self._result.sources[table, column] = (own.source, own.path)
            if below is not None and own.bare:
                self._result.origins[table, column] = (below.source, below.path)
            if own.limits or (below is not None and below.limits):
                self._note_limits(table, column, merged(own, below) or own)
            if own.backfill or own.using or own.using_back:
                conversion = Conversion(table, column, own.backfill, own.using, own.using_back)
                self._result.conversions.append(conversion)
            if busm is None or name not in busm.fields:
                self._updates.field(
                    world.spelled(asked.name), merged(own, below) or own, made, known=busm is not None
                )
        return columns

    def _note_limits(self, table: str, column: str, spec: FieldSpec) -> None:
        for limit in spec.limits or ():
            check = check_name(table, column, names.snake_case(limit.rule))
            self._result.sources[table, check] = (limit.source, limit.path)

    def _check_name(self, column: str, own: FieldSpec, taken: dict[str, str]) -> None:
        why = names.refusal(column)
        if why is not None:
            self._bad(f'The column name "{printable(column)}" {why}', own)
        elif column in _SYSTEM_COLUMNS:
            self._bad(
                f"PostgreSQL has a system column {column} in every table; the field needs another name", own
            )
        elif column in taken:
            self._bad(
                f"The fields {printable(taken[column])} and {printable(own.name)} are one column, {column}",
                own,
            )
        taken.setdefault(column, own.name)

    def _bad(self, message: str, spec: FieldSpec) -> None:
        self._world.problems.add(message, spec.source, spec.path)

    def _references(
        self, key: str, specs: dict[str, tuple[FieldSpec, FieldSpec | None]]
    ) -> tuple[Reference, ...]:
        by_module: dict[str, list[Link]] = {}
        for link in self._links.get(key, ()):
            by_module.setdefault(names.key(link.field), []).append(link)
        by_busm: dict[str, list[Link]] = {}
        for link in self._world.links.get(key, ()):
            if self._world.entity(names.key(link.target)) is not None or link.target == AUTH_USERS:
                by_busm.setdefault(names.key(link.field), []).append(link)
        found: list[Reference] = []
        for name, (own, below) in specs.items():
            if not (own.foreign_key or (below is not None and below.foreign_key)) and not (
                name in by_module or name in by_busm
            ):
                continue
            wishes = [
                *by_module.get(name, ()),
                *_wish(own),
                *by_busm.get(name, ()),
                *(_wish(below) if below is not None else ()),
            ]
            reference = self._reference(own, wishes, below)
            if reference is not None:
                found.append(reference)
        return tuple(sorted(found, key=lambda one: one.columns))

    def _reference(self, own: FieldSpec, wishes: list[Link], below: FieldSpec | None) -> Reference | None:
        if not wishes:
            return None
        first = wishes[0]
        said = [own.on_delete, *(wish.on_delete for wish in wishes if _same(wish, first))]
        action = next((one for one in [*said, below.on_delete if below else None] if one), "NO ACTION")
        to_columns = tuple(self._world.column(name) for name in first.to_columns)
        return Reference(
            (self._world.column(own.name),), self._world.spelled(first.target), to_columns, action
        )

    def _indexes(self, busm: BusmEntity, table: str, columns: set[str]) -> tuple[IndexRequest, ...]:
        found = set()
        for one in busm.indexes:
            listed = tuple(self._world.column(name) for name in one.fields)
            if set(listed) <= columns:
                # A predicate is PostgreSQL's to judge: it is found again by its text.
                at = (*one.path, "where") if one.where else one.path
                self._result.sources[table, f"where {one.where}"] = (busm.source, at)
                found.add(IndexRequest(listed, one.unique, one.method, one.where))
        return tuple(sorted(found, key=lambda one: (one.columns, one.unique, one.method, one.where or "")))


def _wish(spec: FieldSpec) -> list[Link]:
    if not spec.foreign_key:
        return []
    target, columns = target_of(spec.foreign_key)
    return [Link(spec.name, target, spec.source, spec.path, columns, spec.on_delete)]


def _same(one: Link, other: Link) -> bool:
    return names.key(one.target) == names.key(other.target)


def _missing(entity: str) -> str:
    return f"Entity '{entity}' not found in BUSM model"
