"""A Mermaid `erDiagram` as a BUSM model. https://mermaid.js.org/syntax/entityRelationshipDiagram.html"""

from __future__ import annotations

import re
from dataclasses import field

from dbgen import names
from dbgen.errors import InputError, Place, Problem
from dbgen.inputs.busm import Busm, BusmEntity, Relationship
from dbgen.inputs.documents import lines_of, place_at
from dbgen.inputs.fields import FieldSpec
from dbgen.inputs.problems import Path
from dbgen.values import dataclass, replace

_NAME = r'(?:"[^"]+"|[A-Za-z_À-ɏ][\w\-.]*)'
_ALIASED = rf'(?P<{{0}}>{_NAME})(?:\[(?:"[^"]*"|[^\]]*)\])?'
_LEFT = r"(?:\|o|\|\||\}o|\}\|)"
_RIGHT = r"(?:o\||\|\||o\{|\|\{)"
_JOIN = re.compile(
    _ALIASED.replace("{0}", "left")
    + rf"\s*(?P<from>{_LEFT})\s*(?:--|\.\.)\s*(?P<to>{_RIGHT})\s*"
    + _ALIASED.replace("{0}", "right")
    + r"(?:\s*:\s*(?P<label>.*))?\Z"
)
_OPEN = re.compile(
    _ALIASED.replace("{0}", "name") + r"(?:\s*:::\s*[\w,\s-]+?)?\s*(?P<brace>\{)?\s*(?P<rest>.*)\Z"
)
_ATTRIBUTE = re.compile(
    r"""(?P<type>[A-Za-z_][\w\-]*(?:\([^)]*\))?(?:\[\])?)\s+\*?(?P<name>[A-Za-z_][\w\-]*)
        (?:\s+(?P<keys>(?:PK|FK|UK)(?:\s*,\s*(?:PK|FK|UK))*))?(?:\s+"(?P<comment>[^"]*)")?\s*\Z""",
    re.VERBOSE,
)
_PASSED_OVER = re.compile(r"(?:title|direction|accTitle|accDescr|classDef|class|style)\b")


