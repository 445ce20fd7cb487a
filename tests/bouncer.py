"""PgBouncer (Debian's package) in transaction mode before the test server: a pooler, and with a certificate a
server that takes nothing but TLS.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

MISSING = "install pgbouncer (apt-get install pgbouncer)"
USER = "dbgen_client"
PASSWORD = "p@ss/w:rd?#%+& é'\"\\"
#: More server connections than clients, used in turn: whoever relies on a session finds another one.
_SETTINGS = """
pool_mode = transaction
min_pool_size = 3
default_pool_size = 3
server_round_robin = 1
auth_type = scram-sha-256
unix_socket_dir =
"""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A key and a certificate for `localhost` that an authority of its own signed, and a stranger's."""

    key: Path
    certificate: Path
    authority: Path
    stranger: Path


def program() -> str:
    """Where PgBouncer is; without it the test is skipped, in CI it fails."""
    found = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return found


def certificate(folder: Path) -> Certificate:
    """Made with openssl, for one day."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, timeout=60)

    new = ("-newkey", "rsa:2048", "-nodes", "-days", "1")
    for name in ("authority", "stranger"):
        files = ("-keyout", f"{name}.key", "-out", f"{name}.crt")
        openssl("req", "-x509", *new, *files, "-subj", f"/CN=dbgen test {name}")
    openssl("req", *new[:3], "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n", encoding="utf-8")
    signed = ("-CA", "authority.crt", "-CAkey", "authority.key", "-CAcreateserial", "-days", "1")
    openssl("x509", "-req", "-in", "server.csr", "-out", "server.crt", "-extfile", "names", *signed)
    (folder / "server.key").chmod(0o644)
    return Certificate(
        *(folder / name for name in ("server.key", "server.crt", "authority.crt", "stranger.crt"))
    )


@contextmanager
def bouncer(url: str, *, host: str = "127.0.0.1", tls: Certificate | None = None) -> Iterator[str]:
    """A running PgBouncer before the database; gives the URL through it, its password of odd characters."""
    parts = urlsplit(url)
    database = parts.path.removeprefix("/")
    folder = Path(tempfile.mkdtemp(prefix="dbgen-bouncer-"))
    folder.chmod(0o755)
    port = _free_port(host)
    lines = [
        "[databases]",
        f"{database} = host=127.0.0.1 port={parts.port} dbname={database} user={parts.username} "
        f"password={parts.password}",
        "[pgbouncer]",
        f"listen_addr = {host}",
        f"listen_port = {port}",
        f"auth_file = {folder / 'users'}",
        *_SETTINGS.split("\n"),
    ]
    if tls is not None:
        for name, path in (("key", tls.key), ("cert", tls.certificate)):
            shutil.copy(path, folder / name)
            (folder / name).chmod(0o644)
            lines.append(f"client_tls_{name}_file = {folder / name}")
        lines.append("client_tls_sslmode = require")
    (folder / "ini").write_text("\n".join(lines) + "\n", encoding="utf-8")
    escaped = PASSWORD.replace('"', '""')
    (folder / "users").write_text(f'"{USER}" "{escaped}"\n', encoding="utf-8")
    as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program(), *as_nobody, str(folder / "ini")], stdout=log, stderr=log)
        try:
            _wait(host, port, process, folder / "log")
            shown = f"[{host}]" if ":" in host else host
            yield f"postgresql://{USER}:{quote(PASSWORD, safe='')}@{shown}:{port}/{database}"
        finally:
            process.terminate()
            process.wait(timeout=20)
            shutil.rmtree(folder)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _free_port(host: str) -> int:
    with socket.socket(_family(host)) as one:
        one.bind((host, 0))
        return int(one.getsockname()[1])


def _wait(host: str, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        with socket.socket(_family(host)) as one:
            if one.connect_ex((host, port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text())
