"""Advice on a database that lets visitors read more than dbgen does: by default, through PUBLIC, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dbgen.commands.planning import Planned
from dbgen.model.requests import Notice
from dbgen.model.schema import Grant, Schema, Table
from dbgen.plan.advice import advice, notices, readers
from dbgen.values import replace

if TYPE_CHECKING:
    from dbgen.database.connection import Connection

#: A role that may read a table, and whether the right is its own.
Right = tuple[str, bool]


def advised(connection: Connection, planned: Planned, warnings: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """The warnings, with what the advisor will find on this database in the place of what it would find on
    one that gives nothing by itself; and which rights make the difference.
    """
    from dbgen.database.catalog import query

    rights: dict[str, list[Right]] = {}
    for table, role, own in connection.rows(query("visitors")):
        rights.setdefault(table, []).append((role, own))
    wanted = planned.wanted.schema
    seen = Schema(tuple(_opened(t, planned.previous.schema, rights) for t in wanted.tables), wanted.enums)
    places = tuple(
        (now.name, ", ".join(sorted({*readers(now)} - {*readers(table)})))
        for table, now in zip(wanted.tables, seen.tables, strict=True)
        if now != table
    )
    if not places:
        return warnings
    named = ", ".join(f"{table} ({roles})" for table, roles in places)
    message = (
        "visitors can read these through rights that dbgen does not give (a default privilege, a grant to "
        f"PUBLIC or to a role that they are in, or by hand): {named}"
    )
    before = notices(advice(wanted))
    kept = (notice for notice in warnings if notice not in before)
    return (*kept, *notices(advice(seen)), Notice(message, "warning", "READ_BY_OTHERS", details=places))


def _opened(table: Table, previous: Schema, rights: Mapping[str, list[Right]]) -> Table:
    """The table with the grants that others' rights amount to."""
    if table.row_security:
        return table
    known = previous.table(table.name) if previous.has(table.name) else None
    # What is a role's own is somebody else's doing where dbgen has not given it.
    given = readers(known) if known else ()
    there = rights.get(table.name if known else "", ())
    roles = {role for role, own in there if not (own and role in given)}
    grants = [grant for grant in table.grants if grant.role not in roles]
    more = {grant.role: grant.privileges for grant in table.grants}
    grants += [Grant(role, tuple(sorted({*more.get(role, ()), "SELECT"}))) for role in sorted(roles)]
    return replace(table, grants=tuple(grants))
