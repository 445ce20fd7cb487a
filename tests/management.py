"""A local server that plays the query endpoint of Supabase's Management API on a real PostgreSQL, and fails
when told to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from threading import Thread
from typing import Any

import psycopg
from psycopg.rows import dict_row

PROJECT = "abcdefghijklmnopqrst"
TOKEN = "sbp_0123456789abcdef"


class Trouble(Enum):
    """What goes wrong with a request: before it runs, or after it has committed."""

    BUSY = 429
    BROKEN = 500
    DROPPED = 0
    BROKEN_AFTER = 503
    DROPPED_AFTER = 1
    NONSENSE_AFTER = 200
    STILL_RUNNING = 504

    @property
    def after(self) -> bool:
        return self.name.endswith("AFTER")


class Management:
    """`trouble`: by number of the request, from 0. `requests`: what came, in order. `meanwhile`: what another
    session does just before a request.
    """

    def __init__(self, url: str, database_url: str) -> None:
        self.url = url
        self.database_url = database_url
        self.trouble: dict[int, Trouble] = {}
        self.requests: list[dict[str, Any]] = []
        self.refusal: tuple[int, dict[str, str]] | None = None
        self.meanwhile: dict[int, str] = {}

    def run(self, body: dict[str, Any]) -> tuple[int, Any]:
        """One request in a session of its own; the rows of the last statement."""
        with psycopg.connect(self.database_url, autocommit=True, row_factory=dict_row) as connection:
            connection.execute(self.meanwhile.pop(len(self.requests) - 1, "select 1").encode())
            if body["read_only"]:
                connection.execute("set default_transaction_read_only = on")
            try:
                cursor = connection.execute(body["query"].encode(), prepare=False)
                while cursor.nextset():
                    pass
                return 201, cursor.fetchall() if cursor.description else []
            except psycopg.Error as error:
                said = f"ERROR:  {error.sqlstate}: {error.diag.message_primary}\n"
                return 400, {"message": f"Failed to run sql query: {said}"}


class _Server(ThreadingHTTPServer):
    """Knows what it plays."""

    served: Management

    def handle_error(self, *_: object) -> None:
        """A connection that was cut is meant."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        served = self.server.served
        trouble = served.trouble.get(len(served.requests))
        served.requests.append(body)
        if self.path != f"/v1/projects/{PROJECT}/database/query":
            self._say(404, {"message": "Not Found"})
        elif self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._say(401, {"message": "JWT could not be decoded"})
        elif served.refusal is not None:
            self._say(*served.refusal)
        elif trouble is None:
            self._say(*served.run(body))
        else:
            self._fail(trouble, body)

    def _fail(self, trouble: Trouble, body: dict[str, Any]) -> None:
        if trouble is Trouble.STILL_RUNNING:
            Thread(target=self.server.served.run, args=(body,)).start()
        elif trouble.after:
            self.server.served.run(body)
        if trouble in (Trouble.DROPPED, Trouble.DROPPED_AFTER):
            self.close_connection = True
            self.connection.shutdown(SHUT_RDWR)
        else:
            self._say(trouble.value, {"message": "trouble"}, {"Retry-After": "1"})

    def _say(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body, default=str).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def management(database_url: str) -> Iterator[Management]:
    """Serves on a free port of this machine."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.served = Management(f"http://127.0.0.1:{server.server_address[1]}", database_url)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.served
        finally:
            server.shutdown()
            thread.join()
