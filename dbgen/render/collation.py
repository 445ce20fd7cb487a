"""The order in which `supabase gen types` puts names: that of JavaScript's `Intl.Collator("en")`.

Names compare by letters, then by accents, then by case: https://www.unicode.org/reports/tr10/. Scripts that
`collation_data` does not list come by code, as do the few Han characters whose code breaks the order of
radicals; pairs that weigh as one letter (ŀ, in Thai vowels) are not known.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: What a character weighs on each of the three levels; "" where it does not count.
Weight = tuple[str, str, str]

_COMMON = "\x01"
#: A character that differs from its base by no known mark, and what that weighs.
_UNKNOWN, _LAST_ACCENT = "\0", "\xff"
#: At the level of case: from one member of a group to the next (small letter, capital), to a compatibility
#: form (full width, circled), and to one that is raised or lowered.
_NEXT, _COMPATIBLE, _RAISED = 0x20, 0x10, 0x1000
#: What comes after all listed characters: other scripts, then Han, then its extensions.
_OTHER, _HAN, _HAN_MORE = "\ue000", "\ue001", "\ue002"


@lru_cache(maxsize=65536)
def sort_key(name: str) -> Weight:
    """A value that compares as the names do."""
    if name.isascii():
        letters, cases = _ascii()
        return name.translate(letters), _COMMON * len(name), name.translate(cases)
    return _joined(unicodedata.normalize("NFC", name))


def _joined(text: str) -> Weight:
    weights = [_weight(char) for char in text]
    first, second, third = ("".join(level) for level in zip(*weights, strict=True))
    return first, second, third


@lru_cache(maxsize=1)
def _ascii() -> tuple[dict[int, str], dict[int, str]]:
    weights = {code: _weight(chr(code)) for code in range(128)}
    return {code: w[0] for code, w in weights.items()}, {code: w[2] for code, w in weights.items()}


@lru_cache(maxsize=4096)
def _weight(char: str) -> Weight:
    weight = _table().get(char)
    if weight is not None:
        return weight
    parts = unicodedata.normalize("NFD", char)
    if parts != char:
        return _joined(parts)
    parts = unicodedata.normalize("NFKD", char)
    if parts != char:
        first, second, third = _joined(parts)
        raised = unicodedata.decomposition(char).startswith(("<su", "<sq", "<vert"))
        more = _RAISED if raised else _COMPATIBLE
        return first, second, "".join(chr(more + ord(case)) for case in third)
    if unicodedata.category(char)[0] in "CM":
        return "", "", ""
    return _place(char) + char, _COMMON, _COMMON


def _place(char: str) -> str:
    if not unicodedata.name(char, "").startswith("CJK UNIFIED"):
        return _OTHER
    return _HAN if "\u4e00" <= char <= "\u9fff" else _HAN_MORE


@lru_cache(maxsize=1)
def _table() -> dict[str, Weight]:
    from dbgen.render.collation_data import EXPANSIONS, LETTERS, MARKS

    marks = [char for token in MARKS.split() for char in _run(token)]
    table = {mark: ("", chr(2 + rank), _COMMON) for rank, mark in enumerate(marks)}
    groups = [group for token in LETTERS.split() for group in _groups(token)]
    for rank, group in enumerate(groups):
        for index, (char, mark) in enumerate(group):
            accents = _LAST_ACCENT if mark == _UNKNOWN else table[mark][1] if mark else ""
            table[char] = (
                chr(0x100 + rank),
                _COMMON + accents,
                chr(1 + index * _NEXT) + _COMMON * len(accents),
            )
    for token in EXPANSIONS.split():
        code, pair = token.split("=")
        char = chr(int(code, 16))
        first = "".join(table[letter][0] for letter in pair)
        table[char] = (first, _COMMON + _LAST_ACCENT + _COMMON, chr(1 + _NEXT * (1 + char.isupper())) * 3)
    return table


def _groups(token: str) -> list[list[tuple[str, str]]]:
    """Groups of characters, each with the mark that makes it differ from the group's first."""
    if "," not in token:
        return [_cased([(char, "")]) for char in _run(token)]
    group = []
    for part in token.split(","):
        code, plus, mark = part.partition("+")
        group.append((chr(int(code, 16)), chr(int(mark, 16)) if mark else _UNKNOWN if plus else ""))
    return [_cased(group)]


def _cased(group: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The group with each small letter's capital behind it."""
    result = []
    for char, mark in group:
        result.append((char, mark))
        capital = char.upper()
        if capital != char and capital.lower() == char and len(capital) == 1:
            result.append((capital, mark))
    return result


def _run(token: str) -> list[str]:
    first, _, last = token.partition("-")
    return [chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)]
