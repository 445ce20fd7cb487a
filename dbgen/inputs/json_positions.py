"""Where things stand in a JSON text: read only when an error must name a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import field
from json import JSONDecoder

from dbgen.inputs.problems import Path
from dbgen.values import dataclass

_STRINGS = JSONDecoder()
_BLANK = re.compile(r"[ \t\n\r]*")
_BARE = re.compile(r"[^\s,\]}]+")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(slots=True)
class _Node:
    offset: int
    children: dict[str | int, _Node] = field(default_factory=dict)


class Positions:
    """The positions of a JSON text that the C parser has accepted."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: _Node | None = None
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        #: The keys that stand twice in a mapping, with the offset of the second.
        self.repeated: list[tuple[str, int]] = []

    def spot(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def constant(self, word: str) -> int:
        """The offset of `NaN` or `Infinity` outside of texts."""
        blanked = _STRING.sub(lambda match: " " * len(match[0]), self._text)
        return max(blanked.find(word), 0)

    def find(self, path: Path) -> tuple[int, int] | None:
        """Line and column of a key or item, None where the text does not have it."""
        if self._root is None:
            try:
                self._root, _ = self._value(self._skip(0))
            except RecursionError:
                self._root = _Node(0)
        node = self._root
        for step in path:
            if step not in node.children:
                return None
            node = node.children[step]
        return self.spot(node.offset)

    def _skip(self, offset: int) -> int:
        match = _BLANK.match(self._text, offset)
        return match.end() if match else offset

    def _value(self, start: int) -> tuple[_Node, int]:
        node = _Node(start)
        opening = self._text[start]
        if opening == '"':
            return node, _STRINGS.raw_decode(self._text, start)[1]
        if opening == "{":
            return node, self._members(node, start)
        if opening == "[":
            return node, self._items(node, start)
        bare = _BARE.match(self._text, start)
        return node, bare.end() if bare else start + 1

    def _members(self, node: _Node, start: int) -> int:
        offset = self._skip(start + 1)
        while self._text[offset] != "}":
            name, end = _STRINGS.raw_decode(self._text, offset)
            child, end_of_value = self._value(self._skip(self._skip(end) + 1))
            if name in node.children:
                self.repeated.append((name, offset))
            child.offset = offset
            node.children[name] = child
            offset = self._next(end_of_value)
        return offset + 1

    def _items(self, node: _Node, start: int) -> int:
        offset = self._skip(start + 1)
        while self._text[offset] != "]":
            child, end = self._value(offset)
            node.children[len(node.children)] = child
            offset = self._next(end)
        return offset + 1

    def _next(self, offset: int) -> int:
        offset = self._skip(offset)
        return self._skip(offset + 1) if self._text[offset] == "," else offset
