"""`dbgen`: from the words of a call to an exit status."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import typer
import typer.main

from dbgen.cli.app import COMMANDS, GROUPS, build
from dbgen.cli.calls import Call
from dbgen.cli.run import DONE, INTERRUPTED, Failure, perform, written
from dbgen.cli.screen import Screen
from dbgen.cli.secrets import known_secrets
from dbgen.errors import InputError

#: The parser's errors. typer has click inside in some versions and beside it in others; in both
#: BadParameter derives from a usage error, and that from this.
_PARSER_ERROR: type[Any] = typer.BadParameter.__mro__[2]
_WITH_VALUE = frozenset({"--project", "--env", "--log-format"})
_BEFORE_COMMAND = _WITH_VALUE | {"--quiet", "-q", "--verbose", "-v", "--version"}


def main() -> None:
    """The console script: ends the process with the exit status."""
    # What a run makes it needs to its end, or frees by counting: looking for cycles finds next to nothing.
    gc.disable()
    _ready_streams()
    _ready_signals()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Parses, does and shows; gives the exit status."""
    known = known_secrets(os.environ, None)
    screen = Screen(sys.stdout, sys.stderr, log_json=_logs_json(arguments), known=known)
    command = _command_of(arguments)
    wants_json = command != "db psql" and "--json" in _ours(arguments)
    calls: list[Call] = []

    def parse() -> int:
        outcome = _parsed(arguments)
        if isinstance(outcome, Call):
            calls.append(outcome)
        return outcome if isinstance(outcome, int) else DONE

    status = Failure(screen, command, wants_json).guarded(parse)
    return perform(calls[0], arguments) if calls else written(screen, screen.out.flush, status)


def _parsed(arguments: Sequence[str]) -> object:
    """What the command's function gave: its call, or nothing after a help text."""
    command = typer.main.get_command(build(_alone(arguments)))
    try:
        return command.main(args=list(arguments), prog_name="dbgen", standalone_mode=False)
    except typer.Abort:
        return INTERRUPTED
    except _PARSER_ERROR as error:
        raise _usage(error, arguments) from None


def _alone(arguments: Sequence[str]) -> str | None:
    """The command or group that the call begins with; None where the parser has to know of all."""
    word = arguments[0] if arguments else None
    return word if word in GROUPS or word in {name for _, name, _ in COMMANDS} else None


def _usage(error: Any, arguments: Sequence[str]) -> InputError:
    """The parser's error as one of ours."""
    option = getattr(error, "option_name", None)
    if option in _BEFORE_COMMAND and option in _ours(arguments):
        value = " …" if option in _WITH_VALUE else ""
        example = f"dbgen {option}{value} {_command_of(arguments) or 'COMMAND'}"
        return InputError("INPUT_INVALID", f"{option} stands before the command", hint=example)
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "dbgen"
    return InputError("INPUT_INVALID", error.format_message(), hint=f"`{path} --help` says what there is.")


def _ours(arguments: Sequence[str]) -> Sequence[str]:
    """The words before `--`."""
    words = list(arguments)
    return words[: words.index("--")] if "--" in words else words


def _words(arguments: Sequence[str]) -> Iterator[str]:
    """The words that are no options and no values of the options before the command."""
    value = False
    for argument in _ours(arguments):
        if not value and not argument.startswith("-"):
            yield argument
        value = argument in _WITH_VALUE


def _command_of(arguments: Sequence[str]) -> str | None:
    """The command that the call names, as JSON says it; None when it names none that there is."""
    words = [*_words(arguments), "", ""]
    if group := GROUPS.get(words[0]):
        known = {name for _, name, _ in group}
        return f"{words[0]} {words[1]}" if words[1] in known else words[0]
    return words[0] if words[0] in {name for _, name, _ in COMMANDS} else None


def _logs_json(arguments: Sequence[str]) -> bool:
    words = list(arguments)
    return "--log-format=json" in words or ("--log-format", "json") in pairwise(words)


def _ready_streams() -> None:
    """No stream is missing, and no character stops the output: what an encoding lacks is written out."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - it lives as long as the process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _ready_signals() -> None:
    """A termination ends the work as Ctrl-C does, so that what had begun is undone."""

    def interrupt(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, interrupt)
