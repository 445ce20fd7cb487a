"""What every use case gets: the workspace, its config, and the world outside as parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path

from dbgen.commands.questions import Progress, Questions
from dbgen.values import dataclass


@dataclass(frozen=True, slots=True)
class World:
    """Clock, environment, person and terminal, given in from the edge.

    `start` is where the command was called, `project` what `--project` names; `who` is `user@host`;
    `command` the words of the call, for the lock's holder; `environment_name` what `--env` says.
    """

    start: Path
    now: datetime
    who: str
    command: str
    environment: Mapping[str, str] = field(repr=False)
    project: Path | None = None
    environment_name: str | None = None
    db_url: str | None = field(default=None, repr=False)
    questions: Questions = field(default_factory=Questions)
    progress: Progress = field(default_factory=Progress)
