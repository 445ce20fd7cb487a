"""Views, policies, triggers, functions and foreign keys that hang on what is about to go."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from dbgen.database.catalog import query
from dbgen.database.connection import Connection
from dbgen.sql import literal
from dbgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something in PostgreSQL's words (`view seen`), and what it hangs on: `accounts` or `accounts.phone`."""

    what: str
    on: str


def find_dependents(
    connection: Connection,
    doomed: Sequence[tuple[str, str | None]],
    own: Collection[tuple[str, str, str]],
) -> tuple[Dependent, ...]:
    """What hangs on these tables or columns; `own` is what dbgen made: foreign keys, policies and triggers,
    each as (constraint | policy | trigger, table, name).

    Changes nothing.
    """
    if not doomed:
        return ()
    setting = f"SET LOCAL dbgen.doomed = {literal(json.dumps([list(one) for one in doomed]))}"
    rows = connection.outside(f"BEGIN READ ONLY;\n{setting};\n{query('dependents')};\nCOMMIT")[-2]
    found = []
    for table, column, what, kind, owner, name in rows:
        if kind is None or (kind, owner, name) not in own:
            found.append(Dependent(what, f"{table}.{column}" if column else table))
    return tuple(found)
