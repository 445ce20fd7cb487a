"""A field's type: BUSM's words and PostgreSQL's own, as the contract tells them apart."""

from __future__ import annotations

import difflib
from functools import lru_cache
from typing import Any

from dbgen import names
from dbgen.inputs.fields import FieldSpec
from dbgen.inputs.words import BUSM_TYPES, EXTENSION_TYPES, PLAIN_TYPES
from dbgen.model import types
from dbgen.model.requests import Rules
from dbgen.model.schema import EnumType
from dbgen.sql import qualified
from dbgen.values import dataclass, replace


class BadType(ValueError):
    """The field's type cannot be read; `hint` says what to do."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class EnumSpec:
    """An enum of BUSM or of a module, or a field's own values."""

    name: str
    values: tuple[str, ...]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A type in `format_type`'s spelling; `enum` where the values are limited."""

    type: str
    enum: EnumSpec | None = None


def native(enum: EnumSpec) -> EnumType:
    """The enum as a type of the database."""
    return EnumType(names.snake_case(enum.name), enum.values)


def word_of(spec: FieldSpec) -> str | None:
    """The type's word as it is written; `enum` where a string has values; None where nothing is said."""
    if spec.type is None:
        return "enum" if spec.enum or spec.values else None
    if spec.type == "string" and (spec.enum or spec.values):
        return "enum"
    return spec.type


def resolve(spec: FieldSpec, word: str, enum: EnumSpec | None, rules: Rules) -> Resolved:
    """The type that a word means on a field. Raises `BadType`."""
    busm = busm_word(word)
    if busm is None:
        if word.rstrip("[] ").isidentifier() and word.endswith("]") and busm_word(word.rstrip("[] ")):
            return _array(replace(spec, items=word.rstrip("[] ")), enum, rules)
        return Resolved(_own(word))
    if busm in PLAIN_TYPES:
        return Resolved(PLAIN_TYPES[busm])
    if busm == "enum":
        return _enum(spec, enum, rules)
    if busm == "array":
        return _array(spec, enum, rules)
    if busm == "decimal":
        return Resolved(
            _canonical(f"numeric({spec.precision or 10},{2 if spec.scale is None else spec.scale})")
        )
    otherwise = {"string": rules.default_string_length, "phone": 20}.get(busm, 255)
    return Resolved(_canonical(f"varchar({spec.max_length or otherwise})"))


@lru_cache(maxsize=8192)
def busm_word(word: str) -> str | None:
    """The word of BUSM's table, None where it is PostgreSQL's own: capitals, a length."""
    lower = word.strip().lower()
    return lower if lower in BUSM_TYPES and not word.strip().isupper() else None


def _canonical(text: str) -> str:
    try:
        return types.canonical(text)
    except types.UnknownType as error:
        raise BadType(str(error), _remedy(text)) from None


def _own(word: str) -> str:
    found = _canonical(word)
    base = types.base(found)
    if types.known(found) or base in EXTENSION_TYPES:
        return found
    if "." not in base and '"' not in base:
        likely = [*sorted(BUSM_TYPES), *sorted(types.PLAIN), *sorted(types.MODIFIED)]
        close = difflib.get_close_matches(base, likely, n=1, cutoff=0.75)
        if close or base in BUSM_TYPES:
            raise BadType(f"PostgreSQL knows no type {word}", _remedy(word) or f"Did you mean {close[0]}?")
    return found


def _remedy(word: str) -> str | None:
    lower = word.strip().lower()
    if "serial" in lower:
        return "Write type: integer (or bigint) with primaryKey: true; dbgen makes it an identity column."
    if lower.startswith(("string", "email", "url", "phone")):
        return "Write VARCHAR(n), or the word alone with maxLength."
    return None


def _enum(spec: FieldSpec, enum: EnumSpec | None, rules: Rules) -> Resolved:
    if enum is None:
        raise BadType(
            "type enum without an enum",
            "Name one with `enum`, or list `values`.",
        )
    if rules.enum_style == "native":
        return Resolved(qualified(native(enum).name), enum)
    longest = max(len(value) for value in enum.values)
    return Resolved(_canonical(f"varchar({max(50, longest, spec.max_length or 0)})"), enum)


def _array(spec: FieldSpec, enum: EnumSpec | None, rules: Rules) -> Resolved:
    items: Any = spec.items
    inner = spec
    if isinstance(items, dict):
        word = items.get("type")
        length = items.get("maxLength")
        inner = replace(spec, max_length=length if type(length) is int and length > 0 else spec.max_length)
    else:
        word = items
    if word is None:
        word = "enum" if enum is not None else "text"
    if not isinstance(word, str) or busm_word(word) == "array":
        raise BadType("items: expected the type of one item")
    one = resolve(replace(inner, items=None), word, enum, rules)
    return Resolved(one.type if types.is_array(one.type) else one.type + "[]", one.enum)
