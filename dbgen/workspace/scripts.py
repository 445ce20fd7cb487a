"""dbgen's scripts in a package.json: added as text, so that the file keeps its looks."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

from dbgen.errors import InputError, Place
from dbgen.values import dataclass

SCRIPTS = {
    "db:generate": "dbgen generate",
    "db:preview": "dbgen preview",
    "db:rollback": "dbgen rollback",
    "db:status": "dbgen status",
    "db:types": "dbgen types",
}
_SPACE = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class _Member:
    key: str
    value: Any
    start: int
    end: int


def with_scripts(data: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The package.json with the scripts that it lacks, and their names; what it has is left as it is.

    Raises `InputError` INPUT_INVALID when it is no JSON object, or its `scripts` is none.
    """
    try:
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        text = data.removeprefix(mark).decode()
        opening = _skip(text, 0)
        whole = json.loads(text)
        members = _members(text, opening) if isinstance(whole, dict) else None
    except (ValueError, RecursionError) as error:
        raise _invalid(name, f"is no JSON: {error}") from None
    if members is None:
        raise _invalid(name, "is no JSON object")
    present = next((m for m in reversed(members) if m.key == "scripts"), None)
    if present is not None and not isinstance(present.value, dict):
        raise _invalid(name, 'has "scripts" that are no object')
    lacking = {key: value for key, value in SCRIPTS.items() if present is None or key not in present.value}
    if not lacking:
        return data, ()
    changed = _edited(text, opening, members, present, lacking)
    return mark + changed.encode(), tuple(lacking)


def _edited(
    text: str, opening: int, members: list[_Member], present: _Member | None, lacking: dict[str, str]
) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = _indent(text, members)
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in lacking.items()]
    inner, outer = newline + indent * 2, newline + indent
    if present is None:
        block = '"scripts": {' + inner + f",{inner}".join(lines) + outer + "}"
        if not members:
            return text[: opening + 1] + outer + block + newline + text[_skip(text, opening + 1) :]
        at = members[-1].end
        return text[:at] + "," + outer + block + text[at:]
    own = _members(text, present.start)
    if not own:
        return (
            text[: present.start] + "{" + inner + f",{inner}".join(lines) + outer + "}" + text[present.end :]
        )
    at = own[-1].end
    gap = text[at : present.end]
    between = inner if "\n" in gap else " "
    return text[:at] + "".join(f",{between}{line}" for line in lines) + text[at:]


def _members(text: str, opening: int) -> list[_Member]:
    """The members of the object whose `{` stands at `opening`, with where their values stand."""
    decoder = json.JSONDecoder()
    result: list[_Member] = []
    at = _skip(text, opening + 1)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        start = _skip(text, _skip(text, at) + 1)
        value, end = decoder.raw_decode(text, start)
        result.append(_Member(key, value, start, end))
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return result


def _indent(text: str, members: list[_Member]) -> str:
    """How far the first member of the file is indented, two spaces when it stands on the brace's line."""
    match = re.search(r"\{\r?\n([ \t]+)\"", text) if members else None
    return match[1] if match else "  "


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    assert match is not None
    return match.end()


def _invalid(name: str, what: str) -> InputError:
    return InputError(
        "INPUT_INVALID",
        f"{name} {what}",
        hint="Mend it, or run `dbgen init` without adding scripts.",
        place=Place(name),
    )
