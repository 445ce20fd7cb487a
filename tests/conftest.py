"""The server and the databases that tests run on: the product's own embedded PostgreSQL, in a home of its own
that all workers of a run share. DBGEN_POSTGRES_BIN names the programs of another version.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from dbgen.database.embedded import Embedded, create_throwaway, drop_throwaway, embedded
from tests.home import make_home, make_quick

# The same examples each time, whatever the machine's load; DBGEN_RANDOM=1 looks for others.
settings.register_profile(
    "dbgen",
    deadline=None,
    derandomize="DBGEN_RANDOM" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("dbgen")
# Hypothesis also draws words and numbers of the source of all loaded modules, and those are others with each
# choice of test files.
providers._get_local_constants = Constants

_HOME = "DBGEN_TEST_HOME"
_made: list[Path] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes the expected files of the stories anew."""
    parser.addoption("--update", action="store_true", help="write the stories' expected files anew")


def pytest_configure() -> None:
    """Make the home once; workers inherit its name."""
    if _HOME not in os.environ:
        home = make_home()
        _made.append(home)
        os.environ[_HOME] = str(home)
    os.environ["DBGEN_DATA_DIR"] = str(_home() / "data")


def pytest_unconfigure() -> None:
    """Stop the server and remove the home, in the process that made it."""
    for home in _made:
        if _server().exists():
            _server().stop()
        shutil.rmtree(home)
        del os.environ[_HOME]
    _made.clear()


@pytest.fixture(scope="session")
def server() -> Iterator[Embedded]:
    """The running server."""
    shared = _server()
    shared.workspace.mkdir(exist_ok=True)
    with shared.in_use():
        make_quick(shared)
        yield shared


@pytest.fixture(scope="session")
def server_url(server: Embedded) -> str:
    """The URL of the server's main database, for role postgres."""
    return server.url()


@pytest.fixture
def database_url(server_url: str) -> Iterator[str]:
    """The URL of a database of its own for each test, like an empty Supabase project."""
    url = create_throwaway(server_url)
    yield url
    drop_throwaway(url)


def _home() -> Path:
    return Path(os.environ[_HOME])


def _server() -> Embedded:
    return embedded(_home() / "workspace")
