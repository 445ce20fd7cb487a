"""A column's default in the model's normal form, from PostgreSQL's own printing of it."""

from __future__ import annotations

import re

from dbgen.sql import literal

_NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"})
_CONSTANT = re.compile(r"B?'((?:[^']|'')*)'::(.+)", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_NULL = re.compile(r"NULL::(.+)", re.DOTALL)


def normal(printed: str | None, plain_type: str, full_type: str) -> str | None:
    """A constant of the column's own type without its cast, numbers bare; all else as it was printed.

    `plain_type` and `full_type` are `format_type`'s words for the column without and with its length. The
    text was printed with standard_conforming_strings on.
    """
    if printed is None:
        return None
    own = (plain_type, full_type)
    null = _NULL.fullmatch(printed)
    if null and null[1] in own:
        return None
    constant = _CONSTANT.fullmatch(printed)
    if constant is None:
        return printed
    value, cast = constant[1].replace("''", "'"), constant[2]
    if plain_type in _NUMBERS and cast in _NUMBERS and _NUMBER.fullmatch(value):
        return value
    return literal(value) if cast in own else printed
