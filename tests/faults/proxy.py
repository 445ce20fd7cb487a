"""A wire between dbgen and PostgreSQL that breaks at a COMMIT."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from enum import Enum
from urllib.parse import urlsplit, urlunsplit

_COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
#: What a change takes first, and a look at the catalog never does.
_LOCK = b"pg_try_advisory_xact_lock"


class Cut(Enum):
    """Where the wire breaks."""

    BEFORE = "before COMMIT is sent"
    SENT = "when COMMIT is sent"
    ANSWERED = "before its answer arrives"


class Proxy:
    """Listens on a port of this machine. The first COMMIT that ends a change breaks the wire; afterwards
    there is one again, unless it is `gone`.
    """

    def __init__(self, url: str, cut: Cut, *, gone: bool) -> None:
        parts = urlsplit(url)
        self._server = (parts.hostname or "", parts.port or 5432)
        self._cut = cut
        self._last: socket.socket | None = None
        self.gone = gone
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        login = parts.netloc.rpartition("@")[0]
        self.url = urlunsplit(parts._replace(netloc=f"{login}@127.0.0.1:{port}"))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def broken(self) -> bool:
        """Whether it has broken."""
        return self._last is not None

    def close(self) -> None:
        """No wire any more."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self.broken and self.gone:
                    client.close()
                    continue
                server = socket.create_connection(self._server)
                threading.Thread(target=self._forward, args=(client, server), daemon=True).start()
                threading.Thread(target=self._back, args=(server, client), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        changes = False
        with suppress(OSError):
            while data := client.recv(65536):
                changes = changes or _LOCK in data
                if data != _COMMIT or not changes or self.broken:
                    server.sendall(data)
                    continue
                self._last = client
                if self._cut is not Cut.BEFORE:
                    server.sendall(data)
                if self._cut is not Cut.ANSWERED:
                    break
        _close(client, server)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                # An answer may be here before the wire is cut.
                if client is self._last and (self._cut is Cut.SENT or b"COMMIT\x00" in data):
                    break
                client.sendall(data)
        _close(server, client)


def _close(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
