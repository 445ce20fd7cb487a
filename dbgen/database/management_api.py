"""A project's database through Supabase's Management API: SQL for those without the database's password.

The API runs each request in a transaction of its own, so a transaction of several steps is replayed: each
step is tried behind those before it and undone, and the commit runs them all, if what they read still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Any, cast

from dbgen.database.connection import Connection, Row, label
from dbgen.database.failures import Failure, work_error
from dbgen.database.query_api import KEYS, TOKENS, Api, refuse
from dbgen.database.replay import OPEN, UNDO, Piece, bound, piece, plain, rows_of, text_of
from dbgen.database.script import split
from dbgen.values import dataclass


@dataclass(slots=True)
class _Work:
    """An open transaction: its settings, what was done in it as code to repeat, and what that does."""

    head: tuple[str, ...] = ()
    open: bool = False
    writes: bool = False
    guarded: bool = False
    done: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ManagementConnection(Connection):
    """What stands in a connection's place; nothing lasts on the other side between two calls.

    A statement that gives no rows is only noted inside a transaction: what PostgreSQL has against it shows
    with the next one that does, with the next script, or with the commit.
    """

    api: Api = field(kw_only=True)
    server_version: int = field(default=0, kw_only=True)
    work: _Work = field(default_factory=_Work, kw_only=True, repr=False, compare=False)

    @property
    def version(self) -> int:
        return self.server_version

    @property
    def in_transaction(self) -> bool:
        return self.work.open

    def rows(self, query: str, parameters: Sequence[Any] | None = None) -> list[Row]:
        if query == "COMMIT":
            self.commit()
            return []
        return self._run((bound(query, parameters),))[-1]

    def batch(self, text: str) -> list[list[Row]]:
        statements = split(text)
        first, last = statements[0].upper(), statements[-1].upper()
        if not first.startswith("BEGIN"):
            return self._run(statements)
        if last == "COMMIT":
            modes = first.removeprefix("BEGIN").strip()
            head = (f"SET TRANSACTION {modes}",) if modes else ()
            inner = self._run(statements[1:-1], head, read_only="READ ONLY" in modes)
            return [[], *inner, []]
        mode = statements[0][len("BEGIN") :].strip()
        self._reset()
        self.work.open = True
        self.work.head = (*([f"SET TRANSACTION {mode}"] if mode else []), *statements[1:])
        return [[] for _ in statements]

    def script(self, text: str, progress: Callable[[int], None] | None = None) -> Failure | None:
        codes = [plain(statement) for statement in split(text)]
        now = [f"place := {n};\n{code}" for n, code in enumerate(codes)]
        failure = self._tried(now) if self.work.open else self._done(now)
        if failure is None:
            if self.work.open:
                self.work.done += codes
                self.work.writes = True
            if progress is not None:
                progress(len(codes))
        return failure

    def commit(self) -> None:
        work = self.work
        text = text_of(work.done, (), undo=False, head=work.head)
        try:
            if work.writes:
                _raise(self.api.do(text, repeatable=work.guarded).failure)
        finally:
            self._reset()

    def roll_back(self) -> None:
        self._reset()

    def close(self) -> None:
        self._reset()

    def again(self) -> ManagementConnection:
        return connect(self.api, lock_timeout=self.lock_timeout, statement_timeout=self.statement_timeout)

    def _run(
        self, statements: Sequence[str], head: tuple[str, ...] = (), *, read_only: bool = False
    ) -> list[list[Row]]:
        """The rows of each statement."""
        pieces = [piece(statement) for statement in statements]
        changes = any(not one.reads for one in pieces) and not read_only
        if self.work.open and not any(one.reads for one in pieces):
            self.work.done += [one.code for one in pieces]
            self.work.writes = True
            return [[] for _ in pieces]
        asked = [one.asked(n) for n, one in enumerate(pieces)]
        asked += [UNDO] * (_count(pieces, OPEN) - _count(pieces, UNDO))
        if self.work.open or not changes:
            text = text_of(self.work.done, asked, undo=True, head=self.work.head or head)
            answer = self.api.ask(text, read_only=read_only)
        else:
            answer = self.api.do(text_of((), asked, undo=False, head=head), repeatable=False)
        _raise(answer.failure)
        answers = iter(answer.texts)
        told = [next(answers) if one.reads else None for one in pieces]
        if self.work.open:
            self.work.done += [one.again(text) for one, text in zip(pieces, told, strict=True)]
            self.work.guarded = True
            self.work.writes = self.work.writes or _writes(statements, pieces)
        return [[] if text is None else rows_of(text) for text in told]

    def _tried(self, now: Sequence[str]) -> Failure | None:
        return self.api.ask(text_of(self.work.done, now, undo=True, head=self.work.head)).failure

    def _done(self, now: Sequence[str]) -> Failure | None:
        return self.api.do(text_of((), now, undo=False), repeatable=False).failure

    def _reset(self) -> None:
        work = self.work
        work.open, work.writes, work.guarded, work.head, work.done = False, False, False, (), []


def connect(api: Api, *, lock_timeout: str = "3s", statement_timeout: str = "0") -> ManagementConnection:
    """Looks whether the project answers. Raises CONNECTION_ERROR."""
    if api.token.startswith(KEYS):
        refuse(f"accessToken holds an API key; a personal access token begins with sbp_: {TOKENS}")
    question = piece("SELECT current_setting('server_version_num')::integer")
    answer = api.ask(text_of((), [question.asked(0)], undo=True), read_only=True)
    _raise(answer.failure)
    # No session stands behind it, so there is none to hold.
    nothing = cast(Any, None)
    return ManagementConnection(
        nothing,
        f"{api.url}/v1/projects/{api.project}",
        label(),
        lock_timeout,
        statement_timeout,
        api=api,
        server_version=rows_of(answer.texts[0])[0][0],
    )


def _count(pieces: Sequence[Piece], code: str) -> int:
    return sum(one.code == code for one in pieces)


def _writes(statements: Sequence[str], pieces: Sequence[Piece]) -> bool:
    """Whether a statement may leave something behind: one that gives no rows, before any savepoint, which
    callers always go back to in the same text.
    """
    starts = [n for n, one in enumerate(pieces) if one.code == OPEN]
    kept = list(zip(statements, pieces, strict=True))[: starts[0] if starts else None]
    return any(not one.reads and not statement.upper().startswith("SET LOCAL") for statement, one in kept)


def _raise(failure: Failure | None) -> None:
    if failure is not None:
        raise work_error(failure)
