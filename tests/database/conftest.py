"""A connection for tests of the database room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dbgen.database.connection import Connection, connect


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """An open connection to the test's own database."""
    with connect(database_url) as opened:
        yield opened
