"""The order of steps: by what they need, make, remove and let go of; the same for any order they came in."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from graphlib import TopologicalSorter

from dbgen.operations.base import Fact, Operation, inverted


def ordered(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """The steps so that every fact holds when it is needed; ties by rank, table, place and object.

    Raises `graphlib.CycleError` where no order exists, which a diff of valid schemas never gives.
    """
    steps = sorted(operations, key=_stable)
    return tuple(steps[index] for index in _walk(range(len(steps)), _edges(steps)))


def undoing(steps: Sequence[Operation]) -> tuple[Operation, ...]:
    """The inverses of ordered steps, last first, but those that block others as late as facts allow."""
    if not any(step.blocks_others for step in steps):
        return inverted(steps)
    back = list(reversed(steps))
    edges = ((after, before) for before, after in _edges(back))
    waiting = sorted(range(len(back)), key=lambda index: (back[index].blocks_others, index))
    return tuple(back[index].inverse() for index in _walk(waiting, edges))


def _walk(preferred: Sequence[int], edges: Iterable[tuple[int, int]]) -> Iterable[int]:
    """The indexes in the preferred order, as far as pairs of (before, after) allow it."""
    places = {index: place for place, index in enumerate(preferred)}
    sorter: TopologicalSorter[int] = TopologicalSorter({place: () for place in range(len(places))})
    for before, after in edges:
        sorter.add(places[after], places[before])
    sorter.prepare()
    ready: list[int] = list(sorter.get_ready())
    heapq.heapify(ready)
    while ready:
        place = heapq.heappop(ready)
        yield preferred[place]
        sorter.done(place)
        for following in sorter.get_ready():
            heapq.heappush(ready, following)


def _stable(operation: Operation) -> tuple[int, str, int, str]:
    return operation.rank, operation.table, operation.place, operation.object


def _edges(steps: list[Operation]) -> Iterable[tuple[int, int]]:
    makers, removers = _index(steps, "makes"), _index(steps, "removes")
    needers, releasers = _index(steps, "needs"), _index(steps, "releases")
    for fact in makers.keys() | removers.keys():
        # What both makes and removes changes a thing that is there before and after.
        changers = set(removers[fact]) & set(makers[fact])
        yield from _pairs([r for r in removers[fact] if r not in changers], makers[fact])
        yield from _pairs(removers[fact], [m for m in makers[fact] if m not in changers])
        yield from _pairs(makers[fact], needers[fact])
        yield from _pairs(releasers[fact], removers[fact])
        yield from _pairs(removers[fact], needers[fact])


def _index(steps: list[Operation], kind: str) -> dict[Fact, list[int]]:
    result: dict[Fact, list[int]] = defaultdict(list)
    for index, step in enumerate(steps):
        for fact in getattr(step, kind)():
            result[fact].append(index)
    return result


def _pairs(before: list[int], after: list[int]) -> Iterable[tuple[int, int]]:
    return ((a, b) for a in before for b in after if a != b)
