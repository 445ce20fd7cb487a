"""Whether new tables answer through Supabase's Data API: asked after the fact, and never a failure."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dbgen.database.urls import is_local
from dbgen.model.requests import Notice

if TYPE_CHECKING:
    from supabase import Client

#: PostgREST: no such table in its schema cache, which it renews a moment after it is told to
#: (https://docs.postgrest.org/en/stable/references/errors.html).
_UNKNOWN = frozenset({"PGRST205", "PGRST200", "42P01"})
_REFUSED = "42501"
#: Seconds between the tries of a table that is not known yet.
_PAUSES = (0.25, 0.5, 1.0, 2.0)
#: Seconds for one answer, and for all tables together.
_ONE_ANSWER = 5
_ALL_ANSWERS = 30.0
_NAMED = 10
_CODE = "DATA_API"


class _Stop(Exception):
    """Nothing more can be learned: the reason, in words without a secret."""


def unanswered(
    url: str,
    key: str,
    tables: Mapping[str, tuple[str, ...]],
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> tuple[Notice, ...]:
    """Asks the Data API at `url` for each table, none of its rows, with one of the project's keys.

    `tables`: names, each with the roles that may read it. A table that the key's role may not read answers
    when it is refused. Gives warnings, none when all is well; raises nothing.
    """
    asked = _Asking(key, tables, clock() + _ALL_ANSWERS, sleep, clock)
    try:
        with _client(url, key) as client:
            asked.run(client)
    except _Stop as stop:
        return (Notice(f"Whether the Data API shows the tables is not known: {stop}", code=_CODE),)
    return tuple(_notices(asked))


def is_there(url: str, *, local: bool) -> bool:
    """Whether a Data API's address and a database are both on this machine, or both elsewhere: one on
    either side are not of one project.
    """
    return is_local(f"postgresql://{urlsplit(url.strip()).netloc}") == local


class _Asking:
    """One round of questions, and what came of it: tables by what is the matter with them."""

    def __init__(
        self,
        key: str,
        tables: Mapping[str, tuple[str, ...]],
        deadline: float,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
    ) -> None:
        self.role = _role(key)
        self.tables = tables
        self.unknown: list[str] = []
        self.refused: list[str] = []
        self.failed: dict[str, str] = {}
        self.not_asked: list[str] = []
        self._deadline = deadline
        self._sleep = sleep
        self._clock = clock

    def run(self, client: Client) -> None:
        """All tables; those that are unknown again after a pause. Raises `_Stop`."""
        names = tuple(self.tables)
        for pause in (*_PAUSES, 0.0):
            self.unknown = []
            for name in names:
                self._note(name, _answer(client, name) if self._clock() < self._deadline else None)
            names = tuple(self.unknown)
            if not names or not pause:
                return
            self._sleep(pause)

    def _note(self, name: str, answer: tuple[str, str] | None) -> None:
        if answer is None:
            self.not_asked.append(name)
            return
        code, message = answer
        if code in _UNKNOWN:
            self.unknown.append(name)
        elif code == _REFUSED and self.role not in self.tables[name]:
            return
        elif code == _REFUSED:
            self.refused.append(name)
        elif code or message:
            self.failed[name] = message or code


def _notices(asked: _Asking) -> list[Notice]:
    told = [
        (asked.unknown, "The Data API does not know {}; is schema public exposed there?"),
        (asked.refused, "The Data API refuses {} to " + asked.role + ", which has the right to read it"),
        (list(asked.failed), "The Data API fails for {}: " + next(iter(asked.failed.values()), "")),
        (asked.not_asked, "There was no time to ask the Data API for {}"),
    ]
    return [
        Notice(text.replace("{}", _listed(names), 1), code=_CODE, details=tuple((n, "") for n in names))
        for names, text in told
        if names
    ]


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


@contextmanager
def _client(url: str, key: str) -> Iterator[Client]:
    import httpx
    from supabase import Client, ClientOptions, SupabaseException

    with httpx.Client(timeout=_ONE_ANSWER) as http:
        try:
            client = Client(url, key, ClientOptions(httpx_client=http))
        except (SupabaseException, ValueError):
            raise _Stop("supabaseUrl is no address that the supabase package takes") from None
        yield client


def _answer(client: Client, table: str) -> tuple[str, str]:
    """Code and message of what is wrong with a table; both empty when it answers."""
    import httpx
    from postgrest.exceptions import APIError

    if "/" in table:
        return "?", "the supabase package cannot ask for a name with a slash"
    request = client.table(table).select("*").limit(0)
    # Newer clients try again by themselves, seconds apart; older ones have no such switch.
    once = getattr(request, "retry", None)
    try:
        rows = (once(False) if once else request).execute().data
    except APIError as error:
        code, message = str(error.code or ""), str(error.message or "")
        if code in ("401", "PGRST301", "PGRST303") or "API key" in message:
            raise _Stop("it does not take supabaseAnonKey") from None
        return code or "?", message
    except httpx.HTTPError as error:
        raise _Stop(f"it cannot be reached ({type(error).__name__})") from None
    except httpx.InvalidURL:
        raise _Stop("supabaseUrl is no address") from None
    return ("", "") if isinstance(rows, list) else ("?", "what answers is no Data API")


def _role(key: str) -> str:
    """The role that a key stands for (https://supabase.com/docs/guides/api/api-keys)."""
    if key.startswith("sb_secret_"):
        return "service_role"
    _, _, rest = key.partition(".")
    claims = rest.partition(".")[0]
    with suppress(ValueError, AttributeError):
        return str(
            json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4))).get("role", "anon")
        )
    return "anon"
