"""What the commands are called with, and what becomes of wrong calls."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli import samples
from tests.cli.conftest import Call, Pretend

_SELECTORS: dict[str, Any] = {
    "iteration": None,
    "module": None,
    "drop_modules": (),
    "phase": None,
    "renames": (),
    "no_renames": False,
}
_KEEPING = {"on_conflict": "stop", "discard_data": False, "backup": True}
_GENERATE = {**_KEEPING, "adopt": False, "repair_drift": False, "redo": False}


@pytest.mark.parametrize(
    ("command", "words", "result", "given"),
    [
        (
            "generate",
            [],
            samples.GENERATED,
            {**_SELECTORS, **_GENERATE, "yes": False, "apply": True, "verify": True},
        ),
        (
            "generate",
            "--iteration 2 --module m --drop-module a --drop-module b --phase 3 --rename x=y --rename t.c=d "
            "--yes --no-apply --no-verify".split(),
            samples.GENERATED,
            {
                "iteration": 2,
                "module": "m",
                "drop_modules": ("a", "b"),
                "phase": 3,
                "renames": ("x=y", "t.c=d"),
                "no_renames": False,
                "yes": True,
                "apply": False,
                "verify": False,
                **_GENERATE,
            },
        ),
        (
            "preview",
            [
                "--no-renames",
                "--with-database",
                "--prove",
                "--rule=includeRLS=true",
                "--rule",
                "useUUIDs=false",
            ],
            samples.GENERATED,
            {
                **_SELECTORS,
                "no_renames": True,
                "with_database": True,
                "prove": True,
                "rules": ("includeRLS=true", "useUUIDs=false"),
            },
        ),
        (
            "apply",
            ["--to=3", "-y"],
            samples.APPLIED,
            {"to": 3, "yes": True, "verify": True, "on_conflict": "stop", "switch": False},
        ),
        (
            "rollback",
            ["--to", "0", "--dry-run"],
            samples.ROLLED_BACK,
            {"to": 0, "steps": None, "yes": False, "dry_run": True, **_KEEPING},
        ),
        ("status", [], samples.STATUS, {"restore": False}),
        ("history", [], samples.HISTORY, {}),
        ("diff", ["0", "2"], samples.DIFFERENCE, {"old": 0, "new": 2}),
        (
            "types",
            ["--iteration=1", "--from-database", "--stdout"],
            samples.TYPES,
            {"iteration": 1, "from_database": True, "stdout": True},
        ),
        ("init", ["--no-scripts"], samples.INITIALISED, {"scripts": False}),
        ("init", [], samples.INITIALISED, {"scripts": None}),
    ],
)
def test_arguments_reach_the_command(
    call: Call, pretend: Pretend, command: str, words: list[str], result: Any, given: dict[str, Any]
) -> None:
    fake = pretend(command, result)
    ended = call(command, *words)
    assert (ended.status, fake.given) == (0, given)
    again = call(command, *words, "--json")
    assert (again.status, fake.given, again.json["ok"]) == (0, given, True)
    assert list(again.json)[:3] == ["ok", "command", "iteration"]
    assert again.json["command"] == command


@pytest.mark.parametrize(("name", "function"), [("start", "start"), ("stop", "stop"), ("url", "url")])
def test_db_commands(call: Call, pretend: Pretend, name: str, function: str) -> None:
    pretend(function, samples.STARTED)
    assert call("db", name).status == 0
    value = call("db", name, "--json").json
    assert (value["command"], value["iteration"], value["running"]) == (f"db {name}", None, True)


def test_the_world(call: Call, pretend: Pretend, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = pretend("status", samples.STATUS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("LOGNAME", "ada")
    monkeypatch.chdir(tmp_path)
    call("--project", "there", "--env", "staging", "status", "--db-url", samples.URL)
    world = fake.world
    assert world is not None
    assert world.start == tmp_path
    assert world.project == Path("there")
    assert world.environment_name == "staging"
    assert world.db_url == samples.URL
    assert world.now == datetime.fromtimestamp(1700000000, UTC)
    assert world.who.startswith("ada@")
    assert world.environment["LOGNAME"] == "ada"
    assert world.command == "dbgen --project there --env staging status --db-url ***"


def test_the_clock_is_now_without_an_epoch(
    call: Call, pretend: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = pretend("status", samples.STATUS)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC)
    call("status")
    assert fake.world is not None
    assert before <= fake.world.now <= datetime.now(UTC)


@pytest.mark.parametrize("epoch", ["soon", "9" * 30, "-" + "9" * 30])
def test_an_epoch_that_is_no_time(
    call: Call, pretend: Pretend, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    pretend("status", samples.STATUS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    ended = call("status", "--json")
    assert (ended.status, ended.json["error"]["code"]) == (2, "INPUT_INVALID")


@pytest.mark.parametrize("number", ["two", "0", "-1", "1.5", "", " 1", "1e3", "٣", "²", "9" * 5000, "+1"])
@pytest.mark.parametrize(
    "words",
    [["generate", "--iteration"], ["preview", "--iteration"], ["types", "--iteration"], ["apply", "--to"]],
)
def test_no_iteration(call: Call, pretend: Pretend, words: list[str], number: str) -> None:
    fake = pretend(words[0], samples.GENERATED)
    ended = call(*words, number, "--json")
    assert (ended.status, ended.json["error"]["code"]) == (2, "INVALID_ITERATION")
    assert "whole number from 1 up" in ended.json["error"]["message"]
    assert fake.given is None


@pytest.mark.parametrize(
    "words",
    [
        ["generate", "--phase", "0"],
        ["rollback", "--steps", "none"],
        ["rollback", "--steps", "1", "--to", "1"],
        ["--quiet", "--verbose", "status"],
        ["generate", "--jsno"],
        ["generate", "extra"],
        ["generate", "--yes=1"],
        ["generat"],
        ["db", "begin"],
        ["status", "--project", "x"],
        ["--log-format", "xml", "status"],
    ],
)
def test_wrong_calls(call: Call, pretend: Pretend, words: list[str]) -> None:
    fakes = [pretend(name, samples.GENERATED) for name in ("generate", "rollback", "status")]
    text = call(*words)
    assert (text.status, text.out) == (2, "")
    assert text.err.startswith("error[INPUT_INVALID] ")
    value = call(*words, "--json")
    assert (value.status, value.err, value.json["ok"]) == (2, "", False)
    assert value.json["error"]["code"] == "INPUT_INVALID"
    assert all(fake.given is None for fake in fakes)


def test_a_global_option_after_the_command_is_explained(call: Call) -> None:
    value = call("status", "--project", "x", "--json").json
    assert value["command"] == "status"
    assert value["error"]["message"] == "--project stands before the command"
    assert value["error"]["hint"] == "dbgen --project … status"


def test_a_misspelt_option_names_the_nearest(call: Call) -> None:
    assert "--json" in call("status", "--jsno").err


@pytest.mark.parametrize("words", [[], ["db"]])
def test_help_alone(call: Call, words: list[str]) -> None:
    ended = call(*words)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("Usage: dbgen")


def test_psql_takes_its_own_options(call: Call, pretend: Pretend, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Any] = []
    fake = pretend("psql_command", (["/opt/psql", "-c", "select 1"], {"PGPASSWORD": "s"}))
    monkeypatch.setattr("os.execvpe", lambda *words: begun.append(words))
    assert call("db", "psql", "-c", "select 1", "--json").status == 0
    assert fake.given == {"positional": (("-c", "select 1", "--json"),)}
    [(program, words, environment)] = begun
    assert (program, words) == ("/opt/psql", ["/opt/psql", "-c", "select 1"])
    assert environment["PGPASSWORD"] == "s"
    assert environment["PATH"]


def test_psql_that_is_not_there(call: Call, pretend: Pretend) -> None:
    pretend("psql_command", (["/nowhere/psql"], {}))
    ended = call("db", "psql")
    assert ended.status == 1
    assert "error[CONNECTION_ERROR] /nowhere/psql cannot be started" in ended.err
