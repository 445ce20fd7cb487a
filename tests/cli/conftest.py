"""The command line called in this process, with commands put in the place of the real ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

import dbgen.commands
from dbgen.cli.main import run
from dbgen.commands.context import World


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value


@dataclass(slots=True)
class Fake:
    """A command that answers with what it was given, and keeps what it was called with."""

    result: Any
    world: World | None = None
    given: dict[str, Any] | None = None

    def __call__(self, world: World, *positional: Any, **given: Any) -> Any:
        self.world = world
        self.given = {**given, **({"positional": positional} if positional else {})}
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result(world) if callable(self.result) else self.result


Call = Callable[..., Ended]
Pretend = Callable[[str, Any], Fake]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    """Calls dbgen; nobody is at a terminal."""

    def called(*arguments: str) -> Ended:
        capfd.readouterr()
        status = run(arguments)
        out, err = capfd.readouterr()
        return Ended(status, out, err)

    return called


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Pretend:
    """Puts an answer (a result, an error, or a function of the world) in a command's place."""

    def put(name: str, result: Any) -> Fake:
        fake = Fake(result)
        monkeypatch.setattr(dbgen.commands, name, fake)
        return fake

    return put
