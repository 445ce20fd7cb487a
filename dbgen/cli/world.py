"""The world outside, gathered once: place, clock, person, environment, terminal."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from dbgen.cli.calls import Call
from dbgen.cli.questions import LogSteps, Terminal, TextSteps
from dbgen.cli.screen import Screen
from dbgen.cli.secrets import shown_command
from dbgen.commands.context import World
from dbgen.commands.questions import Progress, Questions
from dbgen.errors import InputError


def make_world(call: Call, screen: Screen, arguments: Sequence[str]) -> World:
    """What the command gets. Raises `InputError` INPUT_INVALID for a folder that is gone or a
    SOURCE_DATE_EPOCH that is no time.
    """
    return World(
        start=_here(),
        now=moment(os.environ),
        who=who(os.environ),
        command=shown_command(arguments),
        environment=dict(os.environ),
        project=call.globals.project,
        environment_name=call.globals.env,
        db_url=call.db_url,
        questions=_questions(call, screen),
        progress=_progress(call, screen),
    )


def moment(environment: Mapping[str, str]) -> datetime:
    """Now, or SOURCE_DATE_EPOCH where it is set (https://reproducible-builds.org/specs/source-date-epoch/)."""
    text = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not text:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(
            "INPUT_INVALID",
            f"SOURCE_DATE_EPOCH {text!r} is no time",
            hint="Give the seconds since 1970-01-01, or unset it.",
        ) from None


def who(environment: Mapping[str, str]) -> str:
    """`user@host`; the user's number where it has no name, as in containers."""
    import getpass

    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = str(os.getuid()) if hasattr(os, "getuid") else "someone"
    host = platform.node() or environment.get("HOSTNAME") or "localhost"
    return f"{user}@{host}"


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:
        raise InputError(
            "INPUT_INVALID",
            "The current directory is gone",
            hint="Change to a directory that is there, or name the workspace with --project DIR.",
        ) from None


def _questions(call: Call, screen: Screen) -> Questions:
    return Terminal(screen) if screen.someone_there and not call.json else Questions()


def _progress(call: Call, screen: Screen) -> Progress:
    if call.globals.quiet:
        return Progress()
    return LogSteps(screen) if screen.log_json else TextSteps(screen)
