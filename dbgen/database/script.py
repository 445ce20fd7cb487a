"""A script as its statements, told apart as PostgreSQL's lexer tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dbgen.database.failures import Failure
from dbgen.values import replace

_TOKEN = re.compile(
    r"""(?P<plain>(?:\s|[^\W\d][\w$]*+(?!')|\d[\w.]*+|-(?!-)|/(?!\*)|[^\w\s'"$;/-])++)
      | (?P<comment>--[^\n]*)
      | (?P<open>/\*)
      | (?P<word>[^\W\d][\w$]*')
      | (?P<text>'(?:[^']|'')*')
      | (?P<name>"(?:[^"]|"")*")
      | (?P<dollar>\$(?:[^\W\d]\w*)?\$)
      | (?P<end>;)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"(?:[^'\\]|\\.|'')*'", re.DOTALL)
_PLAIN = re.compile(r"(?:[^']|'')*'")
_COMMENT_EDGE = re.compile(r"/\*|\*/")


def split(text: str) -> tuple[str, ...]:
    """The statements without their semicolons, with the comments that stand before them.

    Semicolons in constants, quoted names, comments and dollar-quoted bodies end nothing; a BEGIN ATOMIC
    body is not known.
    """
    statements: list[str] = []
    start, position, filled = 0, 0, False
    while match := _TOKEN.match(text, position):
        kind = match.lastgroup
        position = _end(text, match)
        if kind == "end":
            if filled:
                statements.append(text[start : match.start()].strip())
            start, filled = position, False
        elif kind not in ("comment", "open"):
            filled = filled or not match[0].isspace()
    if filled:
        statements.append(text[start:].strip())
    return tuple(statements)


def joined(statements: Iterable[str]) -> str:
    """The statements as one script; each semicolon on a line of its own, because a comment may end one."""
    return "\n;\n".join(statements)


def locate(failure: Failure, text: str) -> Failure:
    """The failure with the statement of the script that it is about.

    PostgreSQL parses the whole script before it runs the first statement, so a place in the text, where it
    gives one, says more than how many statements were done.
    """
    statements = split(text)
    index = failure.index or 0
    if failure.position is not None:
        index = len(split(text[: failure.position - 1] + " x")) - 1
    if index >= len(statements):
        return failure
    return replace(failure, index=index, statement=statements[index])


def _end(text: str, match: re.Match[str]) -> int:
    """Where the token that begins here ends; one that is never closed takes the rest."""
    kind, end = match.lastgroup, match.end()
    if kind == "dollar":
        closing = text.find(match[0], end)
        return len(text) if closing < 0 else closing + len(match[0])
    if kind == "open":
        return _comment_end(text, end)
    if kind == "word":
        rest = (_ESCAPED if match[0] in ("e'", "E'") else _PLAIN).match(text, end)
        return rest.end() if rest else len(text)
    return end


def _comment_end(text: str, position: int) -> int:
    depth = 1
    while depth and (edge := _COMMENT_EDGE.search(text, position)):
        depth += 1 if edge[0] == "/*" else -1
        position = edge.end()
    return len(text) if depth else position
