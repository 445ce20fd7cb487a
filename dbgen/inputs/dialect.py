"""The first dialect of a module file: `module`, `phase`, `entities`, `fields`, `relationships`, `renames`."""

from __future__ import annotations

from typing import Any

from dbgen import names
from dbgen.inputs.busm import Relationship
from dbgen.inputs.documents import Document
from dbgen.inputs.fields import FieldReader, FieldSpec, describe, on_delete, printable
from dbgen.inputs.guards import read_guards
from dbgen.inputs.modules import (
    EntityRename,
    EntitySpec,
    EnumRename,
    ModuleFile,
    distinct,
    distinct_fields,
    module_name,
    phase_of,
    unknown_key,
    whole,
)
from dbgen.inputs.problems import Path, Problems, did_you_mean
from dbgen.inputs.words import RELATIONSHIPS, text_problem
from dbgen.values import replace

_KEYS = (
    *("module", "phase", "iteration", "entities", "fields", "relationships", "renames"),
    *("policies", "access", "tenant"),
)
#: Keys of other tools, which are passed over.
_OTHERS = frozenset(
    """version name description dependencies views businessRules business_rules navigation viewforge_configs
    sample_data commands success_criteria scope""".split()
)
_RELATIONSHIP = (
    "name from to type field foreignKey onDelete cascade required through throughTable description".split()
)


def read(document: Document, phase: int, problems: Problems) -> ModuleFile:
    """The module of a document that is a mapping; mistakes go to `problems`."""
    return _Reader(document, problems).module(phase)


