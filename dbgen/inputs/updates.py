"""What BUSM lacks, in BUSM's own shape, to be merged by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dbgen import names
from dbgen.inputs.columns import Made
from dbgen.inputs.fields import UNSAID, FieldSpec
from dbgen.inputs.words import PLAIN_TYPES
from dbgen.inputs.world import World, short
from dbgen.model import types
from dbgen.model.requests import Notice

_WORDS = {found: word for word, found in reversed(PLAIN_TYPES.items())}


class Updates:
    """Collects the flags of a run."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._entities: dict[str, dict[str, Any]] = {}

    def field(self, entity: str, spec: FieldSpec, made: Made, *, known: bool) -> None:
        """Flags a field; `known`: whether BUSM has its entity."""
        fields = self._entities.setdefault(entity, {"fields": {}})["fields"]
        fields[names.styled(names.snake_case(spec.name), "camelCase")] = _described(spec, made)
        if known:
            message = f"Field '{spec.name}' of {entity} is not in the BUSM model; taken as {_written(made)}"
            place = short(spec.source.place(spec.path))
            self._world.notices.append(Notice(message, "notice", "BUSM_UPDATE", place))

    def found(self) -> dict[str, Any]:
        """The flags; empty where there are none."""
        if not self._entities:
            return {}
        return {
            "entities": {
                name: {"fields": dict(sorted(entry["fields"].items()))}
                for name, entry in sorted(self._entities.items())
            }
        }


def _plain(value: Any) -> Any:
    """The value as JSON can write it."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def _written(made: Made) -> str:
    return types.written(made.request.column.type)


def _described(spec: FieldSpec, made: Made) -> dict[str, Any]:
    word = _WORDS.get(made.word, made.word)
    found: dict[str, Any] = {"type": word}
    if made.primary:
        found["primaryKey"] = True
    if not made.request.column.nullable:
        found["required"] = True
    if made.request.unique:
        found["unique"] = True
    if spec.enum is not None:
        found["enum"] = spec.enum
    elif spec.values is not None:
        found["values"] = list(spec.values)
    if spec.default is not UNSAID and spec.default is not None:
        found["default"] = _plain(spec.default)
    target = spec.foreign_key or (made.link.target if made.link else None)
    if target:
        found["foreignKey"] = target
    lengths = {"maxLength": spec.max_length, "precision": spec.precision, "scale": spec.scale}
    constraints = {name: value for name, value in lengths.items() if value is not None}
    if constraints:
        found["constraints"] = constraints
    if spec.description:
        found["description"] = spec.description
    return found
