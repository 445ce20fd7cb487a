"""The module builder's dialect: `module: {id, …}` with `entity`, or `entities` as a list of mappings.

Keys that are not read here are the builder's own and are passed over.
"""

from __future__ import annotations

from typing import Any

from dbgen import names
from dbgen.inputs.columntypes import EnumSpec
from dbgen.inputs.documents import Document
from dbgen.inputs.enums import read_enum
from dbgen.inputs.fields import FieldReader, FieldSpec, describe, printable
from dbgen.inputs.modules import (
    EntitySpec,
    ModuleFile,
    distinct,
    distinct_fields,
    list_of_names,
    module_name,
    phase_of,
    whole,
)
from dbgen.inputs.problems import Path, Problems


def read(document: Document, phase: int, problems: Problems) -> ModuleFile:
    """The module of a document whose `module` is a mapping; mistakes go to `problems`."""
    head: dict[str, Any] = document.data["module"]
    said = next((name for name in ("id", "name") if head.get(name) is not None), "id")
    at = ("module", "phase") if "phase" in head else ("phase",)
    number, remarks = phase_of(head.get("phase", document.data.get("phase")), phase, document, at, problems)
    where = ("module", "iteration") if "iteration" in head else ("iteration",)
    stated = head.get("iteration", document.data.get("iteration"))
    return ModuleFile(
        module_name(head.get(said), document, ("module", said), problems),
        number,
        document,
        distinct(_entities(document, head, problems), problems),
        enums=tuple(_enums(document, head, problems)),
        iteration=whole(stated, "iteration", document, where, problems),
        remarks=remarks,
    )


def _block(document: Document, head: dict[str, Any], name: str) -> tuple[Any, Path]:
    """A key of the file, or of its `module`."""
    if document.data.get(name) is not None:
        return document.data[name], (name,)
    return head.get(name), ("module", name)


def _entities(document: Document, head: dict[str, Any], problems: Problems) -> list[EntitySpec]:
    single, path = _block(document, head, "entity")
    listed, list_path = _block(document, head, "entities")
    items: list[tuple[Any, Path]] = [] if single is None else [(single, path)]
    if isinstance(listed, list):
        items += [(item, (*list_path, number)) for number, item in enumerate(listed)]
    elif listed is not None:
        problems.add(f"entities: expected a list, found {describe(listed)}", document, list_path)
    read = (_entity(item, where, document, problems) for item, where in items)
    return [spec for spec in read if spec is not None]


def _entity(raw: Any, path: Path, document: Document, problems: Problems) -> EntitySpec | None:
    name = raw.get("name") if isinstance(raw, dict) else raw
    if not isinstance(name, str):
        problems.add("expected an entity, a mapping with name and fields", document, path)
        return None
    why = names.refusal(names.snake_case(name))
    if why is not None:
        problems.add(f'The entity name "{printable(name)}" {why}', document, path)
        return None
    if not isinstance(raw, dict):
        return EntitySpec(name, document, path)
    table = raw.get("tableName")
    if table is not None and not isinstance(table, str):
        problems.add("tableName: expected a text", document, (*path, "tableName"))
        table = None
    key = list_of_names(raw.get("primaryKey"), "primaryKey", document, (*path, "primaryKey"), problems)
    return EntitySpec(name, document, path, _fields(raw, name, path, document, problems), key, table)


def _fields(
    raw: dict[str, Any], entity: str, path: Path, document: Document, problems: Problems
) -> tuple[FieldSpec, ...] | None:
    block = raw.get("fields")
    if block is None:
        return None
    reader = FieldReader(document, problems, strict=False, null_default=True)
    specs: list[FieldSpec | None] = []
    if isinstance(block, dict):
        block = [
            {"name": name, **(item if isinstance(item, dict) else {"type": item})}
            for name, item in block.items()
        ]
        wheres: list[Path] = [(*path, "fields", item["name"]) for item in block]
    elif isinstance(block, list):
        wheres = [(*path, "fields", number) for number in range(len(block))]
    else:
        problems.add(f"fields: expected a list, found {describe(block)}", document, (*path, "fields"))
        return ()
    for item, where in zip(block, wheres, strict=True):
        mapping = isinstance(item, dict)
        specs.append(reader.mapping(item.get("name"), item, where) if mapping else reader.named(item, where))
    return distinct_fields(specs, entity, problems)


def _enums(document: Document, head: dict[str, Any], problems: Problems) -> list[EnumSpec]:
    rules, path = _block(document, head, "businessRules")
    block = rules.get("enums") if isinstance(rules, dict) else None
    if block is None:
        return []
    path = (*path, "enums")
    if isinstance(block, list):
        members = [
            (item.get("name") if isinstance(item, dict) else None, item, n) for n, item in enumerate(block)
        ]
    elif isinstance(block, dict):
        members = [(name, item, name) for name, item in block.items()]
    else:
        problems.add(f"enums: expected a mapping, found {describe(block)}", document, path)
        return []
    found: list[EnumSpec] = []
    for name, item, step in members:
        if not isinstance(name, str):
            problems.add("expected an enum with a name", document, (*path, step))
        elif (spec := read_enum(name, item, document, (*path, step), problems)) is not None:
            found.append(spec)
    return found