class _Text:
    """The diagram as a source of places: a path is a line."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self._lines = lines

    def place(self, path: Path) -> Place:
        line = path[0] if path and isinstance(path[0], int) else 1
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        return place_at(self.file, self._lines, (line, len(text) - len(text.lstrip()) + 1))


@dataclass(slots=True)
class _Entity:
    name: str
    line: int
    attributes: list[tuple[FieldSpec, frozenset[str]]] = field(default_factory=list)


@dataclass(slots=True)
class _Diagram:
    entities: dict[str, _Entity] = field(default_factory=dict)
    joins: list[tuple[str, str, bool, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse_mermaid(file: str, text: str) -> Busm:
    """The model in the diagram. Raises `InputError` with every line that cannot be read."""
    lines = lines_of(text)
    source = _Text(file, lines)
    diagram = _Diagram()
    _read(lines, diagram, source)
    if diagram.problems:
        raise InputError.of("INPUT_INVALID", diagram.problems)
    warnings: list[tuple[str, Place]] = []
    entities = {key: _entity(key, diagram, source, warnings) for key in diagram.entities}
    many = [
        Relationship("many-to-many", diagram.entities[a].name, diagram.entities[b].name, source, (line,))
        for a, b, both, line in sorted(diagram.joins)
        if both
    ]
    return Busm(entities, tuple(many), {}, tuple(warnings))


def _read(lines: list[str], diagram: _Diagram, source: _Text) -> None:
    inside: _Entity | None = None
    begun = False
    fenced = lines[0].strip() == "---" if lines else False
    for number, raw in enumerate(lines, 1):
        line = re.sub(r"%%.*", "", raw).strip()
        if fenced:
            fenced = not (line == "---" and number > 1)
        elif not line:
            continue
        elif not begun:
            begun = line == "erDiagram"
            if not begun:
                diagram.problems.append(Problem("expected erDiagram", None, source.place((number,))))
                return
        elif inside is not None:
            inside = _within(line, number, inside, diagram, source)
        else:
            inside = _outside(line, number, diagram, source)
    if inside is not None or not begun:
        what = f"the entity {inside.name} is not closed with }}" if inside else "expected erDiagram"
        diagram.problems.append(Problem(what, None, source.place((inside.line if inside else 1,))))


def _bare(name: str) -> str:
    return name.strip('"')


def _known(diagram: _Diagram, name: str, line: int) -> _Entity:
    return diagram.entities.setdefault(names.key(_bare(name)), _Entity(_bare(name), line))


def _outside(line: str, number: int, diagram: _Diagram, source: _Text) -> _Entity | None:
    join = _JOIN.match(line)
    if join is not None:
        left, right = _known(diagram, join["left"], number), _known(diagram, join["right"], number)
        both = "}" in join["from"] and "{" in join["to"]
        diagram.joins.append((names.key(left.name), names.key(right.name), both, number))
        return None
    if _PASSED_OVER.match(line):
        return None
    opened = _OPEN.match(line)
    if opened is None or (not opened["brace"] and opened["rest"]):
        message = 'expected `ENTITY { type name PK "comment" }` or `A ||--o{ B : label`'
        diagram.problems.append(Problem(message, None, source.place((number,))))
        return None
    entity = _known(diagram, opened["name"], number)
    if not opened["brace"]:
        return None
    return _within(opened["rest"], number, entity, diagram, source) if opened["rest"] else entity


def _within(line: str, number: int, entity: _Entity, diagram: _Diagram, source: _Text) -> _Entity | None:
    closed = line.endswith("}")
    content = line.removesuffix("}").strip()
    if content:
        _attribute(content, number, entity, diagram, source)
    return None if closed else entity


def _attribute(content: str, number: int, entity: _Entity, diagram: _Diagram, source: _Text) -> None:
    match = _ATTRIBUTE.match(content)
    if match is None:
        message = f'expected `type name PK|FK|UK "comment"` in the entity {entity.name}'
        diagram.problems.append(Problem(message, None, source.place((number,))))
        return
    if any(names.key(spec.name) == names.key(match["name"]) for spec, _ in entity.attributes):
        message = f"The field {match['name']} stands twice in {entity.name}"
        diagram.problems.append(Problem(message, None, source.place((number,))))
        return
    keys = frozenset(re.findall(r"PK|FK|UK", match["keys"] or ""))
    spec = FieldSpec(
        match["name"],
        source,
        (number,),
        type=_TYPES.get(match["type"].lower(), match["type"]),
        required=True if "PK" in keys else None,
        primary_key=True if "PK" in keys else None,
        unique=True if "UK" in keys else None,
        description=match["comment"] or None,
    )
    entity.attributes.append((spec, keys))


#: Words that diagrams use for BUSM's.
_TYPES = {"str": "string", "int": "integer", "bool": "boolean", "double": "float"}


def _entity(key: str, diagram: _Diagram, source: _Text, warnings: list[tuple[str, Place]]) -> BusmEntity:
    entity = diagram.entities[key]
    fields: dict[str, FieldSpec] = {}
    for spec, keys in entity.attributes:
        if "FK" in keys:
            target = _target(key, spec, diagram)
            if target is None:
                message = f"The foreign key {entity.name}.{spec.name} names no entity of the diagram"
                warnings.append((message, source.place(spec.path)))
            else:
                spec = replace(spec, foreign_key=target)
        fields[names.key(spec.name)] = spec
    primary = tuple(spec.name for spec in fields.values() if spec.primary_key)
    return BusmEntity(entity.name, source, (entity.line,), fields, primary_key=primary)


def _target(own: str, spec: FieldSpec, diagram: _Diagram) -> str | None:
    """The joined entity with a key of that name, else any with one, else the one it is called after."""
    joined = [b if a == own else a for a, b, _, _ in diagram.joins if own in (a, b)]
    for keys in (sorted(set(joined)), sorted(diagram.entities)):
        for other in keys:
            found = _key_named(spec.name, diagram.entities[other]) if other != own else None
            if found is not None:
                return f"{diagram.entities[other].name}.{found}"
    called = names.key(spec.name)
    entity = diagram.entities.get(called[:-2]) if called.endswith("id") else None
    if entity is None:
        return None
    primary = [one.name for one, keys in entity.attributes if "PK" in keys]
    return f"{entity.name}.{primary[0]}" if len(primary) == 1 else entity.name


def _key_named(name: str, entity: _Entity) -> str | None:
    primary = [spec.name for spec, keys in entity.attributes if "PK" in keys]
    return primary[0] if len(primary) == 1 and names.key(primary[0]) == names.key(name) else None
