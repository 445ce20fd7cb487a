"""A look at the project's Data API afterwards: whether it shows the tables that came."""

from __future__ import annotations

from dbgen.commands.session import Session
from dbgen.model.requests import Notice
from dbgen.model.schema import Schema
from dbgen.plan.advice import readers


def unanswered_tables(session: Session, before: Schema, after: Schema) -> tuple[Notice, ...]:
    """What the Data API, where there is one, says against the tables that `after` has and `before` has not:
    warnings, never a failure.
    """
    from dbgen.database.data_api import is_there, unanswered

    known = {table.name for table in before.tables}
    tables = [table for table in after.tables if table.name not in known]
    url, key = session.config.supabase_url, session.config.supabase_anon_key
    if session.target.kind == "embedded" or not (tables and url and key):
        return ()
    if not is_there(url, local=session.target.local):
        return ()
    session.world.progress.step("ask the Data API for the tables made")
    return unanswered(url, key, {table.name: readers(table) for table in tables})
