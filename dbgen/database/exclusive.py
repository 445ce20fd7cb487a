"""One change at a time: dbgen's own lock, the tries when others hold locks, and a COMMIT without answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from dbgen.database.connection import Connection
from dbgen.database.failures import LOCK_NOT_AVAILABLE, TRANSIENT
from dbgen.errors import WorkError

T = TypeVar("T")

#: The advisory lock that every change of a database's schema by dbgen holds until its transaction ends.
KEY = int.from_bytes(b"dbgen", "big")
#: Seconds before the second, third, … try.
_PAUSES = (0.5, 1.0, 2.0)

_HOLDER = """
select a.application_name, a.usename::text,
       to_char(coalesce(a.xact_start, a.backend_start) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')
  from pg_locks l left join pg_stat_activity a using (pid)
 where l.locktype = 'advisory' and l.granted and l.objsubid = 1
   and l.database = (select oid from pg_database where datname = current_database())
   and l.classid = (%s::bigint >> 32)::bigint::oid and l.objid = (%s::bigint & 4294967295)::oid
 limit 1
"""


def exclusively(
    connection: Connection,
    work: Callable[[], T],
    happened: Callable[[Connection], bool],
    *,
    tries: int,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Do the work in one transaction under dbgen's lock; gives what it gives.

    Work that ran into another session's locks is undone and tried again, `tries` times in all. When the
    answer to COMMIT is lost, `happened` looks through another connection. Raises LOCKED when another dbgen
    is at work or the locks stay; CONNECTION_ERROR; and whatever the work raises.
    """
    for turn in range(1, tries + 1):
        try:
            return _once(connection, work, happened)
        except WorkError as error:
            if error.details.get("sqlstate") not in TRANSIENT:
                raise
            if turn == tries:
                raise _after(error, tries) from None
        sleep(_PAUSES[min(turn, len(_PAUSES)) - 1])
    raise ValueError("tries must be at least 1")


def take_lock(connection: Connection) -> None:
    """Take dbgen's lock until the transaction ends. Raises LOCKED, naming who has it."""
    if connection.rows("select pg_try_advisory_xact_lock(%s::bigint)", (KEY,))[0][0]:
        return
    holders = connection.rows(_HOLDER, (KEY, KEY))
    name, user, since = holders[0] if holders else (None, None, None)
    who = f"{name or 'another session'} (role {user}, since {since} UTC)" if user else "another session"
    raise WorkError(
        "LOCKED",
        f"Another dbgen is changing this database: {who}",
        hint="Nothing was changed. Run it again when that one is done.",
        details={"holder": name, "user": user, "since": since},
    )


def wait_for_others(connection: Connection) -> None:
    """Take dbgen's lock as `take_lock` does, but wait for who has it, as long as the lock timeout lets: a
    session whose client is gone may still be committing. Raises LOCKED.
    """
    connection.rows("select pg_advisory_xact_lock(%s::bigint)", (KEY,))


def _once(connection: Connection, work: Callable[[], T], happened: Callable[[Connection], bool]) -> T:
    try:
        connection.batch(connection.begin())
        take_lock(connection)
        result = work()
    except BaseException:
        connection.roll_back()
        raise
    try:
        connection.commit()
    except WorkError as error:
        connection.roll_back()
        if error.code != "CONNECTION_ERROR" or not _look(connection, happened, error):
            raise
    return result


def _look(connection: Connection, happened: Callable[[Connection], bool], error: WorkError) -> bool:
    """Whether the transaction committed, asked when its session has surely ended: its lock is free."""
    try:
        with connection.again() as other, other.transaction():
            wait_for_others(other)
            return happened(other)
    except WorkError:
        raise WorkError(
            "CONNECTION_ERROR",
            "The connection was lost while the database was committing; whether it did is not known",
            hint="Run `dbgen status` when the database can be reached: it looks.",
            details=error.details,
        ) from None


def _after(error: WorkError, tries: int) -> WorkError:
    what = "keeps a lock" if error.details.get("sqlstate") == LOCK_NOT_AVAILABLE else "collides with this one"
    statement = " ".join(str(error.details.get("statement", "")).split())
    where = f" at: {statement[:120]}" if statement else ""
    return WorkError(
        "LOCKED",
        f"Another session {what}, after {tries} tries{where}",
        hint="Nothing was changed. Run it again when the other session is done.",
        details=error.details,
    )
