"""A workspace's cluster on disk: how it is made, set up and remembered, without any server running."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import socket
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dbgen.database.places import Account, failure, sync_directory, write_file
from dbgen.database.programs import Programs
from dbgen.values import dataclass, replace

ADMIN = "supabase_admin"
OWNER = "postgres"
DATABASE = "postgres"
# Below the ports that Linux and macOS give to outgoing connections.
_PORTS = range(20_000, 32_000)
_SCRIPTS = ("roles.sql", "schemas.sql", "databases.sql")

# 2,500 locks x 60 connections are 150,000 in the table that all share: 10,000 new tables take about 120,000.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "max_locks_per_transaction": "2500",
    "shared_buffers": "64MB",
    "huge_pages": "off",
    "min_wal_size": "32MB",
    "max_wal_size": "512MB",
    "wal_level": "logical",
    "max_logical_replication_workers": "0",
    "password_encryption": "scram-sha-256",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %u@%d ",
    "default_text_search_config": "pg_catalog.english",
}
#: For a server that nothing outlives.
FLEETING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_recycle": "off",
    "shared_buffers": "256MB",
    "autovacuum": "off",
}
_ACCESS = """\
# Written by dbgen. Passwords only, on this machine only.
host  all          all  127.0.0.1/32  scram-sha-256
host  replication  all  127.0.0.1/32  scram-sha-256
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of a cluster: whose it is, and its port."""

    workspace: str
    major: int
    port: int
    moved_from: int | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The directory of one cluster and what lies in it."""

    directory: Path

    @property
    def data(self) -> Path:
        return self.directory / "data"

    @property
    def record_file(self) -> Path:
        return self.directory / "cluster.json"

    @property
    def passwords_file(self) -> Path:
        return self.directory / "passwords.json"

    @property
    def log(self) -> Path:
        return self.directory / "postgres.log"

    @property
    def keep(self) -> Path:
        return self.directory / "keep"

    @property
    def stopping(self) -> Path:
        return self.directory / "stopping"

    @property
    def start_lock(self) -> Path:
        return self.directory / "start.lock"

    @property
    def users_lock(self) -> Path:
        return self.directory / "users.lock"

    def exists(self) -> bool:
        """Whether a cluster was made; a half-made one has another name until it is whole."""
        return (self.data / "PG_VERSION").is_file() and self.passwords_file.is_file()


