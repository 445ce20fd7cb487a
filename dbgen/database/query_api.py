"""Supabase's Management API as a place to send SQL to, with what its refusals mean and when to ask again.

`POST /v1/projects/{ref}/database/query` takes `{query, read_only}` and runs the text in a transaction of its
own; 201 brings the rows of the last statement (https://supabase.com/docs/reference/api/v1-run-a-query).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, NoReturn

from dbgen.database.failures import Failure
from dbgen.database.replay import CHANGED, Answer, answer_of
from dbgen.errors import WorkError
from dbgen.values import dataclass

if TYPE_CHECKING:
    import httpx

API_URL = "https://api.supabase.com"
#: Seconds before the second, third, … request of the same text.
_PAUSES = (0.5, 1.0, 2.0, 4.0)
_LONGEST_PAUSE = 60.0
_BUSY = 429
#: As the API passes on what PostgreSQL said of a text.
_SAID = re.compile(r"ERROR:\s+(?:([0-9A-Z]{5}):\s+)?(.*)", re.DOTALL)
#: How a project's API keys begin, which are no access tokens.
KEYS = ("eyJ", "sb_publishable_", "sb_secret_")
TOKENS = "https://supabase.com/dashboard/account/tokens"


class _NoAnswer(Exception):
    """The request may or may not have been done. `busy`: it was surely not; `pause`: how long to wait."""

    def __init__(self, reason: str, *, busy: bool = False, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.busy = busy
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Api:
    """The query endpoint of one project."""

    project: str
    token: str = field(repr=False)
    url: str = API_URL
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    #: Seconds for one answer: as long as a migration may take.
    timeout: float = 600.0

    def ask(self, text: str, *, read_only: bool = False) -> Answer:
        """Runs a text that leaves nothing behind, as often as it takes. Raises CONNECTION_ERROR."""
        for pause in (*_PAUSES, None):
            try:
                return self._once(text, read_only=read_only)
            except _NoAnswer as lost:
                self._wait(lost, pause)
        raise AssertionError("the last try raises")

    def do(self, text: str, *, repeatable: bool) -> Answer:
        """Runs a text that is to stay. `repeatable`: what it read guards it, so that it cannot be done twice;
        then it is sent again when no answer came.

        Raises CONNECTION_ERROR when it may have been done.
        """
        doubt = False
        for pause in (*_PAUSES, None):
            try:
                answer = self._once(text, read_only=False)
            except _NoAnswer as lost:
                doubt = doubt or not lost.busy
                self._wait(lost, pause if repeatable or lost.busy else None)
                continue
            if doubt and answer.failure is not None and answer.failure.sqlstate == CHANGED:
                raise WorkError("CONNECTION_ERROR", "The Management API gave no answer to a change")
            return answer
        raise AssertionError("the last try raises")

    def _wait(self, lost: _NoAnswer, pause: float | None) -> None:
        if pause is None:
            raise WorkError(
                "CONNECTION_ERROR",
                f"The Management API does not answer: {lost.reason}",
                hint="Run `dbgen status` in a while: it looks at what the database holds.",
            )
        self.sleep(min(max(pause, lost.pause), _LONGEST_PAUSE))

    def _once(self, text: str, *, read_only: bool) -> Answer:
        import httpx

        url = f"{self.url}/v1/projects/{self.project}/database/query"
        headers = {"Authorization": f"Bearer {self.token}"}
        body = {"query": text, "read_only": read_only}
        try:
            response = httpx.post(url, json=body, headers=headers, timeout=self._timeout())
        except (httpx.LocalProtocolError, httpx.InvalidURL, ValueError):
            refuse("projectId or accessToken holds a character that it cannot hold")
        except httpx.HTTPError as error:
            raise _NoAnswer(type(error).__name__) from None
        if response.status_code == _BUSY or response.status_code >= 500:
            busy = response.status_code == _BUSY
            raise _NoAnswer(f"HTTP {response.status_code}", busy=busy, pause=_pause(response))
        if not response.is_success:
            return _refused(response, self.project)
        return _answer(response)

    def _timeout(self) -> httpx.Timeout:
        import httpx

        return httpx.Timeout(self.timeout, connect=8.0)


def refuse(hint: str) -> NoReturn:
    """Raises CONNECTION_ERROR with what is wrong."""
    message = "Cannot connect to Supabase. Check credentials."
    raise WorkError("CONNECTION_ERROR", message, hint=hint)


def _refused(response: httpx.Response, project: str) -> Answer:
    """What a refusal means: PostgreSQL's, as an answer; all others as CONNECTION_ERROR."""
    status = response.status_code
    if status == 401:
        refuse(f"The access token is wrong, expired or revoked. Make another: {TOKENS}")
    if status == 403:
        refuse(f"The access token may not run SQL in project {project}.")
    if status == 404:
        refuse(f"There is no project {project}, or the access token's owner is no member of it.")
    said = _SAID.search(_message(response))
    if said is None:
        refuse(f"The Management API refuses the request (HTTP {status}).")
    return Answer((), Failure(said[2].strip().splitlines()[0], said[1] or "XX000"))


def _message(response: httpx.Response) -> str:
    try:
        data = response.json()
    except ValueError:
        return ""
    return str(data.get("message", "")) if isinstance(data, dict) else ""


def _answer(response: httpx.Response) -> Answer:
    try:
        return answer_of(response.json()[-1]["answer"])
    except (ValueError, KeyError, TypeError, IndexError):
        raise _NoAnswer("it answered with something else than rows") from None


def _pause(response: httpx.Response) -> float:
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() else 0.0
