"""A database whose tables the config's rules made, and people who come to it in different roles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from dbgen.database.connection import connect
from dbgen.database.script import joined
from dbgen.model.schema import Schema
from dbgen.operations.base import sql_of
from dbgen.plan import make_plan
from tests.inputs.workspaces import Workspace

A = "aaaaaaaa-0000-4000-8000-000000000001"
B = "bbbbbbbb-0000-4000-8000-000000000002"
API_ROLES = ("anon", "authenticated", "service_role")
UUID: dict[str, Any] = {"type": "uuid", "required": True, "primaryKey": True}


@dataclass(frozen=True)
class House:
    """`rows` and `one` ask as whoever came in last, the owner to begin with."""

    session: psycopg.Connection[tuple[Any, ...]]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        cursor = self.session.execute(query.encode())
        return cursor.fetchall() if cursor.description else []

    def one(self, query: str) -> Any:
        ((value,),) = self.rows(query)
        return value

    def tables(self) -> list[str]:
        """The tables in `public`, ready for SQL, sorted."""
        named = "SELECT format('public.%I', tablename) FROM pg_tables WHERE schemaname = 'public'"
        return sorted(name for (name,) in self.rows(named))

    @contextmanager
    def as_role(self, role: str, user: str | None = None) -> Iterator[None]:
        """In the role, as PostgREST comes: with the claims of a signed-in user. What is done stays."""
        claims = json.dumps({"role": role, **({"sub": user} if user else {})})
        with self.session.transaction():
            self.rows(f"SELECT set_config('request.jwt.claims', '{claims}', true)")
            self.rows(f"SET LOCAL ROLE {role}")
            yield

    @contextmanager
    def as_app(self, user: str) -> Iterator[None]:
        """As an application that says for whom it speaks."""
        with self.session.transaction():
            self.rows(f"SELECT set_config('app.user_id', '{user}', true)")
            yield

    def refused(self, query: str) -> str | None:
        """The SQLSTATE with which the query is refused, None where it is not; nothing stays done."""
        try:
            with self.session.transaction(force_rollback=True):
                self.rows(query)
        except psycopg.Error as error:
            return error.sqlstate
        return None


@contextmanager
def house(url: str, root: Path, entities: dict[str, Any], **rules: Any) -> Iterator[House]:
    """The entities' tables under the rules, in the database."""
    workspace = Workspace(root)
    workspace.entities(**entities)
    workspace.module(f"entities: [{', '.join(entities)}]")
    workspace.rules(**rules)
    build(url, workspace.read().schema)
    with psycopg.connect(url, autocommit=True) as session:
        yield House(session)


def build(url: str, schema: Schema) -> None:
    """Makes the schema in an empty database, as a migration does."""
    with connect(url) as connection:
        failure = connection.script(
            joined([one.sql for one in sql_of(make_plan(Schema(), schema).operations)])
        )
        assert failure is None, failure