def home_of(workspace: Path, base: Path, major: int) -> Home:
    """The home of this workspace's cluster: by its real path, so that two never share. Makes nothing."""
    digest = hashlib.sha256(str(workspace.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return Home(base / "clusters" / f"{digest[:16]}-{major}")


def recorded(home: Home) -> Record | None:
    """The record of this home, or nothing when there is none that can be read."""
    values = _read_json(home.record_file)
    try:
        return Record(
            str(values["workspace"]), int(values["major"]), int(values["port"]), values.get("moved_from")
        )
    except (KeyError, TypeError, ValueError):
        return None


def passwords(home: Home) -> dict[str, str]:
    """The passwords of both login roles; empty when there are none that can be read."""
    values = _read_json(home.passwords_file)
    return {role: str(values[role]) for role in (ADMIN, OWNER) if role in values}


def with_port(home: Home, workspace: Path, major: int) -> Record:
    """The record, with a port that is free now: the one it had, else another one, then written down."""
    record = recorded(home)
    if record is not None and _is_free(record.port):
        return record
    port = _free_port(home)
    if record is None:
        record = Record(str(workspace.resolve()), major, port)
    else:
        record = replace(record, port=port, moved_from=record.port)
    write_file(home.record_file, json.dumps(asdict(record), indent=2) + "\n")
    return record


def make_cluster(home: Home, programs: Programs, account: Account) -> None:
    """Make and bootstrap the cluster under another name, flushed, and rename it once it is whole.

    The bootstrap runs in PostgreSQL's single-user mode: no server, no port and no password yet.
    """
    secret = passwords(home)
    if len(secret) < 2:
        secret = {role: secrets.token_urlsafe(24) for role in (ADMIN, OWNER)}
        write_file(home.passwords_file, json.dumps(secret, indent=2) + "\n", mode=0o600)
    if (home.data / "PG_VERSION").is_file():
        _single_user(programs, account, home.data, _password_sql(secret))
        return
    data = home.directory / f"new-{secrets.token_hex(4)}"
    data.mkdir(mode=0o700)
    try:
        if account.other:
            shutil.chown(data, account.uid, account.gid)
        _initdb(programs, account, data)
        write_file(data / "pg_hba.conf", _ACCESS, mode=0o600, owner=account)
        _single_user(programs, account, data, f"{set_up()}\n{_password_sql(secret)}")
        data.rename(home.data)
        sync_directory(home.directory)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def set_up() -> str:
    """The SQL that makes a cluster what a Supabase project is."""
    folder = files("dbgen.database.bootstrap")
    return "\n".join(folder.joinpath(name).read_text("utf-8") for name in _SCRIPTS)


def write_settings(
    home: Home, programs: Programs, account: Account, port: int, own: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Write postgresql.conf, before every start; what ALTER SYSTEM says lies beside it and wins. `own` are
    settings in the place of the usual ones.
    """
    settings = {**_SETTINGS, "port": str(port), **own}
    if programs.major >= 18:
        settings["io_method"] = "sync"
    lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
    text = f"# Written by dbgen at every start; use ALTER SYSTEM for settings of your own.\n{lines}"
    file = home.data / "postgresql.conf"
    if not file.is_file() or file.read_text("utf-8") != text:
        write_file(file, text, mode=0o600, owner=account)


def sweep(home: Home) -> None:
    """Remove what killed starts left half-made; their initdb may outlive one sweep, not the next."""
    for leftover in (*home.directory.glob("new-*"), *home.directory.glob(".*.json.*")):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def _initdb(programs: Programs, account: Account, data: Path) -> None:
    # Before 17 the C library's locale has to do; the built-in one sorts and folds the same everywhere.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    attempts = [builtin] if programs.major >= 17 else [["--locale=C.UTF-8"], ["--locale=C"]]
    command = [programs.path("initdb"), f"--pgdata={data}", f"--username={ADMIN}", "--encoding=UTF8"]
    for locale in attempts:
        done = account.spawn([*command, "--auth=reject", "--no-instructions", *locale])
        if done.returncode == 0:
            return
        if "locale" not in done.stdout:
            break
    raise failure("initdb failed.", _last_lines(done.stdout))


def _single_user(programs: Programs, account: Account, data: Path, script: str) -> None:
    """Run a script whose statements end in a semicolon and an empty line; the first error ends it."""
    options = {"exit_on_error": "on", "log_min_error_statement": "panic", "wal_level": "logical"}
    settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    command = [programs.path("postgres"), "--single", "-D", str(data), "-j", *settings, DATABASE]
    done = account.spawn(command, feed=script)
    if done.returncode != 0:
        raise failure("its set-up failed.", _last_lines(done.stdout))


def _password_sql(secret: dict[str, str]) -> str:
    return "".join(f"alter role {role} password '{password}';\n\n" for role, password in secret.items())


def _last_lines(text: str, count: int = 6) -> str:
    return "\n".join(text.strip().splitlines()[-count:])


def _free_port(home: Home) -> int:
    others = {
        record.port
        for other in home.directory.parent.glob("*/cluster.json")
        if (record := recorded(Home(other.parent)))
    }
    start = int(hashlib.sha256(home.directory.name.encode()).hexdigest(), 16) % len(_PORTS)
    for step in range(len(_PORTS)):
        port = _PORTS[(start + step) % len(_PORTS)]
        if port not in others and _is_free(port):
            return port
    raise failure(f"no port from {_PORTS.start} to {_PORTS.stop - 1} is free.")


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As PostgreSQL does: a port that only waits out its last connection counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            return False
    return True


def _read_json(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