class _Reader:
    def __init__(self, document: Document, problems: Problems) -> None:
        self._document = document
        self._problems = problems
        self._data: dict[str, Any] = document.data
        self._fields = FieldReader(document, problems, strict=True, null_default=True)

    def module(self, phase: int) -> ModuleFile:
        for name in self._data:
            if name not in _KEYS and name not in _OTHERS and not name.startswith("x-"):
                unknown_key(name, _KEYS, "a module", self._document, (name,), self._problems)
        number, remarks = phase_of(self._data.get("phase"), phase, self._document, ("phase",), self._problems)
        return ModuleFile(
            module_name(self._data.get("module"), self._document, ("module",), self._problems),
            number,
            self._document,
            self._entities(),
            tuple(self._relationships()),
            tuple(self._renames()),
            (),
            whole(self._data.get("iteration"), "iteration", self._document, ("iteration",), self._problems),
            remarks,
            read_guards(self._document, self._problems),
            value_renames=tuple(self._value_renames()),
        )

    def _bad(self, message: str, path: Path, hint: str | None = None) -> None:
        self._problems.add(message, self._document, path, hint)

    def _entities(self) -> tuple[EntitySpec, ...]:
        fields = self._fields_by_entity()
        listed = self._data.get("entities")
        if listed is not None and not isinstance(listed, list):
            self._bad(f"entities: expected a list of names, found {describe(listed)}", ("entities",))
            return ()
        specs: list[EntitySpec] = []
        for number, name in enumerate(listed or ()):
            spec = self._entity(name, ("entities", number))
            if spec is not None:
                specs.append(spec)
        known = {names.key(spec.name): spec for spec in specs}
        result: list[EntitySpec] = []
        for key, spec in known.items():
            entry = fields.pop(key, None)
            result.append(replace(spec, fields=entry[2]) if entry else spec)
        for name, path, own in fields.values():
            result.append(EntitySpec(name, self._document, path, own, listed=listed is None))
        distinct(specs, self._problems)
        return distinct(result, self._problems)

    def _entity(self, name: Any, path: Path) -> EntitySpec | None:
        if not isinstance(name, str):
            self._bad(f"expected an entity's name, found {describe(name)}", path)
            return None
        why = names.refusal(names.snake_case(name))
        if why is not None:
            self._bad(f'The entity name "{printable(name)}" {why}', path)
            return None
        return EntitySpec(name, self._document, path)

    def _fields_by_entity(self) -> dict[str, tuple[str, Path, tuple[FieldSpec, ...] | None]]:
        block = self._data.get("fields")
        if block is not None and not isinstance(block, dict):
            self._bad(
                f"fields: expected a mapping from entities to lists, found {describe(block)}", ("fields",)
            )
            return {}
        found: dict[str, tuple[str, Path, tuple[FieldSpec, ...] | None]] = {}
        for name, items in (block or {}).items():
            path = ("fields", name)
            if names.key(name) in found:
                self._bad(f"The entity {printable(name)} stands twice in fields", path)
            elif self._entity(name, path) is not None:
                found[names.key(name)] = (name, path, self._list(name, items, path))
        return found

    def _list(self, entity: str, items: Any, path: Path) -> tuple[FieldSpec, ...] | None:
        if items is None:
            return None
        if not isinstance(items, list):
            self._bad(f"{entity}: expected a list of fields, found {describe(items)}", path)
            return ()
        specs = [self._field(item, (*path, number)) for number, item in enumerate(items)]
        return distinct_fields(specs, entity, self._problems)

    def _field(self, item: Any, path: Path) -> FieldSpec | None:
        if isinstance(item, dict):
            return self._fields.mapping(item.get("name"), item, path)
        return self._fields.named(item, path)

    def _relationships(self) -> list[Relationship]:
        block = self._data.get("relationships")
        if block is not None and not isinstance(block, list):
            self._bad(f"relationships: expected a list, found {describe(block)}", ("relationships",))
            return []
        read = (self._relationship(raw, ("relationships", n)) for n, raw in enumerate(block or ()))
        return [one for one in read if one is not None]

    def _relationship(self, raw: Any, path: Path) -> Relationship | None:
        if not isinstance(raw, dict):
            self._bad(f"expected a relationship, a mapping, found {describe(raw)}", path)
            return None
        for name in raw:
            if name not in _RELATIONSHIP and not name.startswith("x-"):
                unknown_key(
                    name, _RELATIONSHIP, "a relationship", self._document, (*path, name), self._problems
                )
        kind = raw.get("type", "many-to-one")
        known = RELATIONSHIPS.get(names.key(kind)) if isinstance(kind, str) else None
        if known is None:
            words = list(RELATIONSHIPS.values())
            hint = did_you_mean(kind, words) if isinstance(kind, str) else None
            self._bad(f"type: expected one of {', '.join(words)}", (*path, "type"), hint)
        start, end = self._text(raw, "from", path, needed=True), self._text(raw, "to", path, needed=True)
        if known is None or start is None or end is None:
            return None
        return Relationship(
            known,
            start,
            end,
            self._document,
            path,
            self._text(raw, "field", path) or self._text(raw, "foreignKey", path),
            self._action(raw, path),
            self._required(raw, path),
            self._text(raw, "throughTable", path) or self._text(raw, "through", path),
        )

    def _text(self, raw: dict[str, Any], name: str, path: Path, *, needed: bool = False) -> str | None:
        value = raw.get(name)
        if value is None and not needed:
            return None
        if not isinstance(value, str) or not value.strip() or text_problem(value):
            where = (*path, name) if name in raw else path
            self._bad(f"{name}: expected a name, found {describe(value)}", where)
            return None
        return value

    def _action(self, raw: dict[str, Any], path: Path) -> str | None:
        said = next((name for name in ("onDelete", "cascade") if raw.get(name) is not None), None)
        if said is None:
            return None
        return on_delete(raw[said], said, self._document, (*path, said), self._problems)

    def _required(self, raw: dict[str, Any], path: Path) -> bool | None:
        value = raw.get("required")
        if value is not None and not isinstance(value, bool):
            self._bad("required: expected true or false", (*path, "required"))
            return None
        return value

    def _renames(self) -> list[EntityRename]:
        block = self._data.get("renames")
        if block is None:
            return []
        if not isinstance(block, dict):
            self._bad(f"renames: expected a mapping with entities, found {describe(block)}", ("renames",))
            return []
        for name in block:
            if name not in ("entities", "enums"):
                path = ("renames", name)
                unknown_key(name, ("entities", "enums"), "renames", self._document, path, self._problems)
        entities = block.get("entities") or {}
        if not isinstance(entities, dict) or not all(isinstance(new, str) for new in entities.values()):
            self._bad("renames.entities: expected a mapping from old to new names", ("renames", "entities"))
            return []
        return [
            EntityRename(old, new, self._document, ("renames", "entities", old))
            for old, new in entities.items()
        ]

    def _value_renames(self) -> list[EnumRename]:
        renames = self._data.get("renames")
        block = renames.get("enums") or {} if isinstance(renames, dict) else {}
        texts = isinstance(block, dict) and all(
            isinstance(pairs, dict) and all(isinstance(new, str) for new in pairs.values())
            for pairs in block.values()
        )
        if not texts:
            self._bad(
                "renames.enums: expected enums with mappings from old to new values", ("renames", "enums")
            )
            return []
        return [
            EnumRename(enum, old, new, self._document, ("renames", "enums", enum, old))
            for enum, pairs in block.items()
            for old, new in pairs.items()
        ]
