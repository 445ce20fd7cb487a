"""What BUSM and modules say about one field, in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from dbgen import names
from dbgen.inputs.limits import Limit, limits_in, merged_limits
from dbgen.inputs.problems import Path, Problems, Source, did_you_mean
from dbgen.inputs.words import ON_DELETE, text_problem
from dbgen.values import dataclass, replace


class Unsaid:
    """The default that nobody mentioned; None is a default that was taken back."""

    def __repr__(self) -> str:
        return "UNSAID"


UNSAID = Unsaid()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field's attributes; None (`UNSAID` for the default) where nothing is said about one."""

    name: str
    source: Source
    path: Path
    type: str | None = None
    required: bool | None = None
    primary_key: bool | None = None
    unique: bool | None = None
    index: bool | None = None
    default: Any = UNSAID
    enum: str | None = None
    values: tuple[str, ...] | None = None
    items: Any = None
    foreign_key: str | None = None
    on_delete: str | None = None
    max_length: int | None = None
    precision: int | None = None
    scale: int | None = None
    system: bool | None = None
    phase: int | None = None
    description: str | None = None
    renamed_from: str | None = None
    backfill: str | None = None
    using: str | None = None
    using_back: str | None = None
    owner: bool | None = None
    tenant: bool | None = None
    search: bool | None = None
    limits: tuple[Limit, ...] | None = None
    sensitive: bool | None = None

    @property
    def bare(self) -> bool:
        """Whether only the name is given."""
        return self.default is UNSAID and _said(self) == _NOTHING


_SAID = [f.name for f in fields(FieldSpec) if f.name not in ("name", "source", "path", "default")]
_said = attrgetter(*_SAID)
_NOTHING = (None,) * len(_SAID)


def over(strong: FieldSpec, weak: FieldSpec) -> FieldSpec:
    """One field of two: what the strong one says, else what the weak one says; place of the strong one."""
    said = {name: value for name in _SAID if (value := getattr(strong, name)) is not None}
    if strong.default is not UNSAID:
        said["default"] = strong.default
    if "type" in said and "enum" not in said and "values" not in said and names.key(said["type"]) != "enum":
        said |= {"enum": None, "values": None}
    if ("enum" in said or "values" in said) and "type" not in said:
        said["type"] = "enum"
    if strong.limits and weak.limits:
        said["limits"] = merged_limits(strong.limits, weak.limits)
    return replace(weak, name=strong.name, source=strong.source, path=strong.path, **said)


_FLAGS = ("required", "primary_key", "unique", "index", "system", "sensitive")
#: Marks for rules; in BUSM such a word may mean something of its own.
_MARKS = ("owner", "tenant", "search")
_TEXTS = ("type", "foreign_key", "description", "renamed_from", "backfill", "using", "using_back")
_NUMBERS = ("max_length", "precision", "scale", "phase")
_ATTRIBUTES = {
    **{
        name: name
        for name in (*_FLAGS, *_MARKS, *_TEXTS, *_NUMBERS, "default", "enum", "values", "items", "on_delete")
    },
    "length": "length",
    "cascade": "on_delete",
    "constraints": "constraints",
    "name": "name",
}
#: Attribute by the key in any case style.
_BY_KEY = {names.key(name): attribute for name, attribute in _ATTRIBUTES.items()}
_LENGTHS = ("max_length", "length", "precision", "scale")
#: Keys that say nothing about a column here: limits, which are read apart, and the module builder's own.
_OTHERS = frozenset("essential validation label minlength min max pattern placeholder help example".split())
_WRITTEN = (
    "name type required unique index default primaryKey foreignKey onDelete enum values items constraints "
    "min max minLength maxLength pattern precision scale description renamed_from backfill using usingBack "
    "owner tenant search sensitive"
).split()


