"""Which database a run works on, and the way to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from dbgen.database.connection import Connection, connect
from dbgen.database.urls import is_local, without_password
from dbgen.errors import InputError

Kind = Literal["embedded", "postgres", "management-api"]
KINDS: tuple[Kind, ...] = ("embedded", "postgres", "management-api")


@dataclass(frozen=True, slots=True)
class Target:
    """`label` is for people and holds no password; `local`: surely a server on this machine."""

    kind: Kind
    label: str
    url: str | None = field(repr=False)
    local: bool


def resolve(
    *, target: str, database_url: str, project_id: str, access_token: str, db_url: str | None
) -> Target:
    """The target that config and `--db-url` (which wins) name; connects to nothing.

    Raises CONFIG_INVALID for a target that is not known, not here, or lacks what it needs.
    """
    kind = _kind(target, database_url, project_id, access_token, db_url)
    if kind == "embedded":
        return Target("embedded", "embedded PostgreSQL of this workspace", None, True)
    if kind == "management-api":
        raise InputError(
            "CONFIG_INVALID",
            "The Management API is no target in this version of dbgen",
            hint="Set prototype.databaseUrl to the project's connection string, or target: embedded.",
        )
    url = (db_url if db_url is not None else database_url).strip()
    if not url and db_url is None:
        raise InputError(
            "CONFIG_INVALID",
            "target is postgres, but databaseUrl is empty",
            hint="Set SUPABASE_DB_URL or prototype.databaseUrl, give --db-url, or use target: embedded.",
        )
    return Target("postgres", without_password(url), url, is_local(url))


@contextmanager
def opened(
    target: Target,
    root: Path,
    *,
    lock_timeout: str = "3s",
    statement_timeout: str = "0",
    connect_timeout: int = 8,
) -> Iterator[Connection]:
    """A connection to the target, closed at the end; the embedded server of the workspace at `root` runs
    meanwhile. Raises CONNECTION_ERROR.
    """
    if target.url is not None:
        with connect(
            target.url,
            lock_timeout=lock_timeout,
            statement_timeout=statement_timeout,
            connect_timeout=connect_timeout,
        ) as connection:
            yield connection
        return
    from dbgen.database.embedded import embedded

    with embedded(root).in_use() as url:
        running = Target("postgres", target.label, url, True)
        with opened(
            running,
            root,
            lock_timeout=lock_timeout,
            statement_timeout=statement_timeout,
            connect_timeout=connect_timeout,
        ) as connection:
            yield connection


def _kind(target: str, database_url: str, project_id: str, access_token: str, db_url: str | None) -> Kind:
    if db_url is not None:
        return "postgres"
    for kind in KINDS:
        if target == kind:
            return kind
    if target != "auto":
        raise InputError(
            "CONFIG_INVALID", f"target {target!r} is not known", hint=f"Use auto, {', '.join(KINDS)}."
        )
    if database_url.strip():
        return "postgres"
    return "management-api" if project_id.strip() and access_token.strip() else "embedded"
