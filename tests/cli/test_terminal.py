"""A person at a terminal: questions, answers, colours, width."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.cli.processes import Person

_FAKES = """
from dataclasses import replace

import dbgen.commands as commands
from dbgen.errors import Declined
from dbgen.model.requests import Notice
from dbgen.plan import Ambiguity
from tests.cli import samples

def generate(world, **given):
    world.progress.step("read the inputs")
    if not given["yes"] and not world.questions.proceed(samples.GENERATED):
        raise Declined
    world.progress.step("apply iteration 2")
    late = Notice("accounts.phone stays", code="STAYS_KEPT")
    return replace(samples.GENERATED, warnings=(*samples.GENERATED.warnings, late))

def rollback(world, **given):
    if not world.questions.proceed_rollback(samples.ROLLED_BACK):
        raise Declined
    return samples.ROLLED_BACK

def apply(world, **given):
    if not world.questions.apply_first(2, "shop"):
        raise Declined
    if not world.questions.proceed_apply(samples.APPLIED.steps, "shop"):
        raise Declined
    if world.questions.target_name("shop at example.com", "shop") != "shop":
        raise Declined("another name")
    return samples.APPLIED

def preview(world, **given):
    name = world.questions.rename(Ambiguity("accounts", "name", ("title", "label")))
    print("ANSWER", name)
    return samples.GENERATED

def init(world, **given):
    print("ANSWER", world.questions.add_scripts())
    return samples.INITIALISED

for function in (generate, rollback, apply, preview, init):
    setattr(commands, function.__name__, function)
"""


def person(*arguments: str, **others: object) -> Person:
    return Person(*arguments, prelude=_FAKES, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize("answer", ["y\n", "Y\n", "yes\n", " y \n"])
def test_accepting(answer: str) -> None:
    ada = person("generate")
    ada.waits_for("Proceed? (y/N)")
    assert "Target: embedded PostgreSQL" in ada.seen
    ada.types(answer)
    assert ada.leaves() == 0
    assert ada.seen.count("Schema analysis") == 1
    assert ada.seen.index("> apply iteration 2") < ada.seen.index("Iteration 2 is applied")
    assert ada.seen.index("Iteration 2 is applied") < ada.seen.index("STAYS_KEPT: accounts.phone stays")


@pytest.mark.parametrize("answer", ["\n", "n\n", "maybe\n", "\x04"])
def test_declining(answer: str) -> None:
    ada = person("generate")
    ada.waits_for("Proceed? (y/N)")
    ada.types(answer)
    assert ada.leaves() == 4
    assert "Nothing was changed." in ada.seen
    assert "Traceback" not in ada.seen


def test_control_c_at_the_prompt() -> None:
    ada = person("generate")
    ada.waits_for("Proceed? (y/N)")
    ada.types("\x03")
    assert ada.leaves() == 130
    rest = ada.seen.partition("Proceed? (y/N)")[2]
    assert "Traceback" not in rest
    assert (
        rest.strip().removeprefix("^C").strip()
        == "Interrupted. The next run finishes or undoes what had begun."
    )


def test_no_question_with_yes_nor_with_json() -> None:
    ada = person("generate", "--yes")
    assert ada.leaves() == 0
    assert "Proceed?" not in ada.seen
    ada = person("generate", "--json")
    assert ada.leaves() == 2
    assert '"code": "INPUT_INVALID"' in ada.seen
    assert "Proceed?" not in ada.seen


def test_the_plan_is_shown_to_who_is_asked_even_quietly() -> None:
    ada = person("--quiet", "generate")
    ada.waits_for("Proceed? (y/N)")
    assert "drop column contacts.fax" in ada.seen
    ada.types("y\n")
    assert ada.leaves() == 0
    assert ada.seen.endswith("Iteration 2 is applied to embedded PostgreSQL of this workspace.\n")


@pytest.mark.parametrize(
    ("typed", "answer"), [("1\n", "title"), ("2\n", "label"), ("3\n", "None"), ("0\n9\nx\nlabel\n", "label")]
)
def test_renames(typed: str, answer: str) -> None:
    ada = person("preview")
    ada.waits_for("Which? (1-3)")
    assert "Column accounts.name is gone. Was it renamed?" in ada.seen
    assert "3) none: drop accounts.name and add what came to the table" in ada.seen
    ada.types(typed)
    assert ada.leaves() == 0
    assert f"ANSWER {answer}\n" in ada.seen


def test_a_rename_left_open_names_the_flags() -> None:
    ada = person("preview")
    ada.waits_for("Which? (1-3)")
    ada.types("\x04")
    assert ada.leaves() == 2
    assert "--rename accounts.name=title" in ada.seen


def test_apply_first_then_name_the_target() -> None:
    ada = person("apply")
    ada.waits_for("Apply them first? (y/N)")
    assert "shop is 2 iterations behind the files." in ada.seen
    ada.types("y\n")
    ada.waits_for("Proceed? (y/N)")
    ada.types("y\n")
    ada.waits_for("Type the name of its database (shop) to go ahead:")
    ada.types("shop\n")
    assert ada.leaves() == 0


def test_rollback_says_what_goes() -> None:
    ada = person("rollback")
    ada.waits_for("Proceed? (y/N)")
    assert "Lost with it" in ada.seen
    ada.types("n\n")
    assert ada.leaves() == 4


def test_scripts() -> None:
    ada = person("init")
    ada.waits_for("to package.json? (y/N)")
    ada.types("y\n")
    assert ada.leaves() == 0
    assert "ANSWER True" in ada.seen


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_nothing_is_wider_than_the_terminal(columns: int) -> None:
    ada = person("generate", "--yes", columns=columns)
    ada.leaves()
    assert max(map(len, ada.seen.splitlines())) <= columns


def test_colours_and_no_colours() -> None:
    for variables, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        ada = person("generate", "--yes", variables=variables)
        assert ada.leaves() == 0
        assert ("\x1b[3" in ada.raw) is coloured, variables
    ada = person("generate", "--yes", variables={"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert ada.leaves() == 0
    assert ada.raw.isascii()
    assert "+-- id UUID NOT NULL" in ada.seen


def test_sql_in_colour() -> None:
    prelude = _FAKES + "\ncommands.preview = lambda world, **given: samples.GENERATED\n"
    for variables, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        ada = Person("preview", "--sql", prelude=prelude, variables=variables)
        assert ada.leaves() == 0
        assert "CREATE TABLE accounts ();" in ada.seen
        assert ("CREATE TABLE accounts ();" not in ada.raw) is coloured


def test_a_termination_ends_as_an_interruption_does() -> None:
    prelude = "import time, dbgen.commands\ndef work(world, **given):\n"
    # many short sleeps: a signal that comes just before a sleep begins is seen when the sleep ends
    prelude += "  try:\n    world.progress.step('busy')\n    for _ in range(3000): time.sleep(0.01)\n"
    prelude += "  finally: print('UNDONE', flush=True)\n"
    prelude += "dbgen.commands.generate = work\n"
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        ada = Person("generate", prelude=prelude)
        ada.waits_for("> busy")
        began = time.monotonic()
        os.kill(ada.process, number)
        assert ada.leaves() == 130
        assert time.monotonic() - began < 10
        assert "UNDONE" in ada.seen
        assert "Traceback" not in ada.seen
