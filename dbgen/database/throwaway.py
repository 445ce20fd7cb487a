"""Databases that live as long as one piece of work: copies of the bootstrapped template."""

from __future__ import annotations

import os
import re
import secrets
from urllib.parse import urlsplit, urlunsplit

from dbgen.errors import WorkError

_TEMPLATE = "dbgen_template"
_CREATE = "CREATE DATABASE {} TEMPLATE {}"
_NAME = re.compile(r"dbgen_tmp_(\d+)_[0-9a-f]{8}")


def create_throwaway(url: str, name: str | None = None) -> str:
    """Make a database like a Supabase project's empty one, owned by the URL's role; gives its own URL.

    Without a `name` of its own it is dropped once this process is gone, by the next one that makes one.
    Raises CONNECTION_ERROR.
    """
    name = name or f"dbgen_tmp_{os.getpid()}_{secrets.token_hex(4)}"
    _execute(url, name, drop_first=True)
    return with_database(url, name)


def drop_throwaway(url: str) -> None:
    """Drop the database that this URL names, with its sessions; ValueError for one of another kind."""
    name = urlsplit(url).path.removeprefix("/")
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"{name} is no throwaway database")
    _execute(with_database(url, "postgres"), name, drop_first=False)


def with_database(url: str, name: str) -> str:
    """The same URL for another database of the server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _execute(url: str, name: str, *, drop_first: bool) -> None:
    import psycopg
    from psycopg.sql import SQL, Identifier

    drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            if not drop_first:
                connection.execute(drop.format(Identifier(name)))
                return
            rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'dbgen\\_tmp\\_%'")
            for leftover in [row[0] for row in rows if _is_left_behind(row[0])]:
                connection.execute(drop.format(Identifier(leftover)))
            create = SQL(_CREATE)
            connection.execute(create.format(Identifier(name), Identifier(_TEMPLATE)))
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise WorkError(
            "CONNECTION_ERROR", f"A throwaway database cannot be made or dropped: {reason}"
        ) from error


def _is_left_behind(name: str) -> bool:
    match = _NAME.fullmatch(name)
    if match is None:
        return False
    try:
        os.kill(int(match[1]), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False
