"""The parts of a pattern, and sets of characters as sorted intervals of code points."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.values import dataclass

#: First and last code point of each interval; sorted, apart from each other.
Intervals = tuple[tuple[int, int], ...]
LAST = 0x10FFFF

DIGITS: Intervals = ((0x30, 0x39),)
WORD: Intervals = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
#: WhiteSpace and LineTerminator (ECMA-262, 12.2 and 12.3).
SPACE: Intervals = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)
LINE_ENDS: Intervals = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))


def union(parts: Iterable[tuple[int, int]]) -> Intervals:
    """The intervals sorted, those that touch joined."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(parts):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def complement(parts: Intervals) -> Intervals:
    """All other code points."""
    found, begin = [], 0
    for low, high in parts:
        if low > begin:
            found.append((begin, low - 1))
        begin = high + 1
    if begin <= LAST:
        found.append((begin, LAST))
    return tuple(found)


def both_cases(parts: Intervals) -> Intervals:
    """The set with the other case of each ASCII letter in it."""
    more = list(parts)
    for low, high in parts:
        for first, other in ((0x41, 32), (0x61, -32)):
            begin, end = max(low, first), min(high, first + 25)
            if begin <= end:
                more.append((begin + other, end + other))
    return union(more)


@dataclass(frozen=True, slots=True)
class Characters:
    """One character of a set."""

    parts: Intervals


@dataclass(frozen=True, slots=True)
class Edge:
    """`^`, `$`, `b` or `B`: a place between characters."""

    kind: str


@dataclass(frozen=True, slots=True)
class Back:
    """What a group matched, again."""

    number: int


@dataclass(frozen=True, slots=True)
class Group:
    """Parentheses; `number` where they capture, else 0."""

    inner: Node
    number: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """A look-ahead."""

    inner: Node
    negative: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """`high` None: without end."""

    inner: Node
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    branches: tuple[Node, ...]


Node = Characters | Edge | Back | Group | Look | Repeat | Sequence | Choice


@dataclass(frozen=True, slots=True)
class Pattern:
    """A whole pattern. `referred`: the groups that something refers back to."""

    root: Node
    ignore_case: bool = False
    referred: frozenset[int] = frozenset()
