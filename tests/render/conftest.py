"""Databases that hold a given schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest

from dbgen.database.embedded import create_throwaway, drop_throwaway
from dbgen.model.schema import Schema
from tests.ddl import ddl

Build = Callable[[Schema], str]


@pytest.fixture
def build(server_url: str) -> Iterator[Build]:
    """Builds a schema in a database of its own and gives its URL."""
    made: list[str] = []

    def built(schema: Schema) -> str:
        made.append(create_throwaway(server_url))
        with psycopg.connect(made[-1]) as connection:
            for statement in ddl(schema):
                connection.execute(statement)
        return made[-1]

    yield built
    for url in made:
        drop_throwaway(url)
