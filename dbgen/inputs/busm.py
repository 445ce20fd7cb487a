"""The BUSM model: the source of truth for entities, read from JSON into frozen values in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from pathlib import Path as FilePath
from typing import Any

from dbgen import names
from dbgen.errors import InputError, Place
from dbgen.inputs.columntypes import EnumSpec
from dbgen.inputs.documents import Document, read_json, read_text
from dbgen.inputs.enums import read_enum
from dbgen.inputs.fields import FieldReader, FieldSpec, describe, on_delete, printable
from dbgen.inputs.guards import ACCESS
from dbgen.inputs.problems import Path, Problems, Source, did_you_mean
from dbgen.inputs.words import RELATIONSHIPS, text_problem
from dbgen.values import dataclass


@dataclass(frozen=True, slots=True)
class DeclaredIndex:
    """An index of an entity, by its fields' names."""

    fields: tuple[str, ...]
    path: Path
    unique: bool = False
    method: str = "btree"
    where: str | None = None


@dataclass(frozen=True, slots=True)
class BusmEntity:
    """An entity; `fields` by `names.key`, in the order of the file."""

    name: str
    source: Source
    path: Path
    fields: dict[str, FieldSpec] = field(default_factory=dict)
    table: str | None = None
    description: str | None = None
    primary_key: tuple[str, ...] = ()
    indexes: tuple[DeclaredIndex, ...] = ()
    access: str | None = None


@dataclass(frozen=True, slots=True)
class Relationship:
    """How two entities hang together; `type` one of `words.RELATIONSHIPS`' values, `field` as written."""

    type: str
    start: str
    end: str
    source: Source
    path: Path
    field: str | None = None
    on_delete: str | None = None
    required: bool | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True)
class Busm:
    """Entities and enums by `names.key`; `warnings` are sentences with their places."""

    entities: dict[str, BusmEntity] = field(default_factory=dict)
    relationships: tuple[Relationship, ...] = ()
    enums: dict[str, EnumSpec] = field(default_factory=dict)
    warnings: tuple[tuple[str, Place], ...] = ()


def load_busm(root: FilePath, relative: str) -> Busm:
    """The model in the workspace's BUSM file, Mermaid where its name ends in `.mmd`.

    Raises `InputError` with every mistake found, also for a missing file.
    """
    if relative.lower().endswith((".mmd", ".mermaid")):
        from dbgen.inputs.mermaid import parse_mermaid

        return parse_mermaid(relative, read_text(root, relative))
    return read_busm(read_json(root, relative))


def read_busm(document: Document) -> Busm:
    """The model in a JSON document. Raises `InputError` with every mistake found."""
    if not isinstance(document.data, dict):
        raise InputError(
            "INPUT_INVALID",
            f"{document.file}: expected a mapping with entities, found {describe(document.data)}",
            place=document.place(()),
        )
    reader = _Reader(document)
    busm = Busm(reader.entities(), reader.relationships(), reader.enums())
    reader.problems.check()
    document.data = None  # places are found in the text; a large model's values are not needed twice
    return busm


