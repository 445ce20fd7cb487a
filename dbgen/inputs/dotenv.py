"""`${NAME}` in the config, and the small `.env` format that gives some of the names."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LINE = re.compile(
    r"""[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*
        (?:'(?P<single>[^']*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<bare>[^\n]*?))
        [ \t]*(?:(?<=\s)\#[^\n]*)?\r?(?:\n|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "$": "$"}
_NAME = re.compile(r"\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?P<default>:-(?P<text>[^}]*))?\}")
_OPENING = re.compile(r"\$\{(?![A-Za-z_][A-Za-z0-9_]*(?::-[^}]*)?\})")


def parse(text: str) -> dict[str, str]:
    """The names and values of a `.env` text; lines that assign nothing are passed over.

    Single quotes keep everything, double quotes know `\\n`, `\\t`, `\\"`, `\\\\` and `\\$`; either may span
    lines. A bare value ends at ` #`.
    """
    found: dict[str, str] = {}
    offset = 0
    while offset < len(text):
        match = _LINE.match(text, offset)
        if match is None:
            end = text.find("\n", offset)
            offset = len(text) if end < 0 else end + 1
            continue
        found[match["name"]] = _value(match)
        offset = match.end()
    return found


def _value(match: re.Match[str]) -> str:
    if match["single"] is not None:
        return match["single"]
    if match["double"] is not None:
        return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[0]), match["double"], flags=re.DOTALL)
    bare = match["bare"]
    return "" if bare.startswith("#") else bare.strip()


class Undefined(ValueError):
    """The text names something that is not defined; the message is a sentence about it."""


def expand(text: str, names: Mapping[str, str]) -> str:
    """The text with `${NAME}` and `${NAME:-default}` (also for an empty NAME) in place.

    Raises `Undefined`.
    """
    if _OPENING.search(text):
        raise Undefined("expected ${NAME} or ${NAME:-default}")

    def value(match: re.Match[str]) -> str:
        found = names.get(match["name"])
        if match["default"] is not None:
            return found or match["text"]
        if found is None:
            raise Undefined(f"${{{match['name']}}} is not defined")
        return found

    return _NAME.sub(value, text)
