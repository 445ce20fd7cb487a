"""Which type changes PostgreSQL makes by itself.

ALTER COLUMN … TYPE without USING takes an assignment cast (`pg_cast.castcontext` of `a` or `i`, and to text
types from everything); a USING with an explicit cast would cut a text that is too long without a word, so it
is written only where no assignment cast exists.
"""

from __future__ import annotations

from dbgen.model import types

_TEXT = frozenset({"text", "character varying", "character", "name"})
_FAMILIES = (
    frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"}),
    frozenset({"date", "timestamp without time zone", "timestamp with time zone"}),
    frozenset({"time without time zone", "time with time zone", "interval"}),
    frozenset({"json", "jsonb"}),
    frozenset({"inet", "cidr"}),
    frozenset({"bit", "bit varying"}),
)


def needs_using(old: str, new: str) -> bool:
    """Whether a change between two canonical types has to spell the cast out."""
    if types.is_array(old) != types.is_array(new):
        return types.base(new) not in _TEXT or types.is_array(new)
    before, after = types.base(old), types.base(new)
    if before == after or after in _TEXT:
        return False
    return not any(before in family and after in family for family in _FAMILIES)


_WHOLE = ("smallint", "integer", "bigint", "numeric")


def keeps_values(old: str, new: str) -> bool:
    """Whether every value that makes the change comes back unchanged when the type is changed back.

    A change may still be refused (a text that is too long); it is then not made at all.
    """
    if types.is_array(old) != types.is_array(new):
        return False
    before, after = types.base(old), types.base(new)
    if after in ("text", "character varying"):
        return before not in ("character", "real", "double precision", "money", "interval")
    if before in _WHOLE and after in _WHOLE:
        return _scale(new) >= _scale(old) if after == "numeric" else before != "numeric"
    pairs = {("real", "double precision"), ("date", "timestamp without time zone"), ("cidr", "inet")}
    return (before, after) in pairs or (before == after and _precision(new) >= _precision(old))


_DIGITS = {"smallint": 5, "integer": 10, "bigint": 19}
_PRINTED = frozenset({"uuid", "boolean", "smallint", "integer", "bigint", "numeric", "date", "inet", "cidr"})


def widens(old: str, new: str) -> bool:
    """Whether the new type takes every value of the old one as it is, so that nothing can go wrong."""
    before, after = types.base(old), types.base(new)
    if types.is_array(old) or types.is_array(new):
        return False
    if after in ("text", "character varying"):
        if before in ("text", "character varying"):
            return _precision(new) >= _precision(old)
        return _arguments(new) == () and (before in _PRINTED or not types.known(old))
    if after == "numeric" and before in _WHOLE:
        return _arguments(new) == () or (_room(new) >= _room(old) and _scale(new) >= _scale(old))
    if before in _DIGITS and after in _DIGITS:
        return _DIGITS[after] >= _DIGITS[before]
    pairs = {("real", "double precision"), ("date", "timestamp without time zone"), ("cidr", "inet")}
    same = before == after and before.startswith(("time", "interval"))
    return (before, after) in pairs or (same and _precision(new) >= _precision(old))


def _room(name: str) -> int:
    """How many digits fit before the decimal point."""
    if types.base(name) in _DIGITS:
        return _DIGITS[types.base(name)]
    arguments = _arguments(name)
    return arguments[0] - _scale(name) if arguments else 1_000_000


def _arguments(name: str) -> tuple[int, ...]:
    inside = name.partition("(")[2].partition(")")[0]
    return tuple(int(part) for part in inside.split(",")) if inside.replace(",", "").isdigit() else ()


def _scale(name: str) -> int:
    if types.base(name) != "numeric":
        return 0
    arguments = _arguments(name)
    return arguments[1] if len(arguments) > 1 else 1000


def _precision(name: str) -> int:
    return (*_arguments(name), 1_000_000)[0]


def rewrites(old: str, new: str) -> bool:
    """Whether PostgreSQL writes the whole table for the change: not for a longer or unlimited varchar,
    varchar to text, or a numeric of the same scale that grows
    (https://www.postgresql.org/docs/current/sql-altertable.html, Notes).
    """
    before, after = types.base(old), types.base(new)
    if types.is_array(old) or types.is_array(new):
        return True
    if before in ("text", "character varying") and after in ("text", "character varying"):
        return _precision(new) < _precision(old)
    if before == after == "numeric":
        return _arguments(new) != () and (_scale(new) != _scale(old) or _precision(new) < _precision(old))
    return not (
        before == after and before.startswith(("time", "interval")) and _precision(new) >= _precision(old)
    )


_EXPLICIT = frozenset(
    {
        ("integer", "boolean"),
        ("boolean", "integer"),
        ("bit", "integer"),
        ("integer", "bit"),
        ("bigint", "bit"),
        ("bit", "bigint"),
        ("timestamp with time zone", "time without time zone"),
        ("timestamp without time zone", "time without time zone"),
        ("timestamp with time zone", "time with time zone"),
        ("time without time zone", "interval"),
        ("money", "numeric"),
        ("numeric", "money"),
        ("integer", "money"),
        ("bigint", "money"),
        *(("jsonb", number) for number in (*_WHOLE, "real", "double precision", "boolean")),
    }
)


def castable(old: str, new: str) -> bool:
    """Whether PostgreSQL has a cast, explicit ones and those through text included (`pg_cast`)."""
    before, after = types.base(old), types.base(new)
    if before in _TEXT or after in _TEXT or before == after:
        return True
    if any(before in family and after in family for family in _FAMILIES) or _through_text(old, new):
        return True
    return (before, after) in _EXPLICIT


def cast(value: str, old: str, new: str) -> str:
    """A value's explicit cast between two types for which there is one."""
    array = "[]" if types.is_array(new) else ""
    middle = f"::TEXT{array}" if _through_text(old, new) else ""
    return f"{value}{middle}::{types.written(new)}"


def _through_text(old: str, new: str) -> bool:
    """Whether both are enums: their values have nothing but their texts in common."""
    enums = not types.known(old) and not types.known(new)
    return enums and types.base(old) != types.base(new) and types.is_array(old) == types.is_array(new)
