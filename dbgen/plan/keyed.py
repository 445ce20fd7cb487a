"""The one generic diff: match by name, say what was added, removed, kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from dbgen.values import dataclass


class Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


@dataclass(frozen=True, slots=True)
class Keyed(Generic[N]):
    """`changed` holds (old, new) of the same name that are not equal."""

    added: tuple[N, ...]
    removed: tuple[N, ...]
    changed: tuple[tuple[N, N], ...]


def keyed(old: Iterable[N], new: Iterable[N]) -> Keyed[N]:
    """What became of each name, in the order of `new`, then of `old`."""
    if old is new:
        return Keyed((), (), ())
    before = {item.name: item for item in old}
    after = {item.name: item for item in new}
    changed = []
    for name, item in after.items():
        was = before.get(name)
        if was is not None and was is not item and was != item:
            changed.append((was, item))
    return Keyed(
        added=tuple(item for name, item in after.items() if name not in before),
        removed=tuple(item for name, item in before.items() if name not in after),
        changed=tuple(changed),
    )
