"""What a field's constraints say of its values, as BUSM, a module or the module builder writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dbgen import names
from dbgen.inputs.problems import Path, Source
from dbgen.values import dataclass

#: The rules, by `names.key`, as they are written.
RULES = {names.key(rule): rule for rule in ("min", "max", "minLength", "maxLength", "length", "pattern")}
#: The keys of a field under which limits may stand.
_SAYING = frozenset(RULES) | {"constraints", "validation"}


@dataclass(frozen=True, slots=True)
class Limit:
    """One rule with its value as it was read, not judged yet, and where it stands."""

    rule: str
    value: Any
    source: Source
    path: Path


def limits_in(raw: Mapping[str, Any], source: Source, path: Path) -> tuple[Limit, ...] | None:
    """The limits of a field's mapping: beside its type, in `constraints`, and patterns in `validation`.

    A `length` beside the type is the type's own. None where nothing is said.
    """
    if _SAYING.isdisjoint(map(names.key, raw)):
        return None
    found: dict[tuple[str, str], Limit] = {}
    for limit in (
        *_beside(raw, source, path),
        *_constraints(raw, source, path),
        *_validation(raw, source, path),
    ):
        several = repr(limit.value) if limit.rule == "pattern" else ""
        found.setdefault((limit.rule, several), limit)
    return tuple(found[key] for key in sorted(found)) or None


def merged_limits(strong: tuple[Limit, ...], weak: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """The strong ones, and of the weak ones the rules that those do not have."""
    own = {limit.rule for limit in strong}
    return (*strong, *(limit for limit in weak if limit.rule not in own))


def _beside(raw: Mapping[str, Any], source: Source, path: Path) -> Iterable[Limit]:
    for written, value in raw.items():
        rule = RULES.get(names.key(written))
        if rule is not None and rule != "length" and value is not None:
            yield Limit(rule, value, source, (*path, written))


def _constraints(raw: Mapping[str, Any], source: Source, path: Path) -> Iterable[Limit]:
    for written, block in raw.items():
        if names.key(written) == "constraints" and isinstance(block, Mapping):
            for inner, value in block.items():
                rule = RULES.get(names.key(inner))
                if rule is not None and value is not None:
                    yield Limit(rule, value, source, (*path, written, inner))


def _validation(raw: Mapping[str, Any], source: Source, path: Path) -> Iterable[Limit]:
    for written, block in raw.items():
        if names.key(written) == "validation" and isinstance(block, list):
            for number, item in enumerate(block):
                if isinstance(item, Mapping) and item.get("pattern") is not None:
                    yield Limit("pattern", item["pattern"], source, (*path, written, number, "pattern"))
