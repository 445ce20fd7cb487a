"""PostgreSQL's own text of a query (pg_node_tree), as a view's rule holds it, read into nodes and lists.

The form is that of `outfuncs.c`: `{LABEL :field value …}`, `(…)` for lists, `<>` for nothing, a backslash
before what would end a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from dbgen.values import dataclass

_WORD = re.compile(r"[(){}]|(?:\\.|[^\s(){}\\])+", re.DOTALL)
#: Letters that open a list of numbers.
_NUMBERS = frozenset("iobx")


@dataclass(frozen=True, slots=True)
class Node:
    """`{LABEL :field value …}`; of a field with several words the first."""

    label: str
    fields: dict[str, Any]

    def list(self, field: str) -> list[Any]:
        """The field where it is a list, else an empty one."""
        value = self.fields.get(field)
        return value if isinstance(value, list) else []

    def number(self, field: str) -> int:
        """The field where it is a number, else 0."""
        value = self.fields.get(field)
        return int(value) if isinstance(value, str) and value.lstrip("-").isdecimal() else 0

    def nodes(self, field: str, label: str) -> Iterator[Node]:
        """The nodes of that label in the field's list."""
        return (one for one in self.list(field) if is_node(one, label))


def is_node(value: object, label: str) -> bool:
    """Whether it is a node of that label."""
    return isinstance(value, Node) and value.label == label


def parse(text: str) -> Any:
    """Nodes, lists, words (strings) and None. Raises ValueError for what is no such text."""
    words = _WORD.findall(text)
    open_values: list[Any] = [[]]
    fields: list[str | None] = []
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if word == "{":
            open_values.append(Node(_plain(words[index]), {}))
            fields.append(None)
            index += 1
        elif word == "(":
            index += words[index : index + 1] != [")"] and words[index] in _NUMBERS
            open_values.append([])
            fields.append(None)
        elif word in (")", "}"):
            if len(open_values) < 2:
                raise ValueError("a bracket too many")
            fields.pop()
            _put(open_values, fields, open_values.pop())
        elif word.startswith(":") and isinstance(open_values[-1], Node):
            fields[-1] = word[1:]
            open_values[-1].fields[word[1:]] = None
            if index < len(words) and words[index] == "<>":
                fields[-1] = None
                index += 1
        else:
            _put(open_values, fields, None if word == "<>" else _plain(word))
    if len(open_values) != 1 or len(open_values[0]) != 1:
        raise ValueError("not one value")
    return open_values[0][0]


def _put(open_values: list[Any], fields: list[str | None], value: Any) -> None:
    inner = open_values[-1]
    if isinstance(inner, Node):
        # What follows a field's first word (the bytes of a constant) says nothing that is asked for.
        name = fields[-1]
        if name is not None:
            inner.fields[name] = value
            fields[-1] = None
    else:
        cast(list[Any], inner).append(value)


def _plain(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word, flags=re.DOTALL)
