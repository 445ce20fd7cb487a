"""What PostgreSQL and psycopg report, as errors of the contract, with every secret cut out."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dbgen.database.hints import meaning, missing_privilege
from dbgen.database.urls import is_local, secrets, without_password
from dbgen.errors import WorkError
from dbgen.values import dataclass

if TYPE_CHECKING:
    import psycopg
    from psycopg.pq.abc import PGresult

LOCK_NOT_AVAILABLE = "55P03"
_NO_PRIVILEGE = "42501"
#: Lock timeout, deadlock, serialization failure: the same transaction may go through a moment later.
TRANSIENT = frozenset({LOCK_NOT_AVAILABLE, "40P01", "40001"})
#: Out of memory, shared memory included, and PostgreSQL's limits on one statement.
_TOO_MUCH = frozenset({"53200", "54000"})
#: A column, a relation, another object of the name that is to be made is there already.
_DUPLICATES = frozenset({"42701", "42P07", "42710"})
#: What dbgen's own functions raise (operations/keeper), and what PostgreSQL says of rows that a statement
#: would break: NOT NULL, foreign key, unique, check, a value that is too long, out of range or no such value.
_CONFLICT, _DEPENDENT, _WRITTEN_SINCE = "DG001", "DG002", "DG004"
_REFUSED_ROWS = frozenset({"23502", "23503", "23505", "23514", "22001", "22003", "22P02"})
#: Classes that mean that the connection is refused or gone
#: (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_CONNECTION_CLASSES = ("08", "28", "57P", "53300")
#: What psycopg puts before libpq's words.
_PREAMBLE = re.compile(r"\A(?:- host: .*?hostaddr: \S+: )?(?:connection (?:failed|is bad): )?")


@dataclass(frozen=True, slots=True)
class Failure:
    """What PostgreSQL said of one statement; `index` counts from 0, None where it is not known which.

    `position` is the character in the text sent, from 1, where PostgreSQL names one.
    """

    message: str
    sqlstate: str
    index: int | None = None
    statement: str | None = None
    detail: str | None = None
    hint: str | None = None
    context: str | None = None
    table: str | None = None
    column: str | None = None
    constraint: str | None = None
    position: int | None = None

    def details(self) -> dict[str, Any]:
        """What is known, for the error's `details`."""
        names = "sqlstate index statement detail hint context table column constraint".split()
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}


def failure_of(result: PGresult, index: int) -> Failure:
    """The failure that a result carries."""
    from psycopg import errors

    return _failure(errors.error_from_result(result, "utf-8"), index)


def _failure(error: psycopg.Error, index: int | None = None) -> Failure:
    diag = error.diag
    return Failure(
        diag.message_primary or _first_line(str(error)),
        error.sqlstate or "",
        index,
        None,
        diag.message_detail,
        diag.message_hint,
        diag.context,
        diag.table_name,
        diag.column_name,
        diag.constraint_name,
        int(diag.statement_position) if diag.statement_position else None,
    )


def work_error(failure: Failure, message: str | None = None) -> WorkError:
    """The contract's error for a failure, by its SQLSTATE; `message` is that of MIGRATION_FAILED."""
    hint = failure.hint or failure.detail
    details = failure.details()
    if not failure.sqlstate or failure.sqlstate.startswith(_CONNECTION_CLASSES):
        lost = f"The connection to the database was lost: {failure.message}"
        return WorkError("CONNECTION_ERROR", lost, hint=hint, details=details)
    if failure.sqlstate in TRANSIENT:
        return locked(failure)
    if failure.sqlstate in _TOO_MUCH:
        return too_large(failure)
    if failure.sqlstate == _CONFLICT or failure.sqlstate in _REFUSED_ROWS:
        return data_conflict(failure)
    if failure.sqlstate == _WRITTEN_SINCE:
        return WorkError("LOCKED", f"Others are at work: {failure.message}", hint=hint, details=details)
    if failure.sqlstate in (_DEPENDENT, "2BP01"):
        return WorkError("DEPENDENT_OBJECTS", failure.message, hint=hint, details=details)
    if failure.sqlstate == _NO_PRIVILEGE:
        hint = missing_privilege(failure.message, failure.statement, failure.context) or hint
    if failure.sqlstate in _DUPLICATES:
        hint = hint or "Somebody else made it. Rename or drop what is there, then run this again."
    refused = message or f"PostgreSQL refused: {failure.message}"
    return WorkError("MIGRATION_FAILED", refused, hint=hint, details=details)


