"""What is shown of each result: as text, as JSON, quietly."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from dbgen.commands.results import EmbeddedState, Generated, History, RolledBack, Types, as_json
from dbgen.model.requests import Notice
from tests.cli import samples
from tests.cli.conftest import Call, Pretend

_PLAN = """\
Module     account-management
Phase      1
Iteration  2 (previous: 1)

Schema analysis
  3 tables: 1 new, 1 changed, 1 dropped
  1 step whose rows or values no rollback brings back
  BUSM lacks something of: Lead (see .pipeline/database/busm-updates.json)

Planned changes: 1 table, 2 columns, 1 index
+ accounts
├── id UUID NOT NULL
├── PRIMARY KEY (id)
└── INDEX idx_accounts_id ON public.accounts (id)
~ contacts
├── + add column contacts.email VARCHAR(255)
└── - drop column contacts.fax  [loses data]
    └── ! drops the values of contacts.fax
- old_things  the whole table  [rows kept]

Warnings
  ! MISSING_ENTITY: Entity 'Lead' not found in BUSM model (a.yaml:3)

Proof
  forward, back and forward again on PostgreSQL 18.4

Target: embedded PostgreSQL of this workspace
"""


def test_generate(call: Call, pretend: Pretend) -> None:
    pretend("generate", samples.GENERATED)
    shown = call("generate", "--yes").out
    assert shown.startswith(_PLAN)
    assert shown.removeprefix(_PLAN) == (
        "\nIteration 2 is applied to embedded PostgreSQL of this workspace.\n"
        "  migration  migrations/x.sql\n"
        "  types      types/x.ts\n"
        "\nNext steps\n"
        "  dbgen status    see where things stand\n"
        "  dbgen rollback  undo iteration 2\n"
        "  dbgen history   see what was made when\n"
    )


def test_generate_without_apply_says_what_is_left_to_do(call: Call, pretend: Pretend) -> None:
    pretend("generate", dataclasses.replace(samples.GENERATED, applied=False))
    shown = call("generate", "--no-apply").out
    assert "Iteration 2 is written, not applied." in shown
    assert "dbgen apply" in shown


def test_nothing_to_do(call: Call, pretend: Pretend) -> None:
    pretend("generate", samples.UNCHANGED)
    assert call("generate").out == "Nothing to do: iteration 1 is what the inputs say.\n"


def test_preview_shows_the_plan_and_both_scripts(call: Call, pretend: Pretend) -> None:
    pretend("preview", samples.GENERATED)
    assert call("preview").out.startswith(_PLAN)
    shown = call("preview", "--sql").out
    assert "\nMigration\n\nCREATE TABLE accounts ();\n" in shown
    assert "\nRollback\n\nDROP TABLE accounts;\n" in shown


def test_the_plan_of_many_tables_leaves_their_columns_to_the_sql(call: Call, pretend: Pretend) -> None:
    many = tuple(
        samples.operation("create_table", f"t{n}", f"create table t{n}", sql=samples.CREATE)
        for n in range(51)
    )
    pretend("preview", dataclasses.replace(samples.GENERATED, operations=many))
    shown = call("preview").out
    assert "+ t50" in shown
    assert "PRIMARY KEY" not in shown


@pytest.mark.parametrize(
    ("command", "words", "result", "shown"),
    [
        (
            "generate",
            [],
            samples.GENERATED,
            "Iteration 2 is applied to embedded PostgreSQL of this workspace.\n",
        ),
        ("preview", [], samples.GENERATED, "Iteration 2: 1 table, 2 columns, 1 index\n"),
        ("preview", ["--sql"], samples.GENERATED, "CREATE TABLE accounts ();\n"),
        ("apply", [], samples.APPLIED, "Iteration 2 is applied to embedded PostgreSQL.\n"),
        ("rollback", [], samples.ROLLED_BACK, "Rolled back to iteration 1.\n"),
        ("status", [], samples.STATUS, "iteration 2, database reachable, pending changes, 1 finding\n"),
        ("history", [], samples.HISTORY, "Iteration 1  account  2026-01-02, ada@host\n"),
        ("diff", [], samples.DIFFERENCE, "  - accounts: table added\n"),
        ("init", [], samples.INITIALISED, "The workspace is /home/ada/shop\n"),
        ("types", ["--stdout"], samples.TYPES, "export type Json = 'ä'\n"),
    ],
)
def test_quietly(
    call: Call, pretend: Pretend, command: str, words: list[str], result: Any, shown: str
) -> None:
    pretend(command, lambda world: (world.progress.step("work"), result)[1])
    ended = call("--quiet", command, *words)
    assert (ended.status, ended.out, ended.err) == (0, shown, "")


def test_status(call: Call, pretend: Pretend) -> None:
    pretend("status", samples.STATUS)
    assert call("status").out == (
        "Workspace       /home/ada/shop\n"
        "Iteration       2\n"
        "Target          postgresql://postgres:***@db.example.com:5432/shop\n"
        "Database        reachable, PostgreSQL 17.6, iteration 1\n"
        "Pending         1 table\n"
        "Migration       migrations/x.sql\n"
        "Still nullable  accounts.email\n"
        "\nNotices\n"
        "  i the database is 1 iteration(s) behind the files\n"
        "\nFindings\n"
        "  ! migrations/x.sql was changed after it was applied\n"
        "\nNext steps\n"
        "  dbgen apply  bring the database up to the files\n"
    )


def test_status_names_the_way_out_of_drift(call: Call, pretend: Pretend) -> None:
    pretend("status", dataclasses.replace(samples.STATUS, drifted=True))
    assert call("status").out.endswith(
        "\nNext steps\n  dbgen generate --repair-drift  bring back what differs\n"
    )


def test_status_stays_one_screen(call: Call, pretend: Pretend) -> None:
    many = tuple(f"finding {n}" for n in range(100))
    names = tuple(f"t.c{n}" for n in range(100))
    pretend("status", dataclasses.replace(samples.STATUS, findings=many, notices=many, relaxed=names))
    shown = call("status").out
    assert shown.count("\n") < 40
    assert shown.count("and 92 more") == 3


def test_checks_exit_with_3(call: Call, pretend: Pretend) -> None:
    pretend("status", samples.STATUS)
    pretend("preview", samples.GENERATED)
    assert [call("status", "--check").status, call("preview", "--check", "--json").status] == [3, 3]
    assert [call("status").status, call("preview").status] == [0, 0]
    pretend("status", dataclasses.replace(samples.STATUS, findings=()))
    pretend("preview", samples.UNCHANGED)
    assert [call("status", "--check").status, call("preview", "--check").status] == [0, 0]


def test_rollback(call: Call, pretend: Pretend) -> None:
    pretend("rollback", dataclasses.replace(samples.ROLLED_BACK, dry_run=True))
    dry = call("rollback", "--dry-run").out
    assert "Would undo, newest first:\n  iteration 2  20260102030405_iter2_account\n" in dry
    assert "Lost with it\n  ! drop table accounts\n" in dry
    assert "DROP TABLE accounts;\n" in dry
    assert "Nothing was changed." in dry
    warned = dataclasses.replace(samples.ROLLED_BACK, lost=(), warnings=(Notice("deleted rows are seen"),))
    pretend("rollback", warned)
    for more in ("--dry-run", "--yes"):
        assert "\nWarnings\n  ! deleted rows are seen\n" in call("rollback", more).out
    pretend("rollback", RolledBack(0, 0, None))
    assert call("rollback").out == "Nothing to do: this is the empty database.\n"


def test_apply(call: Call, pretend: Pretend) -> None:
    pretend("apply", samples.APPLIED)
    shown = call("apply", "--yes").out
    assert "Applied 1 iteration:\n  iteration 2" in shown
    pretend("apply", dataclasses.replace(samples.APPLIED, steps=()))
    assert call("apply").out == "Nothing to do: embedded PostgreSQL is at iteration 2.\n"


def test_history_and_diff(call: Call, pretend: Pretend) -> None:
    pretend("history", samples.HISTORY)
    assert call("history").out == (
        "Iteration 1  account  2026-01-02, ada@host\n  x.sql by dbgen 1\n  - accounts: table added\n"
    )
    pretend("history", History(0))
    assert call("history").out == "No iteration was made yet.\n"
    pretend("diff", samples.DIFFERENCE)
    assert call("diff").out == "From iteration 1 to iteration 2\n  - accounts: table added\n"
    pretend("diff", dataclasses.replace(samples.DIFFERENCE, changes=()))
    assert call("diff").out == "From iteration 1 to iteration 2\nNo difference.\n"


def test_types(call: Call, pretend: Pretend) -> None:
    pretend("types", samples.TYPES)
    assert call("types", "--stdout").out == samples.TYPES.text
    assert call("types", "--stdout", "--json").json["text"] == samples.TYPES.text
    pretend("types", Types(2, "…", "types/x.ts"))
    assert call("types").out == "Types of iteration 2: types/x.ts\n"
    assert "text" not in call("types", "--json").json


def test_db(call: Call, pretend: Pretend) -> None:
    pretend("start", samples.STARTED)
    shown = call("db", "start").out
    assert f"  {samples.STARTED.url}\n" in shown
    assert "no Data API and no auth service" in shown
    pretend("url", EmbeddedState(False, samples.STARTED.url))
    ended = call("db", "url")
    assert ended.out == f"{samples.STARTED.url}\n"
    assert "not running" in ended.err
    pretend("stop", EmbeddedState(False, note="it was not running"))
    assert call("db", "stop").out == "PostgreSQL is stopped.\n  i it was not running\n"


def test_json_is_all_of_the_result(call: Call, pretend: Pretend) -> None:
    pretend("generate", samples.GENERATED)
    value = call("generate", "--json").json
    assert value == {"ok": True, "command": "generate", **as_json(samples.GENERATED)}
    assert value["operations"][1]["object"] == "contacts.email"


def test_control_characters_do_not_reach_the_terminal(call: Call, pretend: Pretend) -> None:
    evil = "a\x1b[31m\nb\u202e"
    result = Generated(
        **{
            **{field.name: getattr(samples.GENERATED, field.name) for field in dataclasses.fields(Generated)},
            "modules": (evil,),
            "operations": (samples.operation("add_column", f"{evil}.x", evil, warnings=(evil,)),),
            "warnings": (Notice(evil, place=evil),),
            "target": evil,
        }
    )
    pretend("preview", result)
    shown = call("preview").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert shown.count("a\\x1b[31m\\nb\\u202e") == 7
