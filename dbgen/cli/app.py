"""The command line as typer sees it: every command with its example."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from dbgen import __version__
from dbgen.cli import archive, begin, generate, look, move
from dbgen.cli.calls import Globals, LogFormat
from dbgen.errors import InputError

#: In the order of `--help`. Each example is a call that a reader can copy.
COMMANDS: tuple[tuple[Callable[..., Any], str, str], ...] = (
    (begin.init, "init", "dbgen --project my-prototype init"),
    (generate.generate, "generate", "dbgen generate --rename accounts.name=display_name"),
    (generate.preview, "preview", "dbgen preview --sql --module account-management"),
    (move.apply, "apply", "dbgen --env staging apply --to 3"),
    (move.rollback, "rollback", "dbgen rollback --steps 2 --dry-run"),
    (look.status, "status", "dbgen status --check"),
    (look.history, "history", "dbgen history --json"),
    (look.diff, "diff", "dbgen diff 1 3"),
    (look.types, "types", "dbgen types --stdout > src/database.types.ts"),
)
DB_COMMANDS: tuple[tuple[Callable[..., Any], str, str], ...] = (
    (begin.start, "start", "dbgen db start"),
    (begin.stop, "stop", "dbgen db stop"),
    (begin.url, "url", 'DATABASE_URL="$(dbgen db url)" npm run dev'),
    (begin.psql, "psql", 'dbgen db psql -c "select * from accounts"'),
)
ARCHIVE_COMMANDS: tuple[tuple[Callable[..., Any], str, str], ...] = (
    (archive.list_kept, "list", "dbgen archive list --before 2026-01-01"),
    (archive.restore, "restore", "dbgen archive restore 4"),
    (archive.purge, "purge", "dbgen archive purge --before 2026-01-01"),
)
#: Commands that have commands.
GROUPS = {"archive": ARCHIVE_COMMANDS, "db": DB_COMMANDS}
_HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
#: psql's own options are none of ours.
_HANDED_ON = {**_HELP, "ignore_unknown_options": True, "allow_interspersed_args": False}


def build(only: str | None = None) -> typer.Typer:
    """The command line: the whole, or of the commands and groups that one alone, which takes less to set up.

    Plain help: it is quick, and reads the same everywhere.
    """
    app = typer.Typer(name="dbgen", rich_markup_mode=None, context_settings=_HELP)
    app.callback(invoke_without_command=True, epilog="Example: dbgen init && dbgen generate")(_top)
    for function, name, example in (one for one in COMMANDS if only in (None, one[1])):
        app.command(name, epilog=f"Example: {example}", context_settings=_HELP)(function)
    for name, group in (("archive", _archive_commands), ("db", _db_commands)):
        if only in (None, name):
            app.add_typer(group(), name=name)
    return app


def _archive_commands() -> typer.Typer:
    kept = typer.Typer(rich_markup_mode=None, context_settings=_HELP)
    kept.callback(invoke_without_command=True, epilog="Example: dbgen archive list")(_archive)
    for function, name, example in ARCHIVE_COMMANDS:
        kept.command(name, epilog=f"Example: {example}", context_settings=_HELP)(function)
    return kept


def _db_commands() -> typer.Typer:
    db = typer.Typer(rich_markup_mode=None, context_settings=_HELP)
    db.callback(invoke_without_command=True, epilog="Example: dbgen db start")(_db)
    for function, name, example in DB_COMMANDS:
        settings = _HANDED_ON if name == "psql" else _HELP
        db.command(name, epilog=f"Example: {example}", context_settings=settings)(function)
    return db


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"dbgen {__version__}")
        raise typer.Exit


def _top(
    context: typer.Context,
    project: Annotated[
        Path | None, typer.Option("--project", metavar="DIR", help="The workspace; default: found upwards.")
    ] = None,
    env: Annotated[
        str | None, typer.Option("--env", metavar="NAME", help="An environment of the config.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Errors and the result alone.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Times and details too.")] = False,
    log_format: Annotated[
        LogFormat,
        typer.Option(
            "--log-format", show_default=False, help="How steps and errors are written; default: text."
        ),
    ] = LogFormat.text,
    version: Annotated[  # noqa: ARG001 - its callback has done all
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Migrations, rollbacks and types for Supabase prototypes, from a model."""
    if quiet and verbose:
        raise InputError("INPUT_INVALID", "--quiet and --verbose contradict each other: give one of them")
    context.obj = Globals(project, env, quiet, verbose, log_format)
    _help_alone(context)


def _archive(context: typer.Context) -> None:
    """List, bring back and purge rows that are kept."""
    _help_alone(context)


def _db(context: typer.Context) -> None:
    """Start, stop and use the embedded database.

    It is PostgreSQL alone, set up like a Supabase project: no Data API, no auth
    service.
    """
    _help_alone(context)


def _help_alone(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