def data_conflict(failure: Failure) -> WorkError:
    """DATA_CONFLICT: `details.conflicts` has one with table, columns, constraint, count, reason, remedy and
    up to five keys, as far as known; they stand in `details` too.
    """
    details = failure.details()
    hint = failure.hint or failure.detail or "Correct the rows, or say --on-conflict fill or quarantine."
    if failure.sqlstate == _CONFLICT and failure.detail:
        one = {**json.loads(failure.detail), "remedy": hint}
        one["keys"] = keys_of(one)
        details = {"sqlstate": failure.sqlstate, **one, "conflicts": [one]}
    message = f"Rows stand in the way: {failure.message}{keys_in_words(details.get('keys') or ())}."
    return WorkError("DATA_CONFLICT", message, hint=hint, details=details)


def keys_of(one: dict[str, Any]) -> list[dict[str, Any]]:
    """The keys that a conflict tells of, their columns in the key's order, which jsonb does not keep."""
    order = {name: place for place, name in enumerate(one.pop("key", None) or ())}
    return [
        dict(sorted(key.items(), key=lambda item: order.get(item[0], 0))) for key in one.get("keys") or ()
    ]


def keys_in_words(keys: Iterable[Mapping[str, Any]]) -> str:
    """` (keys: 1, 2)`; nothing where there are none."""
    listed = ", ".join("/".join(map(str, key.values())) for key in keys)
    return f" (keys: {listed})" if listed else ""


def locked(failure: Failure, tries: int = 1) -> WorkError:
    """LOCKED, naming the statement that waited in vain."""
    where = f" at: {_shortened(failure.statement)}" if failure.statement else ""
    times = f" after {tries} tries" if tries > 1 else ""
    return WorkError(
        "LOCKED",
        f"Another session keeps a lock{times}{where} ({failure.message})",
        hint="Nothing was changed. Run it again when the other session is done.",
        details=failure.details(),
    )


def too_large(failure: Failure) -> WorkError:
    """TOO_LARGE for what the server could not hold."""
    return WorkError(
        "TOO_LARGE",
        f"The server has no room for this in one transaction: {failure.message}",
        hint="Nothing was changed. Raise max_locks_per_transaction, or go in steps with --module.",
        details=failure.details(),
    )


def unusable(reason: str) -> WorkError:
    """MIGRATION_FAILED for a script that cannot run through a connection."""
    return WorkError("MIGRATION_FAILED", reason)


def unreachable(url: str, reason: str) -> WorkError:
    """CONNECTION_ERROR with the driver's reason, without any secret."""
    hint = cleaned(reason, url)
    meant = meaning(url, hint)
    if meant is not None:
        hint = f"{meant} ({hint})"
    return cannot_connect(url, hint, local=is_local(url))


def cannot_connect(url: str, hint: str, *, local: bool) -> WorkError:
    """CONNECTION_ERROR: the contract's text, or for a server on this machine one that fits."""
    shown = without_password(url)
    message = "Cannot connect to Supabase. Check credentials."
    if local:
        message = f"Cannot connect to PostgreSQL at {shown}"
    return WorkError("CONNECTION_ERROR", message, hint=hint, details={"target": shown})


def cleaned(reason: str, url: str) -> str:
    """The driver's reason in a line, each different one once, without any secret of the URL."""
    text = reason.replace(url, without_password(url)) if url else reason
    for secret in secrets(url):
        text = text.replace(secret, "***")
    parts = [_PREAMBLE.sub("", part.strip()) for part in text.splitlines()]
    kept = [part for part in parts if part and not part.startswith("Multiple connection attempts")]
    return " ".join(dict.fromkeys(kept)) or "The driver gave no reason."


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn psycopg's errors into WorkError, with SQLSTATE and what the server said in `details`."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise work_error(_failure(error)) from None


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "no reason was given"


def _shortened(statement: str, length: int = 120) -> str:
    line = " ".join(statement.split())
    return line if len(line) <= length else line[: length - 1] + "…"
