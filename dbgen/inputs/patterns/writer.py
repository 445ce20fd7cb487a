"""Writes a pattern's parts as PostgreSQL's advanced regular expressions.

Whether a text matches does not depend on greed, so that lazy quantifiers are written as greedy ones; groups
capture only where something refers to them.
"""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.inputs.patterns.reader import Untranslatable, read
from dbgen.inputs.patterns.tree import (
    LAST,
    WORD,
    Back,
    Characters,
    Choice,
    Edge,
    Group,
    Intervals,
    Look,
    Node,
    Pattern,
    Repeat,
    Sequence,
    complement,
)

#: The highest number that PostgreSQL takes in a bound.
_BOUND = 255
_SPECIAL = frozenset(".*+?()[]{}^$|\\")
_SPECIAL_IN_CLASS = frozenset("[]\\^-")
#: What no text has: a character after the end.
_NEVER = "(?:$.)"


def translate(text: str) -> str:
    """The pattern for PostgreSQL's `~`. Raises `BadPattern` for what is no pattern of JavaScript, and
    `Untranslatable` for what cannot be said so that the same texts match.
    """
    pattern = read(text)
    unsure = pattern.referred - _certain(pattern.root)
    if unsure:
        raise Untranslatable("a reference back to a group that need not match")
    written = _Writer(pattern).write(pattern.root)
    return f"(?i){written}" if pattern.ignore_case else written


def _certain(node: Node) -> frozenset[int]:
    """The groups that have matched wherever the node has."""
    match node:
        case Group(inner, number):
            return _certain(inner) | ({number} if number else frozenset())
        case Repeat(inner, low, _) if low > 0:
            return _certain(inner)
        case Sequence(items):
            return frozenset().union(*map(_certain, items))
        case _:
            return frozenset()


class _Writer:
    def __init__(self, pattern: Pattern) -> None:
        self._capturing = bool(pattern.referred)
        self._closed: set[int] = set()
        self._looking = False

    def write(self, node: Node) -> str:
        match node:
            case Characters(parts):
                return characters(parts)
            case Edge(kind):
                return _edge(kind)
            case Group(inner, number):
                return self._group(inner, number)
            case Look(inner, negative):
                return self._look(inner, negative)
            case Repeat(inner, low, high):
                return self._repeat(inner, low, high)
            case Sequence(items):
                return "".join(map(self.write, items))
            case Choice(branches):
                return "|".join(map(self.write, branches))
            case Back(number):
                return self._back(number)

    def _group(self, inner: Node, number: int) -> str:
        written = self.write(inner)
        self._closed.add(number)
        return f"({written})" if number and self._capturing else f"(?:{written})"

    def _look(self, inner: Node, negative: bool) -> str:
        outer, self._looking = self._looking, True
        written = self.write(inner)
        self._looking = outer
        return f"(?{'!' if negative else '='}{written})"

    def _back(self, number: int) -> str:
        if self._looking:
            raise Untranslatable("a reference back in a look-ahead")
        if number not in self._closed:
            raise Untranslatable("a reference to a group that is not closed yet")
        return f"(?:\\{number})"

    def _repeat(self, inner: Node, low: int, high: int | None) -> str:
        unit = self.write(inner)
        if not unit or unit == "(?:)" or high == 0:
            return ""
        if max(low, high or 0) <= _BOUND:
            return unit + _bounds(low, high)
        if self._capturing and _groups(inner):
            raise Untranslatable(f"a group repeated more than {_BOUND} times, with a reference back")
        optional = f"{unit}*" if high is None else _many(unit, high - low, "0,")
        return f"(?:{_many(unit, low, '')}{optional})"


def _bounds(low: int, high: int | None) -> str:
    known = {(0, None): "*", (1, None): "+", (0, 1): "?", (1, 1): ""}
    if (low, high) in known:
        return known[low, high]
    if low == high:
        return f"{{{low}}}"
    return f"{{{low},{'' if high is None else high}}}"


def _many(unit: str, count: int, least: str) -> str:
    """`count` of a unit, or up to so many where `least` is `0,`, in bounds that PostgreSQL takes."""
    if count <= _BOUND:
        return "" if not count else unit if count == 1 and not least else f"{unit}{{{least}{count}}}"
    whole, rest = divmod(count, _BOUND)
    inner = f"(?:{unit}{{{least}{_BOUND}}})"
    return _many(inner, whole, "") + _many(unit, rest, least)


def _groups(node: Node) -> bool:
    """Whether the node holds a group that captures."""
    match node:
        case Group(inner, number):
            return number > 0 or _groups(inner)
        case Repeat(inner, _, _) | Look(inner, _):
            return _groups(inner)
        case Sequence(items) | Choice(items):
            return any(map(_groups, items))
        case _:
            return False


def _edge(kind: str) -> str:
    r"""`^` and `$` mean the same; `\y` is not `\b`, because it knows the letters of every language."""
    if kind in "^$":
        return kind
    word = characters(WORD)
    begins, ends = f"(?<!{word})(?={word})", f"(?<={word})(?!{word})"
    inside, outside = f"(?<={word})(?={word})", f"(?<!{word})(?!{word})"
    return f"(?:{begins}|{ends})" if kind == "b" else f"(?:{inside}|{outside})"


def characters(parts: Intervals) -> str:
    """One character of a set: itself, or a class, negated where that is shorter."""
    shown = tuple((max(low, 1), high) for low, high in parts if high > 0)
    if not shown:
        return _NEVER
    if shown == ((1, LAST),):
        return "."
    if len(shown) == 1 and shown[0][0] == shown[0][1]:
        return _character(shown[0][0], _SPECIAL)
    if shown[-1][1] == LAST:
        others = tuple((max(low, 1), high) for low, high in complement(parts) if high > 0)
        return f"[^{''.join(_ranges(others))}]"
    return f"[{''.join(_ranges(shown))}]"


def _ranges(parts: Intervals) -> Iterable[str]:
    for low, high in parts:
        first, last = (_character(code, _SPECIAL_IN_CLASS) for code in (low, high))
        yield first if low == high else f"{first}{last}" if high == low + 1 else f"{first}-{last}"


def _character(code: int, special: frozenset[str]) -> str:
    char = chr(code)
    if char in special:
        return f"\\{char}"
    if char.isprintable():
        return char
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
