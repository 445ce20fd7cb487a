"""PostgreSQL's types: one spelling to compare (that of `format_type`), one to write."""

from __future__ import annotations

import re
from functools import lru_cache

_ALIASES = {
    "int": "integer",
    "int4": "integer",
    "int8": "bigint",
    "int2": "smallint",
    "bool": "boolean",
    "varchar": "character varying",
    "char varying": "character varying",
    "char": "character",
    "nchar": "character",
    "bpchar": "character",
    "dec": "numeric",
    "decimal": "numeric",
    "float4": "real",
    "float8": "double precision",
    "varbit": "bit varying",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "timetz": "time with time zone",
    "time": "time without time zone",
}
_PLAIN = frozenset(
    """bigint boolean box bytea cidr circle date daterange datemultirange double\x00precision inet
    integer int4range int4multirange int8range int8multirange json jsonb jsonpath line lseg macaddr
    macaddr8 money name numrange nummultirange oid path pg_lsn point polygon real regclass regtype
    smallint text tsquery tsrange tsmultirange tstzrange tstzmultirange tsvector uuid xml
    txid_snapshot pg_snapshot xid xid8""".replace("\n", " ").split()
)
PLAIN = frozenset(word.replace("\x00", " ") for word in _PLAIN)
#: Types with a length, a precision or none: how many numbers they take at the most.
MODIFIED = {
    "character varying": 1,
    "character": 1,
    "bit": 1,
    "bit varying": 1,
    "numeric": 2,
    "timestamp with time zone": 1,
    "timestamp without time zone": 1,
    "time with time zone": 1,
    "time without time zone": 1,
    "interval": 1,
}
_SHORT = {
    "character varying": "VARCHAR",
    "character": "CHAR",
    "timestamp with time zone": "TIMESTAMPTZ",
    "timestamp without time zone": "TIMESTAMP",
    "time with time zone": "TIMETZ",
    "time without time zone": "TIME",
    "bit varying": "VARBIT",
}
_SHAPE = re.compile(
    r"""(?P<base>(?:[A-Za-z_][\w$]*|"(?:[^"]|"")+")(?:\.(?:[A-Za-z_][\w$]*|"(?:[^"]|"")+"))?
           (?:\s+(?:varying|precision))?)
        \s*(?:\(\s*(?P<args>[\w\s,.\-]+)\s*\))?
        \s*(?P<zone>with(?:out)?\s+time\s+zone)?
        \s*(?P<array>(?:\[\s*\d*\s*\])+|\bARRAY\b)?\s*\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_SERIAL = frozenset({"serial", "bigserial", "smallserial", "serial4", "serial8", "serial2"})


class UnknownType(ValueError):
    """The text is not the name of a type; the message says why."""


@lru_cache(maxsize=8192)
def canonical(text: str) -> str:
    """The type as `format_type` prints it: `VARCHAR(50)` → `character varying(50)`.

    A type that is not built in is kept as written in lower case: only a server can judge it
    (`known` tells). Raises `UnknownType` where the text cannot name a type at all.
    """
    match = _SHAPE.match(text.strip())
    if match is None:
        raise UnknownType(f"{text!r} is not a type")
    base = re.sub(r"\s+", " ", match["base"].strip())
    base = base if '"' in base else base.lower()
    if base in _SERIAL:
        raise UnknownType(f"{text} is a sequence in disguise; use an identity column instead")
    args = tuple(part.strip() for part in match["args"].split(",")) if match["args"] else ()
    zone = re.sub(r"\s+", " ", match["zone"].lower()) if match["zone"] else ""
    array = "[]" if match["array"] else ""
    if base == "float" and args:
        base, args = _float(text, args)
    if zone:
        if base not in ("time", "timestamp"):
            raise UnknownType(f"{text!r} is not a type: only time and timestamp have a time zone")
        base = f"{base} {zone}"
    base = "double precision" if base == "float" else _ALIASES.get(base, base)
    return _with_arguments(text, base, args) + array


def _float(text: str, args: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if len(args) != 1 or not args[0].isdigit() or not 1 <= int(args[0]) <= 53:
        raise UnknownType(f"{text!r}: the precision of FLOAT is 1 to 53")
    return ("real" if int(args[0]) <= 24 else "double precision"), ()


def _with_arguments(text: str, base: str, args: tuple[str, ...]) -> str:
    if base in PLAIN and args:
        raise UnknownType(f"{text!r}: {base} takes no length")
    if base not in MODIFIED:
        return f"{base}({','.join(args)})" if args else base
    if len(args) > MODIFIED[base] or not all(re.fullmatch(r"-?\d+", arg) for arg in args):
        raise UnknownType(f"{text!r}: {base} takes at most {MODIFIED[base]} whole number(s)")
    _check_range(text, base, tuple(int(arg) for arg in args))
    if base == "numeric" and len(args) == 1:
        args = (args[0], "0")
    if base in ("character", "bit") and not args:
        args = ("1",)
    if not args:
        return base
    head, space, tail = base.partition(" ")
    numbers = ",".join(str(int(arg)) for arg in args)
    if head in ("time", "timestamp"):
        return f"{head}({numbers}){space}{tail}"
    return f"{base}({numbers})"


def _check_range(text: str, base: str, numbers: tuple[int, ...]) -> None:
    if not numbers:
        return
    limits = {"numeric": (1, 1000), "character varying": (1, 10485760), "character": (1, 10485760)}
    low, high = limits.get(base, (1, 83886080) if base.startswith("bit") else (0, 6))
    if not low <= numbers[0] <= high:
        raise UnknownType(f"{text!r}: the length or precision of {base} is {low} to {high}")
    if base == "numeric" and len(numbers) == 2 and not -1000 <= numbers[1] <= 1000:
        raise UnknownType(f"{text!r}: the scale of numeric is -1000 to 1000")


def element(canonical_type: str) -> str:
    """The type of an array's elements; a type that is no array as it is."""
    return canonical_type.removesuffix("[]")


def is_array(canonical_type: str) -> bool:
    """Whether the type is an array."""
    return canonical_type.endswith("[]")


@lru_cache(maxsize=8192)
def base(canonical_type: str) -> str:
    """The type without length, precision and brackets: `numeric(12,2)[]` → `numeric`."""
    return re.sub(r"\([^)]*\)", "", element(canonical_type))


def known(canonical_type: str) -> bool:
    """Whether every PostgreSQL from 15 to 18 has the type built in."""
    return base(canonical_type) in PLAIN or base(canonical_type) in MODIFIED


@lru_cache(maxsize=8192)
def written(canonical_type: str) -> str:
    """The type as a careful person writes it: `character varying(50)` → `VARCHAR(50)`."""
    plain = base(canonical_type)
    if not known(canonical_type):
        return canonical_type
    args = re.search(r"\([^)]*\)", canonical_type)
    brackets = "[]" if is_array(canonical_type) else ""
    return _SHORT.get(plain, plain.upper()) + (args[0] if args else "") + brackets
