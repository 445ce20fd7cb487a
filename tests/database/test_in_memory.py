"""Throwaway databases in memory: where they lie, and that nothing of them stays, however the run ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from dbgen.database import in_memory
from dbgen.database.embedded import Embedded
from dbgen.database.in_memory import throwaway_for

pytestmark = pytest.mark.skipif(
    in_memory._room() < 1_000_000_000, reason="files in memory need room in /dev/shm"
)
MANY = in_memory._MANY
_MEMORY = in_memory._MEMORY
_CHILD = """
import sys
from dbgen.database.embedded import embedded
from dbgen.database.in_memory import throwaway_for
from pathlib import Path
with throwaway_for(embedded(Path(sys.argv[1])), 100) as ready:
    print(ready().url, flush=True)
    sys.stdin.read()
"""


def data_directory(url: str) -> Path:
    with psycopg.connect(url) as connection:
        connection.execute("select 1")
    port = urlsplit(url).port
    return next(
        file.parent
        for file in _MEMORY.glob("dbgen-*/clusters/*/data/postmaster.pid")
        if file.read_text().split("\n")[3] == str(port)
    )


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def lives(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def test_many_tables_get_a_server_in_memory_of_which_nothing_stays(server: Embedded) -> None:
    with throwaway_for(server, MANY) as ready:
        data = data_directory(ready().url)
        pid = int((data / "postmaster.pid").read_text().split("\n")[0])
        assert lives(pid)
    until(lambda: not data.parents[2].exists() and not lives(pid))


def test_a_killed_run_leaves_neither_server_nor_files(server: Embedded) -> None:
    words = [sys.executable, "-c", _CHILD, str(server.workspace)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        data = data_directory(child.stdout.readline().strip())
        pid = int((data / "postmaster.pid").read_text().split("\n")[0])
        child.send_signal(signal.SIGKILL)
    until(lambda: not data.parents[2].exists() and not lives(pid))


def test_few_tables_stay_on_the_server_of_the_workspace(server: Embedded) -> None:
    with throwaway_for(server, MANY - 1) as ready:
        assert urlsplit(ready().url).port == urlsplit(server.url()).port


@pytest.mark.parametrize("missing", ["room", "place"])
def test_where_memory_will_not_do_the_server_of_the_workspace_does(
    server: Embedded, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str
) -> None:
    if missing == "room":
        monkeypatch.setattr(in_memory, "_room", lambda: 0)
    else:
        (tmp_path / "file").touch()
        monkeypatch.setattr(in_memory, "_room", lambda: 10**12)
        monkeypatch.setattr(in_memory, "_MEMORY", tmp_path / "file")
    with throwaway_for(server, MANY) as ready:
        assert urlsplit(ready().url).port == urlsplit(server.url()).port