class FieldReader:
    """Reads fields of one document. `strict`: an unknown key is a mistake."""

    def __init__(self, source: Source, problems: Problems, *, strict: bool, null_default: bool) -> None:
        self._source = source
        self._problems = problems
        self._strict = strict
        self._null_default = null_default
        self._read: dict[str, tuple[dict[str, Any], bool]] = {}

    def named(self, name: Any, path: Path) -> FieldSpec | None:
        """A field of which only the name is given; None where the name cannot be one."""
        return FieldSpec(name, self._source, path) if self._name_fits(name, path) else None

    def _name_fits(self, name: Any, path: Path) -> bool:
        if isinstance(name, str) and names.refusal(names.snake_case(name)) is None:
            return True
        self._problems.add(_name_problem("field", name), self._source, path)
        return False

    def mapping(self, name: Any, raw: Mapping[str, Any], path: Path) -> FieldSpec | None:
        """A field from its mapping; None where it cannot be read at all."""
        fits = self._name_fits(name, path)
        # Many fields of a model say the same of themselves.
        written = repr(raw)
        known = self._read.get(written)
        if known is None:
            before = len(self._problems.found)
            known = self._attributes(raw, path), limits_in(raw, self._source, path) is not None
            if len(self._problems.found) == before:
                self._read[written] = known
        if not fits:
            return None
        said, limited = known
        limits = limits_in(raw, self._source, path) if limited else None
        return FieldSpec(name, self._source, path, **said, limits=limits)

    def _attributes(self, raw: Mapping[str, Any], path: Path) -> dict[str, Any]:
        """What a field's mapping says, by `FieldSpec`'s names."""
        said: dict[str, Any] = {}
        for written, value in raw.items():
            attribute = _BY_KEY.get(names.key(written))
            if attribute is None:
                self._unknown(written, path)
            elif attribute in said:
                self._problems.add(f'"{written}" is said twice', self._source, (*path, written))
            elif attribute == "default" and value is None and not self._null_default:
                continue
            elif value is not None or attribute == "default":
                said[attribute] = self._value(attribute, written, value, (*path, written))
        if "constraints" in said or "length" in said:
            self._lengths(said, raw, path)
        if isinstance(said.get("enum"), tuple):
            said["values"] = said.pop("enum")
        said.pop("name", None)
        return said

    def _unknown(self, written: str, path: Path) -> None:
        if self._strict and names.key(written) not in _OTHERS and not written.startswith("x-"):
            self._problems.add(
                f'Unknown key "{written}" in a field',
                self._source,
                (*path, written),
                did_you_mean(written, _WRITTEN),
            )

    def _lengths(self, said: dict[str, Any], raw: Mapping[str, Any], path: Path) -> None:
        constraints = said.pop("constraints", None)
        if isinstance(constraints, Mapping):
            where = next(key for key in raw if names.key(key) == "constraints")
            for written, value in constraints.items():
                attribute = _BY_KEY.get(names.key(written))
                if attribute in _LENGTHS and value is not None and attribute not in said:
                    said[attribute] = self._number(written, value, (*path, where, written))
        length = said.pop("length", None)
        if said.get("max_length") is None and length is not None:
            said["max_length"] = length

    def _value(self, attribute: str, written: str, value: Any, path: Path) -> Any:
        if attribute in _FLAGS or attribute in _MARKS:
            if isinstance(value, bool) or (attribute in _MARKS and not self._strict):
                return value if isinstance(value, bool) else None
            return self._expect(False, value, f"{written}: expected true or false", path)
        if attribute in _TEXTS:
            bad = text_problem(value) if isinstance(value, str) else "expected a text"
            return value if not bad else self._expect(False, value, f"{written}: {bad}", path)
        if attribute in _NUMBERS or attribute == "length":
            return self._number(written, value, path)
        if attribute == "on_delete":
            return on_delete(value, written, self._source, path, self._problems)
        if attribute == "enum" and isinstance(value, list):
            return enum_values(value, self._source, path, self._problems)
        if attribute == "enum":
            return self._expect(
                isinstance(value, str), value, "enum: expected an enum's name or its values", path
            )
        if attribute == "values":
            return enum_values(value, self._source, path, self._problems)
        return value

    def _number(self, written: str, value: Any, path: Path) -> int | None:
        fits = (
            isinstance(value, int)
            and not isinstance(value, bool)
            and (value > 0 or names.key(written) == "scale")
        )
        found: int | None = self._expect(fits, value, f"{written}: expected a whole number above 0", path)
        return found

    def _expect(self, fits: bool, value: Any, message: str, path: Path) -> Any:
        if fits:
            return value
        self._problems.add(message, self._source, path)
        return None


def _name_problem(kind: str, name: Any) -> str:
    if not isinstance(name, str):
        return f"expected a {kind}'s name, found {describe(name)}"
    return f'The {kind} name "{printable(name)}" {names.refusal(names.snake_case(name))}'


def printable(text: str) -> str:
    """The text with what a terminal cannot show written as escapes, not longer than a line."""
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return shown if len(shown) <= 80 else shown[:79] + "…"


def describe(value: Any) -> str:
    """A value's kind in the words of its file."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else "a text" if isinstance(value, str) else "a number"


def enum_values(value: Any, source: Source, path: Path, problems: Problems) -> tuple[str, ...] | None:
    """An enum's values in order, from texts or from mappings with `value` or `name`."""
    items = value if isinstance(value, list) else None
    found: list[str] = []
    for number, item in enumerate(items or ()):
        text = item.get("value", item.get("name")) if isinstance(item, dict) else item
        if (
            isinstance(text, bool)
            or not isinstance(text, (str, int))
            or str(text) == ""
            or text_problem(str(text))
        ):
            problems.add("expected an enum value, a text", source, (*path, number))
        elif str(text) in found:
            problems.add(f'The enum value "{printable(str(text))}" stands twice', source, (*path, number))
        else:
            found.append(str(text))
    if not items:
        problems.add("expected a list of enum values", source, path)
        return None
    return tuple(found)


def on_delete(value: Any, written: str, source: Source, path: Path, problems: Problems) -> str | None:
    """ON DELETE as PostgreSQL says it; `cascade: true` and `false` too."""
    if isinstance(value, bool) and names.key(written) == "cascade":
        return "CASCADE" if value else "NO ACTION"
    found = ON_DELETE.get(names.key(value)) if isinstance(value, str) else None
    if found is None:
        words = ("cascade", "restrict", "no action", "set null", "set default")
        hint = did_you_mean(value, words) if isinstance(value, str) else None
        problems.add(f"{written}: expected one of {', '.join(words)}", source, path, hint)
    return found
