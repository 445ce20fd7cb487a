"""What a command line comes to: a `Call`, made by the parser and carried out by `run`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dbgen.values import dataclass

if TYPE_CHECKING:
    import typer

    from dbgen.cli.screen import Screen
    from dbgen.commands.context import World


class LogFormat(StrEnum):
    """How steps and errors are written to standard error."""

    text = "text"
    json = "json"


@dataclass(frozen=True, slots=True)
class Globals:
    """The options that stand before the command."""

    project: Path | None = None
    env: str | None = None
    quiet: bool = False
    verbose: bool = False
    log_format: LogFormat = LogFormat.text

    @classmethod
    def of(cls, context: typer.Context) -> Globals:
        """Those of the call that a command belongs to."""
        found = context.find_object(cls)
        return found if found is not None else cls()


def _nothing(_: Any) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Call:
    """A command with its options: `work` does it, `show` writes the result as text.

    `found` says whether `--check` found something (exit status 3). `text_key` names a field that is not
    in the result's JSON by itself but is wanted there.
    """

    command: str
    globals: Globals
    work: Callable[[World], Any]
    show: Callable[[Screen, Any], None]
    json: bool = False
    db_url: str | None = field(default=None, repr=False)
    found: Callable[[Any], bool] = _nothing
    text_key: str | None = None
