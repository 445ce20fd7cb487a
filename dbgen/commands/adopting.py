"""Tables that are in the database already: refused, or taken over (`--adopt`) where they equal the plan.

A table equals the plan when columns, keys, constraints and indexes are the plan's, by name too, when each
API role may do at least what the plan gives it, and the plan's row security, policies and triggers are there.
Comments are not compared: the plan's may speak of dbgen.
What was taken over is written into the snapshot's decisions, so that every run makes the same texts of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dbgen.commands.catching_up import snapshot_catalogs
from dbgen.commands.planning import Planned, key_names, relation_names, table_names
from dbgen.commands.session import Session
from dbgen.commands.words import changes_in_words
from dbgen.errors import WorkError
from dbgen.model.requests import Notice
from dbgen.model.schema import EnumType, Schema, Table
from dbgen.model.snapshot import Snapshot
from dbgen.model.types import base
from dbgen.operations.enums import type_name
from dbgen.plan import make_plan
from dbgen.render.migration import migration, rollback
from dbgen.values import replace

if TYPE_CHECKING:
    from dbgen.database.connection import Connection

_SHOWN = 10
_CHANGED = re.compile(r"changed from (.*) to (.*)", re.DOTALL)


def refuse_existing(
    session: Session, connection: Connection, planned: Planned, ours: Schema | None = None
) -> None:
    """Raises `WorkError` TABLE_EXISTS where a name that the plan gives to a table or its primary key is
    taken; by one of `ours` it may be: those are taken back first.
    """
    from dbgen.database.preflight import existing_tables

    known = relation_names(ours) if ours is not None else set[str]()
    tables, keys = set(table_names(planned)) - known, set(key_names(planned)) - known
    found = existing_tables(connection, tables | keys) if tables else ()
    taken = tuple(name for name in found if name in tables)
    if not taken:
        _refuse_taken_keys(session, tuple(name for name in found if name in keys))
        return
    one = len(taken) == 1
    raise WorkError(
        "TABLE_EXISTS",
        f"{', '.join(taken)} {'is' if one else 'are'} already in {session.target.label}, and dbgen did not "
        f"make {'it' if one else 'them'}",
        hint=f"`dbgen generate --adopt` takes {'it' if one else 'them'} over when equal to the plan; else "
        "rename or drop what is there, or give the entity another tableName.",
        details={"tables": list(taken)},
    )


def _refuse_taken_keys(session: Session, taken: tuple[str, ...]) -> None:
    if taken:
        raise WorkError(
            "TABLE_EXISTS",
            f"{', '.join(taken)} is to be the name of a primary key, and something else in "
            f"{session.target.label} has it",
            hint="The index of a table that was renamed keeps its name: ALTER INDEX … RENAME TO … frees it.",
            details={"keys": list(taken)},
        )


def with_existing(session: Session, connection: Connection, planned: Planned) -> Planned:
    """The plan that takes over the tables which are there.

    Raises `WorkError` TABLE_EXISTS, saying in what they differ from the plan.
    """
    from dbgen.database.preflight import existing_tables

    names = table_names(planned)
    taken = existing_tables(connection, names) if names else ()
    if not taken:
        return planned
    _refuse_differing(session, connection, planned.snapshot.schema, taken)
    decisions = replace(planned.wanted.decisions, adopted=taken)
    said = Notice(
        f"Taken over unchanged: {', '.join(taken)}. No statement touches what is there, comments and further "
        "grants included, and a rollback leaves it in place.",
        level="notice",
        code="ADOPTED",
        details=tuple((name, "") for name in taken),
    )
    schema, previous = planned.snapshot.schema, planned.previous.schema
    plan = make_plan(previous, schema, decisions, iteration=planned.iteration)
    return replace(
        planned,
        wanted=replace(planned.wanted, decisions=decisions, notices=(*planned.wanted.notices, said)),
        plan=plan,
        snapshot=replace(planned.snapshot, decisions=decisions),
        migration=migration(plan, planned.heading),
        rollback=rollback(plan, planned.heading),
    )


def refuse_other_tables(session: Session, connection: Connection, before: Schema, after: Snapshot) -> None:
    """For an iteration that takes tables over, applied to a database that has some of them: raises
    `WorkError` TABLE_EXISTS where they differ from its snapshot.
    """
    from dbgen.database.preflight import existing_tables

    names = [name for name in after.decisions.adopted if not before.has(name)]
    taken = existing_tables(connection, names) if names else ()
    if taken:
        _refuse_differing(session, connection, after.schema, taken)


def _refuse_differing(
    session: Session, connection: Connection, schema: Schema, taken: tuple[str, ...]
) -> None:
    from dbgen.database.catalog import read_schema

    session.world.progress.step("compare the tables that are there with the plan")
    (planned,) = snapshot_catalogs(session, connection, [schema])
    differences = tuple(_differences(planned, read_schema(connection), taken))
    if not differences:
        return
    more = f"; and {len(differences) - _SHOWN} more" if len(differences) > _SHOWN else ""
    raise WorkError(
        "TABLE_EXISTS",
        f"{', '.join(taken)} {'is' if len(taken) == 1 else 'are'} already in {session.target.label}, and "
        f"not as planned: {'; '.join(differences[:_SHOWN])}{more}",
        hint="Nothing was changed. Change the module or the table until they agree; names of foreign keys "
        "and indexes follow rules.constraintNamePattern and rules.indexNamePattern.",
        details={"tables": list(taken), "differences": list(differences)},
    )


def _differences(planned: Schema, found: Schema, taken: tuple[str, ...]) -> Iterable[str]:
    for name in taken:
        if not found.has(name):
            yield f"{name} is no table"
    tables = tuple(name for name in taken if found.has(name))
    expected, there = _part(planned, tables), _part(found, tables)
    yield from map(_said, changes_in_words(expected, _with_wanted_rights(expected, there)))


def _part(schema: Schema, names: tuple[str, ...]) -> Schema:
    """Some tables without their comments, and the enums that they use."""
    tables = tuple(_without_comments(schema.table(name)) for name in names)
    used = {base(column.type) for table in tables for column in table.columns}
    return Schema(tables, tuple(enum for enum in schema.enums if _is_used(enum, used)))


def _is_used(enum: EnumType, used: set[str]) -> bool:
    return type_name(enum.name) in used


def _without_comments(table: Table) -> Table:
    return replace(table, comment=None, columns=tuple(replace(c, comment=None) for c in table.columns))


def _with_wanted_rights(expected: Schema, found: Schema) -> Schema:
    """The found tables with no other grants, policies and triggers than those that are expected of them."""
    from dbgen.database.recording import held

    wanted = {table.name: table for table in held(expected, found).tables}
    return replace(found, tables=tuple(_as_wanted(table, wanted[table.name]) for table in found.tables))


def _as_wanted(found: Table, wanted: Table) -> Table:
    return replace(
        found,
        grants=wanted.grants,
        row_security=wanted.row_security,
        policies=wanted.policies,
        triggers=wanted.triggers,
    )


def _said(line: str) -> str:
    """A change from plan to database, as what the database has."""
    if line.endswith(" added"):
        return f"{line.removesuffix(' added')} is in the database alone"
    if line.endswith(" removed"):
        return f"{line.removesuffix(' removed')} is not in the database"
    return _CHANGED.sub(r"is \2 in the database, \1 in the plan", line)
