"""Which database a run works on, and the way to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Literal

from dbgen.database.connection import Connection, connect
from dbgen.database.urls import is_local, server_of, without_password
from dbgen.errors import InputError
from dbgen.values import dataclass

Kind = Literal["embedded", "postgres", "management-api"]
KINDS: tuple[Kind, ...] = ("embedded", "postgres", "management-api")


@dataclass(frozen=True, slots=True)
class Target:
    """`label` is for people and holds no password; `local`: surely a server on this machine; `token` is the
    Management API's, whose `url` is the project's address there.
    """

    kind: Kind
    label: str
    url: str | None = field(repr=False)
    local: bool
    token: str = field(default="", repr=False)

    @property
    def server(self) -> tuple[str, int, str]:
        """Host, port and database, which tell one target from another; a project's is its ref."""
        url = self.url or ""
        if self.kind == "management-api":
            host, _, project = url.removeprefix("https://").partition("/v1/projects/")
            return host, 443, project
        return server_of(url)


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
        return _management_api(project_id.strip(), access_token.strip())
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
    if target.url is not None and target.kind == "management-api":
        from dbgen.database.management_api import connect as connect_by_api
        from dbgen.database.query_api import API_URL, Api

        api = Api(target.server[2], target.token, API_URL)
        yield connect_by_api(api, lock_timeout=lock_timeout, statement_timeout=statement_timeout)
        return
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


def _management_api(project: str, token: str) -> Target:
    if not re.fullmatch(r"[a-z0-9-]+", project) or not token:
        raise InputError(
            "CONFIG_INVALID",
            "target is management-api, but projectId or accessToken is empty or no project's",
            hint="Set SUPABASE_PROJECT_ID, the 20 letters of the project's address, and "
            "SUPABASE_ACCESS_TOKEN; or set databaseUrl.",
        )
    url = f"https://api.supabase.com/v1/projects/{project}"
    return Target("management-api", f"project {project} through the Management API", url, False, token)


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
