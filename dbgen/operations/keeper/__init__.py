"""The SQL functions in schema `dbgen` that keep rows: a file each, and which of them a script brings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_CALL = re.compile(r"\bdbgen\.(\w+)\(")
_BASE = "archive"
#: What becomes of what goes, as the setting `dbgen.discard` has it: it is kept, or not. What a backup saw, a
#: pg_snapshot, stands for "not, unless others have written since".
KEPT, DISCARDED = "off", "on"


@cache
def source(name: str) -> str:
    """The text of one function, or of the archive's tables (`archive`)."""
    return files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8").rstrip()


@cache
def names() -> tuple[str, ...]:
    """Every function, in an order in which they can be made; first what makes the archive's tables."""
    return (_BASE, *_ordered(set(_there() - {_BASE})))


@cache
def _there() -> frozenset[str]:
    found = (f.name for f in files(__name__).iterdir())
    return frozenset(name.removesuffix(".sql") for name in found if name.endswith(".sql"))


@cache
def everything() -> str:
    """The whole keeper as one script, which can be run again at any time."""
    return "\n\n".join(source(name) for name in names()) + "\n"


def needed_by(calls: Iterable[str]) -> str:
    """The part of the keeper that some SQL texts call, themselves or through others; "" for none."""
    wanted = set[str]()
    waiting = {name for text in calls for name in _called(text)}
    while waiting:
        name = waiting.pop()
        wanted.add(name)
        waiting |= _called(source(name)) - wanted
    if not wanted:
        return ""
    return "\n\n".join(source(name) for name in (_BASE, *_ordered(wanted)))


def _called(text: str) -> set[str]:
    return {name for name in _CALL.findall(text) if name in _there() and name != _BASE}


def _ordered(wanted: set[str]) -> list[str]:
    """Callees first: PostgreSQL looks into the body of SQL functions when they are made."""
    result: list[str] = []

    def add(name: str, above: tuple[str, ...]) -> None:
        if name in result or name in above:
            return
        for callee in sorted(_called(source(name)) & wanted - {name}):
            add(callee, (*above, name))
        result.append(name)

    for name in sorted(wanted):
        add(name, ())
    return result
