"""A connection to PostgreSQL that works as well through a transaction pooler: nothing is left in the session,
timeouts are set inside each transaction, and no exception of psycopg gets out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from dbgen.database.failures import (
    Failure,
    cannot_connect,
    failure_of,
    translated,
    unreachable,
    unusable,
)
from dbgen.database.urls import refusal
from dbgen.sql import literal
from dbgen.values import dataclass

if TYPE_CHECKING:
    import psycopg
    from psycopg.abc import PQGen
    from psycopg.pq.abc import PGconn

Row = tuple[Any, ...]

#: Seconds for one address of a host that has several, so that the next ones get their turn.
_ONE_ADDRESS = 4
_KEEPALIVES = {"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection in autocommit mode; `label` is its application_name."""

    raw: psycopg.Connection[Row]
    url: str = field(repr=False)
    label: str
    lock_timeout: str = "3s"
    statement_timeout: str = "0"

    @property
    def version(self) -> int:
        """The server's version number, 180004."""
        return self.raw.info.server_version

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        from psycopg.pq import TransactionStatus

        return self.raw.info.transaction_status != TransactionStatus.IDLE

    def rows(self, query: str, parameters: Sequence[Any] | None = None) -> list[Row]:
        """The rows of one query; none of a statement that returns none. Raises WorkError."""
        with translated():
            cursor = self.raw.execute(_sendable(query), parameters, prepare=False)
            return cursor.fetchall() if cursor.description else []

    def batch(self, text: str) -> list[list[Row]]:
        """Several statements in one round trip (simple protocol): the rows of each. Raises WorkError."""
        with translated():
            cursor = self.raw.execute(_sendable(text), prepare=False)
            results = [cursor.fetchall() if cursor.description else []]
            while cursor.nextset():
                results.append(cursor.fetchall() if cursor.description else [])
            return results

    def outside(self, text: str) -> list[list[Row]]:
        """As `batch`, for a text that opens and ends its own transaction, which no failure leaves open."""
        try:
            return self.batch(text)
        except BaseException:
            self.roll_back()
            raise

    def script(self, text: str, progress: Callable[[int], None] | None = None) -> Failure | None:
        """Run a script in one simple-protocol call, and tell `progress` how many statements are done.

        Gives None, or what PostgreSQL said of the statement that failed, with its index in the script; the
        statements before it are undone only with the transaction. Raises CONNECTION_ERROR when the
        connection is lost.
        """
        with translated():
            self.raw.pgconn.send_query(_sendable(text))
            return self.raw.wait(_outcome(self.raw.pgconn, progress))

    @contextlib.contextmanager
    def transaction(self, *, mode: str = "") -> Iterator[None]:
        """BEGIN with the timeouts set, COMMIT at the end, ROLLBACK when anything is raised, Ctrl-C too.

        `mode` is what may follow BEGIN: `READ ONLY`.
        """
        try:
            self.batch(self.begin(mode))
            yield
        except BaseException:
            self.roll_back()
            raise
        self.commit()

    def begin(self, mode: str = "") -> str:
        """The statements that open a transaction; application_name is set again for poolers' sake."""
        return (
            f"BEGIN {mode}; SET LOCAL lock_timeout = {literal(self.lock_timeout)}; "
            f"SET LOCAL statement_timeout = {literal(self.statement_timeout)}; "
            f"SET LOCAL application_name = {literal(self.label)}"
        )

    def commit(self) -> None:
        """COMMIT. Raises WorkError, CONNECTION_ERROR when no answer came: then it may have happened."""
        self.rows("COMMIT")

    def roll_back(self) -> None:
        """ROLLBACK; a connection that is beyond it is closed, which does the same."""
        import psycopg

        try:
            self.raw.execute(b"ROLLBACK")
        except psycopg.Error:
            self.close()

    def close(self) -> None:
        """Close; does nothing when it is closed."""
        import psycopg

        with contextlib.suppress(psycopg.Error):
            self.raw.close()

    def again(self) -> Connection:
        """Another connection to the same server. Raises CONNECTION_ERROR."""
        return connect(self.url, lock_timeout=self.lock_timeout, statement_timeout=self.statement_timeout)

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connect(
    url: str, *, lock_timeout: str = "3s", statement_timeout: str = "0", connect_timeout: int = 8
) -> Connection:
    """Connect within `connect_timeout` seconds, whatever hangs: name server, network, or PostgreSQL.

    The timeouts are PostgreSQL's, as text with a unit; "0" for none. Raises WorkError CONNECTION_ERROR.
    """
    wrong = refusal(url)
    if wrong is not None:
        raise cannot_connect(url, wrong, local=False)
    name = label()
    raw = _within(connect_timeout, url.strip(), name)
    return Connection(raw, url.strip(), name, lock_timeout, statement_timeout)


def _within(seconds: int, url: str, label: str) -> psycopg.Connection[Row]:
    """Connect in a thread, because neither getaddrinfo nor a list of addresses keeps to one deadline."""
    import queue
    import threading

    import psycopg

    answers: queue.SimpleQueue[psycopg.Connection[Row] | psycopg.Error] = queue.SimpleQueue()
    given_up = threading.Event()

    def attempt() -> None:
        try:
            raw = _connect(url, label, min(seconds, _ONE_ADDRESS))
        except psycopg.Error as error:
            answers.put(error)
            return
        answers.put(raw)
        if given_up.is_set():
            raw.close()

    threading.Thread(target=attempt, name="dbgen-connect", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        given_up.set()
        raise unreachable(url, f"No answer within {seconds} s.") from None
    if isinstance(answer, psycopg.Error):
        raise unreachable(url, str(answer)) from None
    return answer


def _connect(url: str, label: str, one_address: int) -> psycopg.Connection[Row]:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    given = conninfo_to_dict(url)
    ours = {name: value for name, value in _KEEPALIVES.items() if name not in given}
    ours |= {"connect_timeout": str(one_address), "application_name": label, "client_encoding": "UTF8"}
    return psycopg.connect(make_conninfo(url, **ours), autocommit=True, prepare_threshold=None)


def _sendable(text: str) -> bytes:
    """The text as libpq can send it: it would stop at a NUL without a word."""
    if "\0" in text:
        raise unusable("The SQL holds a NUL character, which PostgreSQL cannot take")
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise unusable("The SQL holds half a character (a lone surrogate)") from None


def _outcome(pgconn: PGconn, progress: Callable[[int], None] | None) -> PQGen[Failure | None]:
    """Take all results of what was sent: one generator, so that after Ctrl-C psycopg can take the rest."""
    from psycopg import generators
    from psycopg.pq import ExecStatus

    yield from generators.send(pgconn)
    done, failure = 0, None
    while result := (yield from generators.fetch(pgconn)):
        if result.status == ExecStatus.FATAL_ERROR:
            failure = failure_of(result, done)
        elif result.status in (ExecStatus.COPY_IN, ExecStatus.COPY_OUT):
            pgconn.finish()
            raise unusable("COPY needs psql; a migration cannot hold it")
        else:
            done += 1
            if progress is not None:
                progress(done)
    return failure


def label() -> str:
    """`dbgen user@host:pid`, in ASCII and no longer than PostgreSQL keeps."""
    import getpass
    import os
    import socket

    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "?"
    tail = f":{os.getpid()}"
    text = f"dbgen {user}@{socket.gethostname()}".encode("ascii", "replace").decode()
    printable = "".join(char if 32 < ord(char) < 127 or char == " " else "?" for char in text)
    return printable[: 63 - len(tail)] + tail
