"""Errors as text and as JSON, and what they never show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dbgen.commands.questions import Questions
from dbgen.errors import DbgenError, Declined, InputError, Place, Problem, WorkError
from dbgen.plan import Ambiguity
from tests.cli import samples
from tests.cli.conftest import Call, Pretend

_PLACE = Place("modules/a.yaml", 3, 5, "    fieldz: x")
_SEVERAL = InputError.of(
    "INPUT_INVALID",
    [
        Problem("Unknown key 'fieldz'", "Did you mean fields?", _PLACE),
        Problem("Phase is missing", None, Place("modules/a.yaml", 1)),
    ],
)


def test_several_problems_one_after_the_other(call: Call, pretend: Pretend) -> None:
    pretend("preview", _SEVERAL)
    ended = call("preview")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == (
        "error[INPUT_INVALID] Unknown key 'fieldz'\n"
        "  --> modules/a.yaml:3:5\n"
        " 3 |     fieldz: x\n"
        "   |     ^\n"
        "  hint: Did you mean fields?\n"
        "\n"
        "error[INPUT_INVALID] Phase is missing\n"
        "  --> modules/a.yaml:1\n"
    )


def test_what_an_error_says_beside_its_first_problem(call: Call, pretend: Pretend) -> None:
    """As a rollback of several iterations says where it stopped."""
    problems = [Problem("Rows stand in the way", "Correct them"), Problem("Others too", "Correct those")]
    hint = "Correct them Stopped at iteration 2"
    pretend("rollback", WorkError("DATA_CONFLICT", problems[0].message, hint=hint, problems=problems))
    assert call("rollback", "--yes").err == (
        "error[DATA_CONFLICT] Rows stand in the way\n"
        "  hint: Correct them Stopped at iteration 2\n"
        "\n"
        "error[DATA_CONFLICT] Others too\n"
        "  hint: Correct those\n"
    )


def test_several_problems_as_json(call: Call, pretend: Pretend) -> None:
    pretend("preview", _SEVERAL)
    ended = call("preview", "--json")
    assert (ended.status, ended.err) == (2, "")
    first = {
        "message": "Unknown key 'fieldz'",
        "hint": "Did you mean fields?",
        "file": "modules/a.yaml",
        "line": 3,
        "column": 5,
    }
    second = {
        "message": "Phase is missing",
        "hint": None,
        "file": "modules/a.yaml",
        "line": 1,
        "column": None,
    }
    assert ended.json == {
        "ok": False,
        "command": "preview",
        "iteration": None,
        "error": {"code": "INPUT_INVALID", **first, "problems": [first, second]},
    }


def test_a_message_that_is_not_its_first_problem_stands_before_them(call: Call, pretend: Pretend) -> None:
    drift = WorkError("DRIFT", "The database was changed", problems=[Problem("accounts.name is gone")])
    pretend("apply", drift)
    assert (
        call("apply").err == "error[DRIFT] The database was changed\n\nerror[DRIFT] accounts.name is gone\n"
    )


@pytest.mark.parametrize(
    ("error", "status"),
    [(WorkError("LOCKED", "m"), 1), (InputError("CONFIG_INVALID", "m"), 2), (Declined("m"), 4)],
)
def test_exit_statuses(call: Call, pretend: Pretend, error: DbgenError, status: int) -> None:
    pretend("generate", error)
    assert call("generate").status == status
    ended = call("generate", "--json")
    assert (ended.status, ended.json["error"]["code"]) == (status, error.code)


def test_a_long_line_is_shown_around_its_column(call: Call, pretend: Pretend) -> None:
    line = "x" * 5000 + "HERE" + "y" * 5000
    pretend("preview", InputError("INPUT_INVALID", "m", place=Place("a.json", 1, 5001, line)))
    source, caret = call("preview").err.splitlines()[2:4]
    assert len(source) < 80
    assert source[caret.index("^") :].startswith("HERE")


def test_the_caret_stands_under_wide_and_hidden_characters(call: Call, pretend: Pretend) -> None:
    pretend("preview", InputError("INPUT_INVALID", "m", place=Place("a", 1, 4, "\t日\x1b!")))
    source, caret = call("preview").err.splitlines()[2:4]
    assert source == " 1 |     日\\x1b!"
    assert caret == "   |           ^"


def test_details_are_shown_when_asked_for(call: Call, pretend: Pretend) -> None:
    pretend("apply", WorkError("MIGRATION_FAILED", "m", details={"sqlstate": "42P01"}))
    assert "42P01" not in call("apply").err
    assert "sqlstate  42P01" in call("--verbose", "apply").err
    assert call("apply", "--json").json["error"]["details"] == {"sqlstate": "42P01"}


def test_log_format_json(call: Call, pretend: Pretend) -> None:
    def work(world: object) -> None:
        world.progress.step(f"connect to {samples.URL}")  # type: ignore[attr-defined]
        raise WorkError("LOCKED", "busy", hint="wait")

    pretend("apply", work)
    lines = [json.loads(line) for line in call("--log-format", "json", "apply").err.splitlines()]
    assert [line["level"] for line in lines] == ["info", "error"]
    assert lines[0]["message"] == "connect to postgresql://postgres:***@db.example.com:5432/shop"
    assert (lines[1]["code"], lines[1]["message"], lines[1]["hint"]) == ("LOCKED", "busy", "wait")
    assert call("--log-format=json", "generat").err.startswith('{"time"')


def test_interrupted(call: Call, pretend: Pretend) -> None:
    pretend("generate", KeyboardInterrupt())
    ended = call("generate")
    assert (ended.status, ended.out, ended.err.count("\n")) == (130, "", 1)
    ended = call("generate", "--json")
    assert (ended.status, ended.json["error"]["code"]) == (130, "INTERRUPTED")


def test_an_unexpected_exception_leaves_its_traceback_in_a_file(
    call: Call, pretend: Pretend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPABASE_ACCESS_TOKEN", "sesame-open-you")
    pretend("generate", RuntimeError(f"cannot use {samples.URL} with sesame-open-you"))
    ended = call("generate", "--db-url", samples.URL)
    assert ended.status == 1
    first, hint = ended.err.splitlines()
    assert first == "error[INTERNAL_ERROR] internal error: RuntimeError: cannot use *** with ***"
    path = Path(re.findall(r"\S+dbgen-traceback-\S+", hint)[0])
    text = path.read_text(encoding="utf-8")
    path.unlink()
    assert "Traceback (most recent call last)" in text
    assert "hunter2" not in text
    assert "sesame" not in text


def test_an_unexpected_exception_with_verbose(call: Call, pretend: Pretend) -> None:
    pretend("generate", RuntimeError("oh"))
    ended = call("--verbose", "generate")
    assert ended.err.startswith("Traceback")
    assert "traceback is in" not in ended.err
    value = call("generate", "--json").json["error"]
    Path(re.findall(r"\S+dbgen-traceback-\S+", value["hint"])[0]).unlink()
    assert value["message"] == "internal error: RuntimeError: oh"


@pytest.mark.parametrize(
    "words",
    [
        ["generate", samples.URL],
        ["generate", f"--db-urll={samples.URL}"],
        ["generate", "--iteration", samples.URL],
        ["generate", "--iteration", "password=hunter2hunter2 host=x"],
        ["generate", "--db-url", samples.URL],
    ],
)
@pytest.mark.parametrize("json_too", [False, True])
def test_a_password_on_the_command_line_is_shown_nowhere(
    call: Call, pretend: Pretend, words: list[str], json_too: bool
) -> None:
    where = Place(samples.URL, 1, 1, samples.URL)
    error = WorkError(
        "CONNECTION_ERROR", samples.URL, hint=samples.URL, place=where, details={"u": [samples.URL]}
    )
    fake = pretend("generate", error)
    for before in ([], ["--verbose"], ["--log-format=json"]):
        ended = call(*before, *words, *(["--json"] if json_too else []))
        assert ended.status in (1, 2)
        assert "hunter2" not in ended.out + ended.err
    if fake.world is not None:
        assert "hunter2" not in fake.world.command + repr(fake.world)


def test_nobody_is_asked_without_a_terminal(call: Call, pretend: Pretend) -> None:
    def work(world: object) -> object:
        questions = world.questions  # type: ignore[attr-defined]
        assert type(questions) is Questions
        return questions.rename(Ambiguity("accounts", "name", ("title", "label")))

    pretend("generate", work)
    value = call("generate", "--json").json["error"]
    assert value["code"] == "AMBIGUOUS_RENAME"
    assert value["details"]["flags"] == ["--rename accounts.name=title", "--rename accounts.name=label"]