class _Reader:
    def __init__(self, document: Document) -> None:
        self.problems = Problems()
        self._document = document
        self._fields = FieldReader(document, self.problems, strict=False, null_default=False)

    def _named(self, block: Any, path: Path, kind: str) -> Iterator[tuple[str, Any, Path]]:
        """The members of a mapping, or of a list of mappings with `name`; each name once."""
        seen: dict[str, str] = {}
        if isinstance(block, dict):
            members = [(name, item, (*path, name)) for name, item in block.items()]
        elif isinstance(block, list):
            members = [(self._name(item), item, (*path, number)) for number, item in enumerate(block)]
        else:
            if block is not None:
                self._bad(f"expected a mapping or a list of {kind}s, found {describe(block)}", path)
            return
        for name, item, where in members:
            if not isinstance(name, str) or not name.strip():
                self._bad(f"expected the {kind}'s name", where)
            elif names.key(name) in seen:
                self._bad(
                    f"The {kind} {printable(name)} is the same as {printable(seen[names.key(name)])}", where
                )
            else:
                seen[names.key(name)] = name
                yield name, item, where

    @staticmethod
    def _name(item: Any) -> Any:
        return item.get("name") if isinstance(item, dict) else None

    def _bad(self, message: str, path: Path, hint: str | None = None) -> None:
        self.problems.add(message, self._document, path, hint)

    def _text(self, block: dict[str, Any], name: str, path: Path) -> str | None:
        value = block.get(name)
        if value is None:
            return None
        why = text_problem(value) if isinstance(value, str) else f"expected a text, found {describe(value)}"
        if why is None:
            return str(value)
        self._bad(f"{name}: {why}", (*path, name))
        return None

    def entities(self) -> dict[str, BusmEntity]:
        block = self._document.data.get("entities")
        found: dict[str, BusmEntity] = {}
        for name, raw, path in self._named(block, ("entities",), "entity"):
            why = names.refusal(names.snake_case(name))
            if why is not None:
                self._bad(f'The entity name "{printable(name)}" {why}', path)
            elif not isinstance(raw, dict):
                self._bad(f"{name}: expected a mapping, found {describe(raw)}", path)
            else:
                found[names.key(name)] = self._entity(name, raw, path)
        return found

    def _entity(self, name: str, raw: dict[str, Any], path: Path) -> BusmEntity:
        fields: dict[str, FieldSpec] = {}
        for field_name, item, where in self._named(raw.get("fields"), (*path, "fields"), "field"):
            if isinstance(item, str):
                item = {"type": item}
            if not isinstance(item, dict):
                self._bad(f"{field_name}: expected a mapping, found {describe(item)}", where)
            elif (spec := self._fields.mapping(field_name, item, where)) is not None:
                fields[names.key(field_name)] = spec
        return BusmEntity(
            name,
            self._document,
            path,
            fields,
            self._text(raw, "tableName", path),
            self._text(raw, "description", path),
            self._key(raw, fields, path),
            tuple(self._indexes(raw, fields, path)),
            raw["access"] if raw.get("access") in ACCESS else None,
        )

    def _key(self, raw: dict[str, Any], fields: dict[str, FieldSpec], path: Path) -> tuple[str, ...]:
        said = raw.get("primaryKey")
        listed = said if isinstance(said, list) else [] if said is None else [said]
        if not all(isinstance(item, str) for item in listed):
            self._bad("primaryKey: expected a field's name or a list of them", (*path, "primaryKey"))
            return ()
        known = [spec.name for spec in fields.values()]
        for item in listed:
            if names.key(item) not in fields and names.key(item) != "id":
                message = f"primaryKey names a field that is not there: {printable(item)}"
                self._bad(message, (*path, "primaryKey"), did_you_mean(item, known))
        return tuple(listed) or tuple(spec.name for spec in fields.values() if spec.primary_key)

    def _indexes(
        self, raw: dict[str, Any], fields: dict[str, FieldSpec], path: Path
    ) -> Iterator[DeclaredIndex]:
        block = raw.get("indexes") or []
        if not isinstance(block, list):
            self._bad(f"indexes: expected a list, found {describe(block)}", (*path, "indexes"))
            return
        for number, item in enumerate(block):
            where = (*path, "indexes", number)
            if isinstance(item, dict) and (listed := self._index_fields(item, fields, where)):
                yield DeclaredIndex(
                    listed,
                    where,
                    item.get("unique") is True,
                    self._method(item, where),
                    self._where(item, where),
                )
            elif not isinstance(item, dict):
                self._bad("expected an index, a mapping with fields", where)

    def _index_fields(
        self, item: dict[str, Any], fields: dict[str, FieldSpec], path: Path
    ) -> tuple[str, ...]:
        listed = item.get("fields", item.get("columns"))
        if not isinstance(listed, list) or not listed or not all(isinstance(one, str) for one in listed):
            self._bad("expected the index's fields, a list of names", path)
            return ()
        for one in listed:
            if names.key(one) not in fields:
                hint = did_you_mean(one, [spec.name for spec in fields.values()])
                self._bad(f"The index names a field that is not there: {printable(one)}", path, hint)
                return ()
        return tuple(listed)

    def _method(self, item: dict[str, Any], path: Path) -> str:
        method = item.get("method", item.get("type")) or "btree"
        known = ("btree", "hash", "gin", "gist", "spgist", "brin")
        if not isinstance(method, str) or method.lower() not in known:
            self._bad(f"method: expected one of {', '.join(known)}", path)
            return "btree"
        return method.lower()

    def _where(self, item: dict[str, Any], path: Path) -> str | None:
        from dbgen.inputs.expressions import refusal

        where = self._text(item, "where", path)
        if where is not None and (why := refusal(where)):
            self._bad(f"where: {why}", (*path, "where"))
        return where.strip() if where else None

    def relationships(self) -> tuple[Relationship, ...]:
        block = self._document.data.get("relationships")
        members = (
            block.items() if isinstance(block, dict) else enumerate(block) if isinstance(block, list) else ()
        )
        if block is not None and not isinstance(block, (dict, list)):
            self._bad(
                f"relationships: expected a mapping or a list, found {describe(block)}", ("relationships",)
            )
        read = (self._relationship(raw, ("relationships", name)) for name, raw in members)
        found = [one for one in read if one is not None]
        return tuple(sorted(found, key=_order))

    def _relationship(self, raw: Any, path: Path) -> Relationship | None:
        if not isinstance(raw, dict):
            self._bad(f"expected a relationship, found {describe(raw)}", path)
            return None
        kind = raw.get("type")
        known = RELATIONSHIPS.get(names.key(kind)) if isinstance(kind, str) else None
        start, end = self._text(raw, "from", path), self._text(raw, "to", path)
        if known is None:
            words = list(RELATIONSHIPS.values())
            hint = did_you_mean(kind, words) if isinstance(kind, str) else None
            self._bad(f"type: expected one of {', '.join(words)}", (*path, "type"), hint)
        if not start or not end:
            self._bad("expected `from` and `to`, two entities", path)
        if known is None or not start or not end:
            return None
        said = next((key for key in ("onDelete", "on_delete", "cascade") if raw.get(key) is not None), None)
        action = on_delete(raw[said], said, self._document, (*path, said), self.problems) if said else None
        required = raw.get("required") if isinstance(raw.get("required"), bool) else None
        column = self._text(raw, "foreignKey", path) or self._text(raw, "field", path)
        through = self._text(raw, "throughTable", path) or self._text(raw, "through", path)
        return Relationship(known, start, end, self._document, path, column, action, required, through)

    def enums(self) -> dict[str, EnumSpec]:
        found: dict[str, EnumSpec] = {}
        for name, raw, path in self._named(self._document.data.get("enums"), ("enums",), "enum"):
            spec = read_enum(name, raw, self._document, path, self.problems)
            if spec is not None:
                found[names.key(name)] = spec
        return found


def _order(one: Relationship) -> tuple[str, ...]:
    return (
        one.type,
        names.key(one.start),
        names.key(one.end),
        one.field or "",
        one.through or "",
        one.on_delete or "",
    )
