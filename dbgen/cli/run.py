"""Carries out a call: work, then its result as text or JSON, and every way to fail as an exit status.

| status | means |
|---|---|
| 0 | done, also when there is nothing to do |
| 1 | the work failed |
| 2 | the call, the config or an input is wrong |
| 3 | `--check` found something |
| 4 | declined at the prompt |
| 130 | interrupted |
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TextIO

from dbgen.cli.calls import Call, LogFormat
from dbgen.cli.screen import Screen
from dbgen.cli.secrets import all_hidden, hidden, known_secrets
from dbgen.cli.show_error import error_json, show_error
from dbgen.errors import DbgenError, WorkError

DONE, FAILED, FOUND, INTERRUPTED = 0, 1, 3, 130


def perform(call: Call, arguments: Sequence[str]) -> int:
    """Does the work and shows its result or its error; gives the exit status."""
    screen = Screen(
        sys.stdout,
        sys.stderr,
        quiet=call.globals.quiet,
        verbose=call.globals.verbose,
        log_json=call.globals.log_format is LogFormat.json,
        known=known_secrets(os.environ, call.db_url),
    )
    fail = Failure(screen, call.command, call.json)

    def work() -> int:
        from dbgen.cli.world import make_world

        result = call.work(make_world(call, screen, arguments))
        return written(screen, lambda: _show(call, screen, result), FOUND if call.found(result) else DONE)

    return fail.guarded(work)


def _show(call: Call, screen: Screen, result: Any) -> None:
    if not call.json:
        call.show(screen, result)
        return
    from dbgen.commands.results import as_json

    value = as_json(result)
    if call.text_key is not None:
        value[call.text_key] = getattr(result, call.text_key)
    screen.json(envelope(True, call.command, value))


def envelope(ok: bool, command: str | None, value: Mapping[str, Any]) -> dict[str, Any]:
    """The one JSON object of `--json`, with the keys that all have in common first."""
    return {"ok": ok, "command": command, "iteration": value.get("iteration"), **value}


class Failure:
    """How what goes wrong in a call is reported."""

    def __init__(self, screen: Screen, command: str | None, json: bool) -> None:
        self._screen = screen
        self._command = command
        self._json = json

    def guarded(self, work: Callable[[], int]) -> int:
        """The work's exit status, or that of the error that ended it, reported."""
        try:
            return work()
        except DbgenError as error:
            return self.report(error, error.exit_status)
        except KeyboardInterrupt:
            return self._interrupted()
        except Exception as error:  # noqa: BLE001 - the last place before the user, who is to see no traceback
            return self._unexpected(error)

    def report(self, error: DbgenError, status: int) -> int:
        """Shows the error where it belongs; gives the status."""
        screen = self._screen
        if not self._json:
            show_error(screen, error)
            return status
        value = {"error": all_hidden(error_json(error), screen.known)}
        return written(screen, lambda: screen.json(envelope(False, self._command, value)), status)

    def _interrupted(self) -> int:
        text = "Interrupted. The next run finishes or undoes what had begun."
        if self._json:
            return self.report(WorkError("INTERRUPTED", text), INTERRUPTED)
        if self._screen.log_json:
            self._screen.log("error", text, code="INTERRUPTED")
        else:
            self._screen.note("", text) if self._screen.someone_there else self._screen.note(text)
        return INTERRUPTED

    def _unexpected(self, error: Exception) -> int:
        """One line; the traceback goes to a file, with --verbose to standard error."""
        import traceback

        screen = self._screen
        trace = hidden("".join(traceback.format_exception(error)), screen.known)
        first = (str(error).strip().splitlines() or ["no message"])[0]
        place = None if screen.verbose else _kept(trace)
        if screen.verbose:
            screen.note_raw(trace)
        message = hidden(f"internal error: {type(error).__name__}: {first}", screen.known)
        hint = f"Please report it; the traceback is in {place}" if place else "Please report it."
        return self.report(WorkError("INTERNAL_ERROR", message, hint=hint), FAILED)


def written(screen: Screen, write: Callable[[], None], status: int) -> int:
    """Writes to standard output. A reader who went away, as in `dbgen preview | head -1`, changes nothing
    of the status; an output that takes nothing, such as a full disk, is a failure.
    """
    try:
        write()
    except BrokenPipeError:
        _discard(screen.out)
    except OSError as error:
        _discard(screen.out)
        screen.note(f"error[OUTPUT] cannot write to standard output: {error.strerror}")
        return status or FAILED
    return status


def _discard(stream: TextIO) -> None:
    """What the stream still holds goes nowhere, so that Python's end says nothing about it."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def _kept(trace: str) -> str | None:
    import tempfile

    try:
        number, name = tempfile.mkstemp(prefix="dbgen-traceback-", suffix=".txt")
        with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(trace)
    except OSError:
        return None
    return name
