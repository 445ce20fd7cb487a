"""Values of PostgreSQL's types as SQL: plain ones, extremes and odd ones, for rows that are made up."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dbgen.model import types
from dbgen.sql import literal

_TEXTS = (
    "Ann",
    "",
    'it\'s "odd" \\ 漢😀',
    "x" * 255,
    "2",
    "ann@example.org",
    "https://example.org/a?b=1",
    "+49 30 1234567",
)
_UUIDS = tuple(f"{n:08d}-0000-4000-8000-{n:012d}" for n in range(1, 9))
_RANGES = {"int4": "[1,5)", "int8": "[1,9000000000)", "num": "[0.5,1.5]", "ts": "[2024-02-29,2024-03-01)"}
_RANGES |= {"tstz": "[2024-02-29 00:00+00,)", "date": "[2024-02-29,2024-03-09)"}
#: The first value is the plainest; the values of one type are all different.
_PLAIN: dict[str, tuple[str, ...]] = {
    "uuid": _UUIDS,
    "smallint": ("1", "32767", "-32768", "0", "2", "3", "4", "5"),
    "integer": ("1", "2147483647", "-2147483648", "0", "2", "3", "4", "5"),
    "bigint": ("1", "9223372036854775807", "-9223372036854775808", "0", "2", "3", "4", "5"),
    "real": ("1.5", "3.4e38", "-3.4e38", "1e-37", "NaN", "Infinity", "0"),
    "double precision": ("1.5", "1.7e308", "-1.7e308", "2.5e-308", "NaN", "-Infinity", "0.1"),
    "boolean": ("true", "false"),
    "date": ("2024-02-29", "infinity", "4713-01-01 BC", "9999-12-31", "1970-01-01", "2000-01-01"),
    "timestamp": ("2024-02-29 12:00:00", "infinity", "-infinity", "1999-12-31 23:59:59.999", "1970-01-01"),
    "time": ("12:00:00", "00:00:00", "23:59:59.999999", "24:00:00", "01:02:03"),
    "time with time zone": ("12:00:00+00", "00:00:00+15", "23:59:59.999999-15", "01:02:03+02"),
    "interval": ("1 day", "0", "-1 year 2 months -3 days", "178000000 years", "00:00:00.000001"),
    "json": ('{"a": [1, null, "ü"]}', "null", "[]", '{"b":1,  "b":2}', '"text"', "0"),
    "inet": ("192.0.2.1", "2001:db8::1/64", "0.0.0.0/0", "255.255.255.255", "::", "10.0.0.0/8"),
    "cidr": ("192.0.2.0/24", "2001:db8::/32", "0.0.0.0/0", "10.0.0.0/8", "::/0"),
    "macaddr": ("08:00:2b:01:02:03", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"),
    "macaddr8": ("08:00:2b:01:02:03:04:05", "00:00:00:00:00:00:00:00"),
    "bytea": ("\\x00ff", "\\x", "\\x27005c", "\\x01", "\\x02"),
    "money": ("1.50", "-1.50", "92233720368547758.07", "0"),
    "point": ("(1,2)", "(0,0)", "(-1e300,1e-300)"),
    "box": ("(1,1),(0,0)", "(2,3),(-1,-2)"),
    "circle": ("<(0,0),1>", "<(1,2),0>"),
    "line": ("{1,-1,0}", "{0,1,2}"),
    "lseg": ("[(0,0),(1,1)]", "[(0,0),(0,0)]"),
    "path": ("[(0,0),(1,1)]", "((0,0),(1,1),(2,0))"),
    "polygon": ("((0,0),(1,1),(2,0))", "((0,0))"),
    "tsvector": ("'a' 'b':2", ""),
    "tsquery": ("'a' & 'b'", ""),
    "jsonpath": ("$.a", "$"),
    "oid": ("1", "0", "4294967295", "2", "3", "4"),
    "xid": ("1", "0", "2"),
    "xid8": ("1", "0", "2"),
    "name": ("ann", "Odd name", "x", "y", "z", "w"),
    "pg_lsn": ("0/1", "FFFFFFFF/FFFFFFFF", "0/0"),
    "regclass": ("pg_class", "pg_type"),
    "regtype": ("integer", "text"),
    **{f"{kind}range": (text, "empty", "(,)") for kind, text in _RANGES.items()},
    **{f"{kind}multirange": (f"{{{text}}}", "{}", "{(,)}") for kind, text in _RANGES.items()},
}
_SAME = {"jsonb": "json", "time without time zone": "time", "timestamp without time zone": "timestamp"}
_SAME |= {"timestamp with time zone": "timestamp"}


def samples(kind: str, enums: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """SQL of some values of a type as `format_type` writes it, all different, the plainest first; empty for
    a type that is not known. `enums`: values of native enums, by type.
    """
    if types.is_array(kind):
        one = samples(types.element(kind), enums)
        several = (
            f"ARRAY[{', '.join(some)}]::{kind}" for some in (one, one[:1], (*one[:1], "NULL"), one[1:3])
        )
        return (f"'{{}}'::{kind}", *several) if len(one) > 2 else (f"'{{}}'::{kind}",)
    name = types.base(kind)
    texts = enums.get(kind) or _values(name, _numbers(kind))
    return tuple(f"{literal(text)}::{kind}" for text in texts)


def small_numbers(kind: str) -> tuple[str, ...]:
    """The values that a sequence gives first, for identity columns and what points to them."""
    return tuple(f"'{n}'::{kind}" for n in range(1, 9))


def _values(name: str, numbers: tuple[int, ...]) -> tuple[str, ...]:
    if name in ("text", "character varying", "character"):
        return _texts(numbers[0] if numbers else 300, fixed=name == "character")
    if name in ("bit", "bit varying"):
        return _bits(numbers[0] if numbers else 9, fixed=name == "bit")
    if name == "numeric":
        return _numerics(numbers)
    return _PLAIN.get(_SAME.get(name, name), ())


def _texts(length: int, *, fixed: bool) -> tuple[str, ...]:
    cut = [text[:length] for text in _TEXTS]
    return tuple(dict.fromkeys(text.rstrip(" ") if fixed else text for text in cut))


def _bits(length: int, *, fixed: bool) -> tuple[str, ...]:
    found = ["1" * length, "0" * length, *(["", "1", "01"] if not fixed else [])]
    return tuple(dict.fromkeys(text[:length] for text in found))


def _numerics(numbers: tuple[int, ...]) -> tuple[str, ...]:
    """Zero, both ends of what fits, the smallest step; without limits what no float could hold."""
    if not numbers:
        return "1.5", f"{'9' * 60}.{'9' * 60}", f"-{'9' * 60}.5", "NaN", "0", "2", "3"
    precision, scale = (*numbers, 0)[:2]
    digits = "9" * precision
    if not 0 <= scale <= precision:
        return ("0",)
    highest = f"{digits[: precision - scale] or '0'}.{digits[precision - scale :]}".rstrip(".")
    step = f"0.{'0' * (scale - 1)}1" if scale else "2"
    few = ("1", step, "3", "4") if precision > scale else (step,)
    return tuple(dict.fromkeys(("0", highest, f"-{highest}", *few)))


def _numbers(kind: str) -> tuple[int, ...]:
    found = re.search(r"\(([\d,]+)\)", kind)
    return tuple(int(part) for part in found[1].split(",")) if found else ()
