"""What is counted grows no faster than the entities: statements, round trips, files that are opened.

Counts, unlike seconds, are the same on every machine.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from benchmarks.workspaces import write_workspace
from dbgen import commands
from dbgen.commands import World
from dbgen.database import embedded as embedded_module
from dbgen.database.connection import Connection
from dbgen.database.embedded import Embedded, create_throwaway, drop_throwaway
from dbgen.database.script import split
from tests.runner import world_of

#: The proof makes every table five times over, which a smaller step shows as well.
_SIZES, _PROVEN = (100, 1000), (20, 200)


@dataclass
class Meter:
    """What happened since `take` was called last; of files, what happened below `root`."""

    root: Path | None = None
    heard: bool = False
    counts: Counter[str] = field(default_factory=Counter)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit hook, which Python lets nobody take away again."""
        if self.root is not None and event == "open" and str(arguments[0]).startswith(str(self.root)):
            self.counts["files"] += 1

    def asked(self, text: str, *, whole: bool) -> None:
        self.counts["round trips"] += 1
        self.counts["statements"] += len(split(text)) if whole else 1

    def take(self) -> Counter[str]:
        taken, self.counts = self.counts, Counter()
        return taken


_METER = Meter()


@pytest.fixture
def meter(monkeypatch: pytest.MonkeyPatch, server: Embedded) -> Iterator[Meter]:
    monkeypatch.setattr(embedded_module, "embedded", lambda _: server)
    for name, whole in (("rows", False), ("batch", True), ("script", True)):
        monkeypatch.setattr(Connection, name, _counted(getattr(Connection, name), whole))
    if not _METER.heard:
        sys.addaudithook(_METER.hear)
        _METER.heard = True
    yield _METER
    _METER.root = None


def _counted(method: Callable[..., Any], whole: bool) -> Callable[..., Any]:
    def called(self: Connection, text: str, *rest: Any, **named: Any) -> Any:
        _METER.asked(text, whole=whole)
        return method(self, text, *rest, **named)

    return called


def _measured(meter: Meter, root: Path, size: int, server: str, *, verify: bool) -> dict[str, Counter[str]]:
    url = create_throwaway(server)
    try:
        return dict(_commands(meter, root, size, world_of(root, url), verify))
    finally:
        drop_throwaway(url)


def _commands(
    meter: Meter, root: Path, size: int, world: World, verify: bool
) -> Iterator[tuple[str, Counter[str]]]:
    def counted(name: str, **options: Any) -> tuple[str, Counter[str]]:
        meter.take()
        getattr(commands, name)(world, **options)
        return f"{name} {options}", meter.take()

    meter.root = root
    write_workspace(root, size, 1)
    yield counted("generate", yes=True, verify=verify)
    yield counted("status")
    yield counted("types")
    write_workspace(root, size, 2)
    yield counted("preview")
    yield counted("generate", yes=True, verify=verify, no_renames=True)
    yield counted("rollback", yes=True)


def _grown(
    less: dict[str, Counter[str]], more: dict[str, Counter[str]], times: int
) -> dict[tuple[str, str], tuple[int, int]]:
    """The counts that grew faster than the entities."""
    return {
        (command, what): (count, more[command][what])
        for command, counts in less.items()
        for what, count in counts.items()
        if more[command][what] > count * times
    }


def test_what_grows_faster_is_named() -> None:
    less = {"generate": Counter(files=10, statements=30)}
    assert _grown(less, {"generate": Counter(files=100, statements=301)}, 10) == {
        ("generate", "statements"): (30, 301)
    }


@pytest.mark.slow
@pytest.mark.parametrize("verify", [False, True])
def test_costs_grow_with_the_entities_at_most(
    verify: bool, meter: Meter, tmp_path: Path, server_url: str
) -> None:
    small, large = _PROVEN if verify else _SIZES
    less = _measured(meter, tmp_path / "small", small, server_url, verify=verify)
    more = _measured(meter, tmp_path / "large", large, server_url, verify=verify)
    assert less.keys() == more.keys()
    assert _grown(less, more, large // small) == {}
    assert all(counts["files"] for counts in more.values())
    assert all(counts["statements"] for name, counts in more.items() if not name.startswith(("types", "pre")))
