"""A connection for tests of the database room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dbgen.database.connection import Connection, connect
from dbgen.operations.keeper import everything


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """An open connection to the test's own database."""
    with connect(database_url) as opened:
        yield opened


@pytest.fixture
def keeper(database_url: str) -> Iterator[Connection]:
    """A database with the keeper, as Supabase's postgres, who is no superuser."""
    with connect(database_url) as opened:
        assert opened.rows("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user") == [
            ("postgres", False)
        ]
        opened.batch(everything())
        yield opened
