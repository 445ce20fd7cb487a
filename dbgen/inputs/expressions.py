"""Keeps a user's SQL expression to one expression: nothing after it, nothing hidden in it.

PostgreSQL judges the rest. What is refused is what could end the expression and begin something else.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?P<blank>\s+)
      | (?P<comment>--|/\*)
      | (?P<text>(?:[eE]'(?:[^'\\]|\\.|'')*'|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'))
      | (?P<dollar>\$(?P<tag>[A-Za-z_]\w*)?\$.*?\$(?(tag)(?P=tag))\$)
      | (?P<name>"(?:[^"]|"")+")
      | (?P<word>[^\W\d][\w$]*)
      | (?P<number>\d[\w.]*)
      | (?P<open>[(\[])
      | (?P<close>[)\]])
      | (?P<other>[^'"$])""",
    re.VERBOSE | re.DOTALL,
)
_PAIRS = {")": "(", "]": "["}
#: Reserved words that begin a clause after an expression (all but `DISTINCT FROM` and `IS NOT NULL`).
_CLAUSES = frozenset(
    """select union intersect except where from group having order limit offset fetch for returning into
    window unique primary references check constraint deferrable initially default using table create
    grant""".split()
)


def refusal(text: str) -> str | None:
    """Why the text is not one SQL expression, or None. Looks only for what could smuggle more in."""
    if not text.strip():
        return "expected an SQL expression, found nothing"
    if any(ord(char) < 32 and char not in "\t\n\r" for char in text):
        return "holds a control character"
    opened: list[str] = []
    before = ("", "")
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            return "a quote is not closed"
        why = _judge(match, opened, before)
        if why is not None:
            return why
        if match.lastgroup != "blank":
            before = (before[1], match[0].lower())
        offset = match.end()
    return f"'{opened[-1]}' is not closed" if opened else None


def _judge(match: re.Match[str], opened: list[str], before: tuple[str, str]) -> str | None:
    token = match[0]
    if match["comment"]:
        return "comments are not allowed in an expression"
    if match["open"]:
        opened.append(token)
    elif match["close"]:
        if not opened or opened.pop() != _PAIRS[token]:
            return f"'{token}' closes nothing"
    elif token == ";":
        return "a semicolon ends the expression; expected one expression"
    elif not opened and token == ",":
        return "a comma ends the expression; expected one expression"
    elif not opened and match["word"] and _begins_clause(token.lower(), before):
        return f"{token.upper()} ends the expression; expected one expression"
    return None


def _begins_clause(word: str, before: tuple[str, str]) -> bool:
    if word == "from":
        return before[1] != "distinct"
    if word == "null":
        return before[1] == "not" and before[0] not in ("is", "")
    return word in _CLAUSES
