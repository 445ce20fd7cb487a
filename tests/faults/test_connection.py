"""The connection breaks at COMMIT, COMMIT takes long, the server ends in the middle of a transaction."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest

from dbgen.database import postmaster
from dbgen.database.embedded import Embedded, embedded
from tests.faults.conftest import Count
from tests.faults.ground import WORKS, Ground, Place, variables
from tests.faults.proxy import Cut, Proxy

pytestmark = pytest.mark.faults
_WORKS = ("first generate", "generate", "apply", "rollback")
#: A commit that takes a while, as one that waits for a standby does.
_SLOW = """
create function public.slowly() returns trigger language plpgsql as
    $$ begin perform pg_sleep(2); return null; end $$;
create constraint trigger slow after insert or delete on dbgen.iterations
    deferrable initially deferred for each row execute function public.slowly();
"""
_WAITING = """
select count(*) from pg_stat_activity
where state = 'active' and datname = current_database() and query like %s"""


def _code(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr, done.stderr
    value = json.loads(done.stdout)
    return "done" if value["ok"] else str(value["error"]["code"])


@pytest.mark.parametrize("gone", [False, True], ids=["comes back", "stays away"])
@pytest.mark.parametrize("cut", Cut)
@pytest.mark.parametrize("name", _WORKS)
def test_the_connection_breaks_at_commit(
    ground: Ground, name: str, cut: Cut, gone: bool, count: Count
) -> None:
    work = WORKS[name]
    with ground.place(work) as place:
        proxy = Proxy(place.url, cut, gone=gone)
        behind = replace(place, url=proxy.url)
        done = behind.run(*work.words())
        assert proxy.broken
        proxy.gone = False
        expected = "CONNECTION_ERROR" if gone or cut is Cut.BEFORE else "done"
        assert _code(done) == expected
        ending = ground.ends_well(work, behind)
        assert ending.split(",")[0] == ("as before" if cut is Cut.BEFORE else "done")
        proxy.close()
        count(f"connection cut {cut.value}", ending)


@pytest.mark.parametrize("name", ["generate", "rollback"])
def test_killed_while_the_server_commits(ground: Ground, name: str, count: Count) -> None:
    work = WORKS[name]
    clean = ground.clean(work)
    with ground.place(work) as place:
        with psycopg.connect(place.url, autocommit=True) as connection:
            connection.execute(_SLOW)
            process = subprocess.Popen(
                place.words(*work.words()),
                cwd=place.root,
                env=variables(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            _until(lambda: _active(connection, "COMMIT"))
            process.kill()
            process.wait()
            assert _active(connection, "COMMIT")
            looked = place.status()
            connection.execute("drop function public.slowly cascade")
        assert looked.recovered
        assert place.picture() == clean[-1]
        count(f"SIGKILL in {name} while the server commits", "done, settled")


def test_status_tells_of_a_database_that_stays_away(ground: Ground, count: Count) -> None:
    work = WORKS["generate"]
    with ground.place(work) as place:
        proxy = Proxy(place.url, Cut.SENT, gone=True)
        behind = replace(place, url=proxy.url)
        assert _code(behind.run(*work.words())) == "CONNECTION_ERROR"
        looked = json.loads(behind.run("status").stdout)
        assert (looked["ok"], looked["iteration"], looked["database"]) == (True, 1, "unreachable")
        proxy.gone = False
        count("connection cut, status without it", ground.ends_well(work, behind))
        proxy.close()


@pytest.mark.parametrize("how", ["stop", "crash"])
@pytest.mark.parametrize("name", ["generate", "apply", "rollback"])
def test_the_server_ends_in_the_middle(
    own: Embedded, own_ground: Ground, name: str, how: str, count: Count
) -> None:
    """A lock on a table holds the transaction up where it has done half of its work."""
    work = WORKS[name]
    with own_ground.place(work) as place:
        with _held(place, "accounts"):
            process = subprocess.Popen(
                place.words(*work.words()),
                cwd=place.root,
                env=variables(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            with psycopg.connect(own.url(), autocommit=True) as connection:
                _until(lambda: _blocked(connection))
            _end(own, how)
        output, errors = process.communicate(timeout=60)
        assert (
            _code(subprocess.CompletedProcess([], process.returncode, output, errors)) == "CONNECTION_ERROR"
        )
        own.start(keep=True)
        ending = own_ground.ends_well(work, place)
        assert ending.startswith("as before")
        count(f"server: {how} in {name}", ending)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """A server to end."""
    root = tmp_path_factory.mktemp("ended")
    server = embedded(root)
    server.start(keep=True)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def own_ground(tmp_path_factory: pytest.TempPathFactory, own: Embedded) -> Iterator[Ground]:
    ground = Ground(tmp_path_factory.mktemp("own"), own)
    yield ground
    own.start(keep=True)
    ground.clear()


@contextmanager
def _held(place: Place, table: str) -> Iterator[None]:
    connection = psycopg.connect(place.url)
    connection.execute(f"lock table {table}".encode())
    yield
    connection.close()


def _end(server: Embedded, how: str) -> None:
    if how == "stop":
        server.stop()
        return
    pid = int((server.home.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGQUIT)
    postmaster.wait_gone(server.home)


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        threading.Event().wait(0.02)


def _active(connection: psycopg.Connection[tuple[int]], query: str) -> bool:
    row = connection.execute(_WAITING, (query,)).fetchone()
    return row is not None and row[0] > 0


def _blocked(connection: psycopg.Connection[tuple[int]]) -> bool:
    row = connection.execute("select count(*) from pg_locks where not granted").fetchone()
    return row is not None and row[0] > 0
