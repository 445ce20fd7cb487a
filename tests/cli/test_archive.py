"""`archive` and the options about rows, at the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dbgen.commands.context import World
from dbgen.errors import Problem, WorkError
from tests.cli import samples
from tests.cli.conftest import Call, Pretend
from tests.cli.processes import Person


def test_the_list_as_text(call: Call, pretend: Pretend) -> None:
    pretend("archive_list", samples.ARCHIVED)
    ended = call("archive", "list")
    assert ended.status == 0
    assert "   3  1,204 rows of notes" in ended.out
    assert "   4  2 values of accounts.phone" in ended.out
    assert "dbgen_archive.notes_iter2_3: iteration 2, forward, 2026-01-02, gone" in ended.out


def test_the_list_as_json(call: Call, pretend: Pretend) -> None:
    pretend("archive_list", samples.ARCHIVED)
    value = call("archive", "list", "--json").json
    assert (value["ok"], value["command"], value["iteration"]) == (True, "archive list", 2)
    assert value["entries"][1]["columns"] == ["phone"]


def test_what_the_commands_are_given(call: Call, pretend: Pretend) -> None:
    restored = pretend("archive_restore", samples.ARCHIVED)
    purged = pretend("archive_purge", samples.ARCHIVED)
    assert "1,204 of 1,204 row(s) came back to notes." in call("archive", "restore", "3", "--yes").out
    part = pretend("archive_restore", replace(samples.ARCHIVED, returned=1))
    assert "keys are taken" in call("archive", "restore", "3", "--yes").out
    assert part.given == {"yes": True, "positional": (3,)}
    assert restored.given == {"yes": True, "positional": (3,)}
    assert "2 entries purged." in call("archive", "purge", "--before", "2026-01-31", "--yes").out
    assert purged.given == {"before": date(2026, 1, 31), "yes": True}


@pytest.mark.parametrize("words", [("list", "--before", "soon"), ("restore", "x"), ("restore",)])
def test_a_wrong_call(call: Call, words: tuple[str, ...]) -> None:
    ended = call("archive", *words, "--json")
    assert (ended.status, ended.json["error"]["code"]) == (2, "INPUT_INVALID")


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (("generate", "--on-conflict", "fill"), {"on_conflict": "fill"}),
        (("generate", "--discard-data", "--no-backup"), {"discard_data": True, "backup": False}),
        (("generate", "--repair-drift"), {"repair_drift": True}),
        (("generate", "--redo"), {"redo": True}),
        (("apply", "--switch", "--on-conflict", "quarantine"), {"switch": True, "on_conflict": "quarantine"}),
        (
            ("rollback", "--on-conflict", "fill", "--discard-data"),
            {"on_conflict": "fill", "discard_data": True},
        ),
        (("status", "--restore"), {"restore": True}),
    ],
)
def test_options(call: Call, pretend: Pretend, words: tuple[str, ...], given: dict[str, object]) -> None:
    results = {
        "generate": samples.GENERATED,
        "apply": samples.APPLIED,
        "rollback": samples.ROLLED_BACK,
        "status": samples.STATUS,
    }
    fake = pretend(words[0], results[words[0]])
    call(*words)
    assert fake.given is not None
    assert given.items() <= fake.given.items()


def _conflict() -> WorkError:
    problems = [
        Problem(
            "Rows stand in the way: 2 row(s) of accounts: name is there more than once.", "--on-conflict"
        ),
        Problem("Rows stand in the way: 3 row(s) of contacts: phone is NULL.", "backfill"),
    ]
    details = {"conflicts": [{"table": "accounts", "count": 2}, {"table": "contacts", "count": 3}]}
    first = problems[0]
    return WorkError("DATA_CONFLICT", first.message, hint=first.hint, problems=problems, details=details)


def test_every_conflict_is_shown(call: Call, pretend: Pretend) -> None:
    pretend("generate", _conflict())
    ended = call("generate", "--yes")
    assert ended.status == 1
    assert ended.err.count("error[DATA_CONFLICT]") == 2
    error = call("generate", "--yes", "--json").json["error"]
    assert [one["table"] for one in error["details"]["conflicts"]] == ["accounts", "contacts"]


_ASKS = """
import dbgen.commands
from tests.cli.test_archive import _conflict
from tests.cli import samples
def generate(world, **given):
    print("chosen:", world.questions.conflict(_conflict()), flush=True)
    return samples.UNCHANGED
dbgen.commands.generate = generate
"""


def test_a_person_is_asked() -> None:
    person = Person("generate", prelude=_ASKS)
    person.waits_for("Which? (1-3)")
    assert "3 row(s) of contacts" in person.seen
    person.types("7\n3\n")
    person.waits_for("chosen: quarantine")
    assert person.leaves() == 0


@pytest.mark.parametrize("answer", ["1\n", "stop\n", "\x04"])
def test_a_person_stops(answer: str) -> None:
    person = Person("generate", prelude=_ASKS)
    person.waits_for("Which? (1-3)")
    person.types(answer)
    assert person.leaves() == 1
    assert "error[DATA_CONFLICT]" in person.seen


_LETS_GO = """
import dbgen.commands
from dbgen.errors import Declined
from tests.cli import samples
def purge(world, **given):
    if not world.questions.purge(("1,204 row(s) of notes",)):
        raise Declined
    return samples.ARCHIVED
dbgen.commands.archive_purge = purge
"""


def test_purge_names_what_goes() -> None:
    person = Person("archive", "purge", prelude=_LETS_GO)
    person.waits_for("Purge it? (y/N)")
    assert "1,204 row(s) of notes" in person.seen
    person.types("n\n")
    assert person.leaves() == 4


def test_nobody_is_asked_without_a_terminal(call: Call, pretend: Pretend) -> None:
    def discard(world: World) -> object:
        return world.questions.discard(("table notes",))

    pretend("generate", discard)
    ended = call("generate", "--discard-data", "--json")
    assert (ended.status, ended.json["error"]["code"]) == (2, "INPUT_INVALID")
