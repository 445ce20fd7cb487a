"""The command reference, made from the command line itself: `python -m dbgen.cli.reference`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from dbgen.cli.app import build

PATH = Path(__file__).parents[2] / "docs" / "commands.md"
_INTRODUCTION = """# Commands

Made by `python -m dbgen.cli.reference`. `dbgen COMMAND --help` says the same.

Options of `dbgen` itself stand before the command: `dbgen --project DIR status`.

| exit status | means |
| --- | --- |
| 0 | done, also when there is nothing to do |
| 1 | the work failed |
| 2 | the call, the config or an input is wrong |
| 3 | `--check` found something |
| 4 | declined at the prompt |
| 130 | interrupted |

With `--json` standard output is exactly one JSON object, also on failure:
`{"ok": …, "command": …, "iteration": …, …}`, with `"error"` when `ok` is false. All else
goes to standard error. Nothing is asked with `--json`, nor where standard input is no terminal.
`NO_COLOR` is honoured.
"""


def reference() -> str:
    """The reference as Markdown."""
    command = typer.main.get_command(build())
    return "\n".join([_INTRODUCTION, *_sections(command, "dbgen")]).rstrip() + "\n"


def _sections(command: Any, path: str) -> Iterator[str]:
    group = hasattr(command, "commands")
    yield f"## `{path}`\n"
    yield inspect.cleandoc(command.help or "") + "\n"
    yield f"```\n{_usage(command, path)}\n```\n"
    rows = [_row(parameter) for parameter in command.params]
    if rows:
        yield "| option | |\n| --- | --- |\n" + "\n".join(rows) + "\n"
    if command.epilog:
        yield f"Example: `{command.epilog.removeprefix('Example: ')}`\n"
    if group:
        for name, part in command.commands.items():
            yield from _sections(part, f"{path} {name}")


def _usage(command: Any, path: str) -> str:
    arguments = [p.metavar or p.name.upper() for p in command.params if p.param_type_name == "argument"]
    tail = ["COMMAND"] if hasattr(command, "commands") else arguments
    return " ".join([path, "[OPTIONS]", *tail])


def _row(parameter: Any) -> str:
    help_text = (getattr(parameter, "help", None) or "").replace("|", "\\|")
    if parameter.param_type_name == "argument":
        return f"| `{parameter.metavar or parameter.name.upper()}` | {help_text} |"
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    value = parameter.metavar
    if value is None and parameter.name == "log_format":
        value = "text|json"
    shown = f"{names} {value}" if value else names
    return f"| `{shown.replace('|', chr(92) + '|')}` | {help_text} |"


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(reference(), encoding="utf-8")
