"""Everything that can go wrong, as one tree.

    DbgenError
    ├── InputError        the call, the config or an input is wrong      exit status 2
    │                     CONFIG_INVALID INPUT_INVALID INVALID_ITERATION AMBIGUOUS_RENAME
    │                     TARGET_UNCONFIRMED
    ├── WorkError         the work failed                                exit status 1
    │                     CONNECTION_ERROR MIGRATION_FAILED DATA_CONFLICT DRIFT PROOF_FAILED
    │                     LOCKED TOO_LARGE STATE_CORRUPT STATE_MISMATCH MIGRATION_EDITED
    │                     TABLE_EXISTS DEPENDENT_OBJECTS
    └── Declined          a person said no                               exit status 4

An error carries data (`code`, `message`, `hint`, `place`, `problems`, `details`); the sentence that
a person reads is made from it at the edge. No exception of pydantic, yaml or psycopg leaves its room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from dbgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: `line` and `column` count from 1, `text` is that line's text."""

    file: str
    line: int | None = None
    column: int | None = None
    text: str | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake among several: what is wrong, what to do, and where."""

    message: str
    hint: str | None = None
    place: Place | None = None


class DbgenError(Exception):
    """Root of the tree; never raised itself."""

    exit_status: ClassVar[int] = 1

    def __init__(
        self,
        code: str,
        message: str,
        *,
        hint: str | None = None,
        place: Place | None = None,
        problems: Sequence[Problem] = (),
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.place = place
        self.problems = tuple(problems)
        self.details: Mapping[str, Any] = dict(details or {})


class InputError(DbgenError):
    """The call, the config or an input is wrong; nothing was written."""

    exit_status = 2

    @classmethod
    def of(cls, code: str, problems: Sequence[Problem]) -> InputError:
        """One error for all mistakes found; the first gives its message, hint and place."""
        first = problems[0]
        return cls(code, first.message, hint=first.hint, place=first.place, problems=problems)


class WorkError(DbgenError):
    """The work failed; what had begun was undone."""


class Declined(DbgenError):
    """A person was asked and said no."""

    exit_status = 4

    def __init__(self, message: str = "Nothing was changed.") -> None:
        super().__init__("DECLINED", message)
