"""Help texts and the reference made from them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from dbgen.cli.app import build
from dbgen.cli.reference import PATH, reference
from tests.cli import samples
from tests.cli.conftest import Call, Pretend

_GROUPS = ("", "archive", "db")
_RESULTS: dict[str, Any] = {
    "init": samples.INITIALISED,
    "generate": samples.GENERATED,
    "preview": samples.GENERATED,
    "apply": samples.APPLIED,
    "rollback": samples.ROLLED_BACK,
    "status": samples.STATUS,
    "history": samples.HISTORY,
    "diff": samples.DIFFERENCE,
    "types": samples.TYPES,
    "archive_list": samples.ARCHIVED,
    "archive_restore": samples.ARCHIVED,
    "archive_purge": samples.ARCHIVED,
    "start": samples.STARTED,
    "stop": samples.STARTED,
    "url": samples.STARTED,
    "psql_command": (["psql"], {}),
}


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, part in getattr(command, "commands", {}).items():
        yield from _commands(part, (*path, name))


_PATHS = list(_commands(typer.main.get_command(build())))


def test_the_commands() -> None:
    assert {" ".join(path) for path in _PATHS} == {
        *_GROUPS,
        *"init generate preview apply rollback status history diff types".split(),
        "archive list",
        "archive restore",
        "archive purge",
        "db start",
        "db stop",
        "db url",
        "db psql",
    }


@pytest.mark.parametrize("path", _PATHS, ids=" ".join)
def test_help_fits_80_columns_and_has_an_example(
    call: Call, monkeypatch: pytest.MonkeyPatch, path: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ended = call(*path, "--help")
    assert ended.status == 0
    assert max(map(len, ended.out.splitlines())) <= 80
    assert "Example: " in ended.out
    assert call(*path, "-h").out == ended.out
    # A call that begins with a command sets up that one alone, this one all.
    assert call("--quiet", *path, "--help").out == ended.out


def test_summaries_are_not_cut(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for path in _GROUPS:
        listed = call(*path.split(), "--help").out.partition("Commands:")[2]
        assert listed
        assert "..." not in listed


@pytest.mark.parametrize("path", _PATHS, ids=" ".join)
def test_examples_can_be_called(
    call: Call, pretend: Pretend, monkeypatch: pytest.MonkeyPatch, path: tuple[str, ...]
) -> None:
    fakes = [pretend(name, result) for name, result in _RESULTS.items()]
    monkeypatch.setattr("os.execvpe", lambda *_: None)
    example = call(*path, "--help").out.partition("Example: ")[2].strip()
    start = example.index("dbgen ")
    words = shlex.split(re.split(r" && | > |\)\"", example[start:])[0])
    assert set(path) <= set(words)
    assert call(*words[1:]).status in (0, 3)
    assert sum(fake.given is not None for fake in fakes) == 1


def test_the_reference_is_up_to_date() -> None:
    assert PATH.read_text(encoding="utf-8") == reference(), "run `python -m dbgen.cli.reference`"


def test_the_reference_names_every_command() -> None:
    text = reference()
    for path in _PATHS:
        assert f"## `{' '.join(('dbgen', *path))}`" in text
