"""Drift as it was found before, where nothing was written to the target's catalog since."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from dbgen.commands.drift import Drift, find_drift
from dbgen.commands.remembered import program
from dbgen.commands.session import Session
from dbgen.errors import WorkError
from dbgen.model.schema import Schema
from dbgen.workspace.cache import recall, remember

if TYPE_CHECKING:
    from dbgen.database.connection import Connection

_NAME = "drift"
_KEPT = {"stamp", "iteration", "added"}
_ONE_MOMENT = "ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def drift_of(session: Session, connection: Connection) -> Drift:
    """`find_drift`; its answer for a database without differences is kept on this machine, with the
    stamp of the catalog that it was found in, and given again while the stamp is the same.
    """
    if session.target.kind == "management-api" or connection.in_transaction:
        return find_drift(connection)
    known = recall(session.layout, _NAME)
    if known is not None and known.keys() == _KEPT and known["stamp"] == _stamp(session, connection):
        return Drift(int(known["iteration"]), Schema(), Schema(), (), tuple(map(str, known["added"])))
    with connection.transaction(mode=_ONE_MOMENT):
        drift = find_drift(connection)
        if drift.differences or drift.changed:
            return drift
        stamp = _stamp(session, connection)
    if stamp is not None:
        found = {"stamp": stamp, "iteration": drift.iteration, "added": list(drift.added)}
        remember(session.layout, _NAME, found)
    return drift


def _stamp(session: Session, connection: Connection) -> str | None:
    from dbgen.database.catalog import query

    try:
        mark = connection.rows(query("stamp"))[0][0]
    except WorkError:
        return None
    return sha256(f"{program()}\n{session.fingerprint}\n{mark}".encode()).hexdigest()
