"""A local server that plays Supabase's Data API as far as asking for a table goes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit

#: What it says for a table: HTTP status and body.
Said = tuple[int, object]

FOUND: Said = (200, [])
FORBIDDEN: Said = (
    401,
    {"code": "42501", "message": "permission denied for table", "hint": None, "details": None},
)
UNKNOWN: Said = (
    404,
    {"code": "PGRST205", "message": "Could not find the table", "hint": None, "details": None},
)
BAD_KEY: Said = (401, {"message": "Invalid API key", "hint": "Double check your API key."})
BROKEN: Said = (500, {"code": "XX000", "message": "out of order", "hint": None, "details": None})
NOT_JSON: Said = (200, "<html>")


def key_of(role: str) -> str:
    """A key that stands for a role, as far as anyone looks who does not check signatures."""
    middle = base64.urlsafe_b64encode(json.dumps({"iss": "supabase", "role": role}).encode()).rstrip(b"=")
    return f"eyJhbGciOiJIUzI1NiJ9.{middle.decode()}.c2lnbmF0dXJl"


class PostgRest:
    """What it answers by table: the answers in turn, the last one for good. `asked`: what came."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, list[Said]] = {}
        self.default = FOUND
        self.asked: list[tuple[str, dict[str, str], str]] = []

    def answer(self, path: str, headers: dict[str, str]) -> Said:
        parts = urlsplit(path)
        table = unquote(parts.path.removeprefix("/rest/v1/"))
        self.asked.append((table, headers, parts.query))
        turns = self.answers.get(table, [self.default])
        return turns.pop(0) if len(turns) > 1 else turns[0]


@contextmanager
def postgrest() -> Iterator[PostgRest]:
    """Serves on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = served.answer(self.path, {k.lower(): v for k, v in self.headers.items()})
            data = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served = PostgRest(f"http://127.0.0.1:{server.server_address[1]}")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
