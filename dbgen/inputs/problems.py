"""Collects mistakes with their places, so that all of a run's inputs are judged before it ends."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Protocol

from dbgen.errors import InputError, Place, Problem
from dbgen.names import key

#: The way to a value in a document: keys and list indexes.
Path = tuple[str | int, ...]
#: How many mistakes one run reports.
MOST = 50


class Source(Protocol):
    """Something that knows where its values stand."""

    file: str

    def place(self, path: Path) -> Place: ...


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like the given one, without regard to case style, or None."""
    by_key: dict[str, str] = {}
    for name in known:
        by_key.setdefault(key(name), name)
    found = difflib.get_close_matches(key(word), by_key, n=1, cutoff=0.6)
    return by_key[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """`Did you mean X?`, else the known words where they are few, else None."""
    words = list(known)
    found = nearest(word, words)
    if found is not None:
        return f"Did you mean {found}?"
    return f"Known: {', '.join(words)}." if 0 < len(words) <= 12 else None


class Problems:
    """The mistakes found so far."""

    def __init__(self, code: str = "INPUT_INVALID") -> None:
        self.code = code
        self.found: list[Problem] = []

    def add(
        self, message: str, source: Source | None = None, path: Path = (), hint: str | None = None
    ) -> None:
        """Notes a mistake at a value of a document (its key where it has one)."""
        if len(self.found) < MOST:
            place = source.place(path) if source is not None else None
            problem = Problem(message, hint, place)
            if problem not in self.found:
                self.found.append(problem)

    def attempt(self, work: Callable[[], None]) -> None:
        """Runs the work and takes over the mistakes that it raises."""
        try:
            work()
        except InputError as error:
            if error.code != self.code:
                raise
            self.found.extend(error.problems or (Problem(error.message, error.hint, error.place),))

    def check(self) -> None:
        """Raises `InputError` with all mistakes, where there are any."""
        if self.found:
            raise InputError.of(self.code, self.found)
