"""All that the inputs know at once: BUSM, the modules being read, and the parts kept from the last snapshot.

It answers what one module alone cannot: an entity's key, and the type of a column that another points to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from dbgen import names
from dbgen.errors import Place
from dbgen.inputs.busm import Busm, BusmEntity
from dbgen.inputs.columntypes import BadType, EnumSpec, Resolved, resolve, word_of
from dbgen.inputs.fields import FieldSpec, over
from dbgen.inputs.links import Link, busm_links, target_of
from dbgen.inputs.phases import AskedEntity, Module
from dbgen.inputs.problems import Path, Problems, Source, did_you_mean
from dbgen.inputs.words import guess
from dbgen.model.requests import AUTH_USERS, EntityRequest, ModuleRequest, Notice, Rules
from dbgen.values import dataclass, replace


@dataclass(slots=True)
class World:
    """What is known, and what has been noticed so far. `renamed`: an entity's old key by its current one;
    `rule_places`: where the config says each rule, by attribute.
    """

    busm: Busm
    rules: Rules
    modules: Sequence[Module]
    stale: Sequence[ModuleRequest]
    problems: Problems
    notices: list[Notice] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    rule_places: Mapping[str, Place] = field(default_factory=dict)
    links: dict[str, list[Link]] = field(default_factory=dict)
    _asked: dict[str, list[AskedEntity]] = field(default_factory=dict)
    _kept: dict[str, EntityRequest] = field(default_factory=dict)
    _said: dict[str, list[dict[str, FieldSpec]]] = field(default_factory=dict)
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for module in self.modules:
            for rename in module.renames:
                self.renamed[names.key(rename.new)] = names.key(rename.old)
            for key, entity in module.entities.items():
                self._asked.setdefault(key, []).append(entity)
        for request in self.stale:
            for one in request.entities:
                self._kept.setdefault(names.key(one.entity), one)
        self.links = busm_links(self.busm)

    def warn(
        self, message: str, source: Source | None = None, path: Path = (), code: str | None = None
    ) -> None:
        """Notes a warning at its place."""
        place = source.place(path) if source is not None else None
        self.notices.append(Notice(message, "warning", code, short(place)))

    def entity(self, key: str) -> BusmEntity | None:
        """BUSM's entity, also under the name that it had before a rename."""
        found = self.busm.entities.get(key)
        if found is None and key in self.renamed:
            old = self.busm.entities.get(self.renamed[key])
            return replace(old, table=None) if old else None
        return found

    def knows(self, key: str) -> bool:
        """Whether anyone names the entity."""
        return self.entity(key) is not None or key in self._asked or key in self._kept

    def spelled(self, name: str) -> str:
        """The entity's name as BUSM spells it, else as the modules do."""
        key = names.key(name)
        if name == AUTH_USERS:
            return name
        if key in self.busm.entities:
            return self.busm.entities[key].name
        if key in self._asked:
            return self._asked[key][0].name
        return self._kept[key].entity if key in self._kept else name

    def column(self, name: str) -> str:
        """A field's column."""
        return names.styled(names.snake_case(name), self.rules.column_name_pattern)

    def said(self, entity: str, key: str) -> FieldSpec | None:
        """What the modules and BUSM say about a field of an entity, both by key."""
        if entity not in self._said:
            self._said[entity] = [asked.said() for asked in self._asked.get(entity, ())]
        own = next((one[key] for one in self._said[entity] if key in one), None)
        busm = self.entity(entity)
        return merged(own, busm.fields.get(key) if busm else None)

    def key_names(self, entity: str) -> tuple[str, ...]:
        """The fields of the entity's key as they are written: the modules' word, else BUSM's, else `id`."""
        if entity not in self._keys:
            self._keys[entity] = self._find_key(entity)
        return self._keys[entity]

    def _find_key(self, entity: str) -> tuple[str, ...]:
        for asked in self._asked.get(entity, ()):
            marked = tuple(spec.name for spec in asked.said().values() if spec.primary_key)
            if asked.primary_key or marked:
                return asked.primary_key or marked
        busm = self.entity(entity)
        if busm is not None and busm.primary_key:
            return busm.primary_key
        kept = self._kept.get(entity)
        return kept.key if kept is not None and busm is None and entity not in self._asked else ("id",)

    def enum_of(self, spec: FieldSpec, entity: str, module: Module | None) -> EnumSpec | None:
        """The field's enum. Raises `BadType` for a name that nobody explains."""
        if spec.values and not spec.enum:
            return EnumSpec(
                f"{names.snake_case(self.spelled(entity))}_{names.snake_case(spec.name)}", spec.values
            )
        name = spec.enum
        if name is None and isinstance(spec.items, dict) and isinstance(spec.items.get("enum"), str):
            name = spec.items["enum"]
        if name is None:
            return None
        own = module.enums if module else {}
        found = self.busm.enums.get(names.key(name)) or own.get(names.key(name))
        if found is None:
            known = {**own, **self.busm.enums}
            raise BadType(
                f"There is no enum {name}", did_you_mean(name, [one.name for one in known.values()])
            )
        return found

    def type_of(
        self, spec: FieldSpec, entity: str, module: Module | None, link: Link | None = None, depth: int = 0
    ) -> tuple[str, Resolved]:
        """The word for a field's type and the type: what is said, else its target's, else by its name.

        Raises `BadType`.
        """
        word = word_of(spec)
        if word is not None:
            return word, resolve(spec, word, self.enum_of(spec, entity, module), self.rules)
        pointed = self._pointed(spec, link, depth)
        if pointed is not None:
            return pointed, Resolved(pointed)
        word = guess(names.snake_case(spec.name), uuids=self.rules.use_uuids)
        return word, resolve(spec, word, None, self.rules)

    def _pointed(self, spec: FieldSpec, link: Link | None, depth: int) -> str | None:
        if link is not None:
            to, columns = link.target, link.to_columns
        elif spec.foreign_key:
            to, columns = target_of(spec.foreign_key)
        else:
            return None
        if to == AUTH_USERS:
            return "uuid"
        return self.target_type(to, columns, depth + 1)

    def target_type(self, entity: str, columns: tuple[str, ...], depth: int = 0) -> str | None:
        """The type of the column that a foreign key points to; None where that cannot be said."""
        key = names.key(entity)
        wanted = columns or self.key_names(key)
        if len(wanted) != 1 or depth > 50:
            return None
        kept = self._kept.get(key)
        if kept is not None and key not in self._asked:
            named = self.column(wanted[0])
            return next((one.column.type for one in kept.fields if one.column.name == named), None)
        spec = self.said(key, names.key(wanted[0])) or FieldSpec(wanted[0], _NOWHERE, ())
        try:
            return self.type_of(spec, key, None, None, depth)[1].type
        except BadType:
            return None


class _Nowhere:
    file = ""

    def place(self, path: Path) -> Place:
        del path
        return Place(self.file)


_NOWHERE = _Nowhere()


def merged(own: FieldSpec | None, busm: FieldSpec | None) -> FieldSpec | None:
    """A field as a module sees it, BUSM filling in what the module does not say."""
    if own is None or busm is None:
        return own or busm
    return busm if own.bare else over(own, busm)


def short(place: Place | None) -> str | None:
    """`file:line`."""
    if place is None:
        return None
    return f"{place.file}:{place.line}" if place.line is not None else place.file
