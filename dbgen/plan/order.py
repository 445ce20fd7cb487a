"""The order of steps: by what they need, make, remove and let go of; the same for any order they came in."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from graphlib import TopologicalSorter

from dbgen.operations.base import Fact, Operation


def ordered(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """The steps so that every fact holds when it is needed; ties by rank, table and object.

    Raises `graphlib.CycleError` where no order exists, which a diff of valid schemas never gives.
    """
    steps = sorted(operations, key=_stable)
    sorter: TopologicalSorter[int] = TopologicalSorter({index: () for index in range(len(steps))})
    for before, after in _edges(steps):
        sorter.add(after, before)
    sorter.prepare()
    ready: list[int] = list(sorter.get_ready())
    heapq.heapify(ready)
    result: list[Operation] = []
    while ready:
        index = heapq.heappop(ready)
        result.append(steps[index])
        sorter.done(index)
        for following in sorter.get_ready():
            heapq.heappush(ready, following)
    return tuple(result)


def _stable(operation: Operation) -> tuple[int, str, str]:
    return operation.rank, operation.table, operation.object


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
