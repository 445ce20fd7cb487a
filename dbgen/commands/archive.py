"""`archive`: what is kept in `dbgen_archive`, brought back by hand, or let go for good."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dbgen.commands.context import World
from dbgen.commands.results import Archived, Kept
from dbgen.commands.session import Session, open_session
from dbgen.errors import Declined, InputError

if TYPE_CHECKING:
    from dbgen.database.archive import Entry
    from dbgen.database.connection import Connection


def archive_list(world: World, *, before: date | None = None) -> Archived:
    """What is kept: of which iteration, table and columns, how many rows, since when, and where it lies."""
    from dbgen.database.archive import entries

    session = open_session(world)
    with session.connected() as connection:
        return _result(session, connection, entries(connection, before=before))


def archive_restore(world: World, number: int, *, yes: bool = False) -> Archived:
    """One entry back by hand, as far as it fits. Raises INPUT_INVALID for an entry that there is not."""
    from dbgen.database.archive import entries, restore

    session = open_session(world)
    with session.alone("archive restore"), session.connected() as connection:
        chosen = [entry for entry in entries(connection) if entry.id == number]
        if not chosen:
            raise InputError(
                "INPUT_INVALID", f"Nothing is kept as {number}", hint="`dbgen archive list` shows what is."
            )
        session.confirm_target()
        if not yes and not world.questions.restore(_words(chosen[0])):
            raise Declined
        returned = restore(connection, chosen[0])
        return _result(session, connection, tuple(chosen), returned)


def archive_purge(world: World, *, before: date | None = None, yes: bool = False) -> Archived:
    """Lets go for good of what is kept, or of what has been kept since before a day. Raises Declined."""
    from dbgen.database.archive import entries, purge

    session = open_session(world)
    with session.alone("archive purge"), session.connected() as connection:
        doomed = entries(connection, before=before)
        if doomed:
            session.confirm_target()
            if not yes and not world.questions.purge(tuple(map(_words, doomed))):
                raise Declined
            purge(connection, doomed)
        return _result(session, connection, doomed)


def _result(
    session: Session, connection: Connection, found: tuple[Entry, ...], returned: int | None = None
) -> Archived:
    from dbgen.database.ledger import read_ledger

    current = read_ledger(connection, texts=False).current
    return Archived(current, session.target.label, tuple(map(_kept, found)), returned)


def _kept(entry: Entry) -> Kept:
    return Kept(
        entry.id,
        entry.iteration,
        entry.direction,
        entry.kind,
        entry.table,
        entry.columns,
        entry.rows,
        entry.since.isoformat(timespec="seconds"),
        f"dbgen_archive.{entry.relation}",
        entry.reason,
    )


def _words(entry: Entry) -> str:
    what = ", ".join(f"{entry.table}.{column}" for column in entry.columns) or entry.table
    return f"{entry.rows:,} row(s) of {what}, kept by iteration {entry.iteration} ({entry.direction})"
