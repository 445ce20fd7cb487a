"""Reads a JavaScript pattern, bare or as `/…/flags`, into its parts."""

from __future__ import annotations

import re

from dbgen.inputs.patterns.tree import (
    DIGITS,
    LINE_ENDS,
    SPACE,
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
    both_cases,
    complement,
    union,
)

_LITERAL = re.compile(r"/(?P<body>.+)/(?P<flags>[a-z]*)\Z", re.DOTALL)
_BOUNDS = re.compile(r"\{(\d+)(,(\d*))?\}")
_CAPTURE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]?|(\((?!\?))", re.DOTALL)
_UNICODE = re.compile(r"u(?:([0-9a-fA-F]{4})|\{([0-9a-fA-F]+)\})")
_CLASSES = {
    "d": DIGITS,
    "D": complement(DIGITS),
    "w": WORD,
    "W": complement(WORD),
    "s": SPACE,
    "S": complement(SPACE),
}
_CONTROLS = {"n": 0x0A, "r": 0x0D, "t": 0x09, "v": 0x0B, "f": 0x0C, "0": 0x00}
#: The deepest nesting of parentheses, and the highest count of a repetition.
_DEEPEST, _MOST = 100, 100_000
_LEFT_OUT_GROUPS = {"?<=": "a look-behind", "?<!": "a look-behind", "?<": "a named group"}


class BadPattern(ValueError):
    """The text is no pattern of JavaScript; the message says why."""


class Untranslatable(ValueError):
    """PostgreSQL has nothing that matches the same; the message names what."""


def read(text: str) -> Pattern:
    """The pattern's parts. Raises `BadPattern` and `Untranslatable`."""
    match = _LITERAL.match(text)
    body, flags = (match["body"], match["flags"]) if match else (text, "")
    if len(set(flags)) != len(flags) or set(flags) - set("dgimsuvy") or {"u", "v"} <= set(flags):
        raise BadPattern(f"the flags {flags} are none of JavaScript's")
    for flag in "mvy":
        if flag in flags:
            raise Untranslatable(f"the flag {flag}")
    return _Reader(body, flags).pattern()


class _Reader:
    def __init__(self, text: str, flags: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._groups = 0
        self._total = sum(1 for match in _CAPTURE.finditer(text) if match[1])
        self._fold = "i" in flags
        self._any = complement(()) if "s" in flags else complement(LINE_ENDS)
        self._referred: set[int] = set()

    def pattern(self) -> Pattern:
        if self._fold and not self._text.isascii():
            raise Untranslatable("the flag i with letters outside of ASCII")
        root = self._choice()
        if self._at < len(self._text):
            raise BadPattern("')' closes nothing")
        return Pattern(root, self._fold, frozenset(self._referred))

    def _peek(self, length: int = 1) -> str:
        return self._text[self._at : self._at + length]

    def _take(self) -> str:
        if self._at >= len(self._text):
            raise BadPattern("it ends with a lone backslash")
        self._at += 1
        return self._text[self._at - 1]

    def _choice(self) -> Node:
        branches = [self._branch()]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._branch())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _branch(self) -> Node:
        items: list[Node] = []
        while self._at < len(self._text) and self._peek() not in "|)":
            items.append(self._quantified(self._atom()))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _quantified(self, atom: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return atom
        if isinstance(atom, Edge):
            raise BadPattern("there is nothing to repeat")
        if self._peek() == "?":
            self._at += 1
        low, high = bounds
        if high is not None and high < low:
            raise BadPattern(f"the numbers in {{{low},{high}}} are out of order")
        if max(low, high or 0) > _MOST:
            raise Untranslatable(f"a repetition of more than {_MOST:,}")
        if isinstance(atom, Look):
            return atom if low else Sequence()
        return Repeat(atom, low, high)

    def _bounds(self) -> tuple[int, int | None] | None:
        simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(self._peek() or " ")
        if simple is not None:
            self._at += 1
            return simple
        match = _BOUNDS.match(self._text, self._at)
        if match is None:
            return None
        self._at = match.end()
        # More digits than any text has characters: the exact number says nothing.
        low, high = int(match[1][:9]), int(match[3][:9]) if match[3] else None
        return low, low if match[2] is None else high

    def _atom(self) -> Node:
        char = self._take()
        if char in "^$":
            return Edge(char)
        if char == ".":
            return Characters(self._any)
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == "\\":
            return self._escaped()
        self._at -= 1
        if self._bounds() is not None:
            raise BadPattern("there is nothing to repeat")
        self._at += 1
        return self._one(ord(char))

    def _one(self, code: int) -> Characters:
        return self._set(((code, code),))

    def _set(self, parts: Intervals) -> Characters:
        return Characters(both_cases(parts) if self._fold else parts)

    def _group(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadPattern("it is nested too deeply")
        for sign, what in _LEFT_OUT_GROUPS.items():
            if self._text.startswith(sign, self._at):
                raise Untranslatable(what)
        sign = self._peek(2) if self._peek() == "?" else ""
        if sign not in ("", "?:", "?=", "?!"):
            raise BadPattern(f"'({sign}' begins no group")
        self._at += len(sign)
        number = 0
        if not sign:
            self._groups += 1
            number = self._groups
        inner = self._choice()
        if self._peek() != ")":
            raise BadPattern("'(' is not closed")
        self._at += 1
        self._depth -= 1
        return Look(inner, sign == "?!") if sign in ("?=", "?!") else Group(inner, number)

    def _escaped(self) -> Node:
        char = self._peek()
        if char in ("b", "B"):
            self._at += 1
            return Edge(char)
        match = re.compile(r"[1-9]\d*").match(self._text, self._at)
        if match is not None:
            self._at = match.end()
            number = int(match[0][:9])
            if number > self._total:
                raise Untranslatable("an octal escape")
            self._referred.add(number)
            return Back(number)
        found = self._escape()
        return self._set(found) if isinstance(found, tuple) else self._one(found)

    def _escape(self) -> int | Intervals:
        """What stands after a backslash, in a class or outside: a code point or a set of them."""
        char = self._take()
        if char in _CLASSES:
            return _CLASSES[char]
        if char in "pP" and self._peek() == "{":
            raise Untranslatable(f"\\{char}{{…}}")
        if char == "k" and self._peek() == "<":
            raise Untranslatable("a named group")
        if char.isdigit() and (char != "0" or self._peek().isdigit()):
            raise Untranslatable("an octal escape")
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char == "u":
            return self._unicode()
        return self._coded(char)

    def _coded(self, char: str) -> int:
        rest = self._peek(2)
        if char == "x" and re.fullmatch(r"[0-9a-fA-F]{2}", rest):
            self._at += 2
            return int(rest, 16)
        if char == "c":
            if not re.match(r"[A-Za-z]", rest):
                raise Untranslatable("a \\c without a letter")
            self._at += 1
            return ord(rest[0]) % 32
        return ord(char)

    def _unicode(self) -> int:
        match = _UNICODE.match(self._text, self._at - 1)
        if match is None:
            return ord("u")
        self._at = match.end()
        code = int((match[1] or match[2])[-9:], 16)
        if code > 0x10FFFF:
            raise BadPattern(f"there is no character U+{code:X}")
        if 0xD800 <= code < 0xDC00 and match[1]:
            low = re.compile(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})").match(self._text, self._at)
            if low is not None:
                self._at = low.end()
                return 0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00
        if 0xD800 <= code < 0xE000:
            raise Untranslatable("half of a surrogate pair")
        return code

    def _class(self) -> Characters:
        negative = self._peek() == "^"
        self._at += negative
        parts: list[tuple[int, int]] = []
        while (char := self._peek()) != "]":
            if not char:
                raise BadPattern("'[' is not closed")
            parts += self._members()
        self._at += 1
        found = union(parts)
        found = both_cases(found) if self._fold else found
        return Characters(complement(found) if negative else found)

    def _members(self) -> Intervals:
        """One member of a class, or a range of them."""
        first = self._member()
        if self._peek() != "-" or self._peek(2) in ("-]", "-"):
            return first if isinstance(first, tuple) else ((first, first),)
        self._at += 1
        last = self._member()
        if isinstance(first, tuple) or isinstance(last, tuple):
            # Annex B: a set has no end, so that the hyphen is one of the characters.
            sets = [one if isinstance(one, tuple) else ((one, one),) for one in (first, last)]
            return (*sets[0], (0x2D, 0x2D), *sets[1])
        if last < first:
            raise BadPattern(f"the range {chr(first)}-{chr(last)} is out of order")
        return ((first, last),)

    def _member(self) -> int | Intervals:
        char = self._take()
        if char != "\\":
            return ord(char)
        if self._peek() == "b":
            self._at += 1
            return 0x08
        return self._escape()
