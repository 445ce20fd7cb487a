"""The text of `apply`, `rollback`, `init`, `types` and `db`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dbgen.cli.text import facts, heading, indented, item, one, words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dbgen.cli.screen import Screen
    from dbgen.commands.results import Applied, EmbeddedState, Initialised, RolledBack, Step, Types

#: Said with the embedded database's address.
NOT_SUPABASE = (
    "This is PostgreSQL alone, set up like a Supabase project: no Data API and no auth service. "
    "supabase-js needs a real project; psql, an ORM or a driver needs nothing else."
)


def step_parts(steps: Iterable[Step]) -> list[RenderableType]:
    """Iterations with what each changes."""
    parts: list[RenderableType] = []
    for step in steps:
        parts.append(indented((f"iteration {step.iteration}", "bold"), (f"  {step.migration}", "dim")))
        parts += [item("-", "dim", line, by=4) for line in step.description]
    return parts


def show_applied(screen: Screen, result: Applied) -> None:
    """What the database got."""
    number = len(result.steps)
    done = f"Iteration {result.iteration} is applied to {result.target}."
    if result.undone and not number:
        done = f"{result.target} is back at iteration {result.iteration}."
    elif not number:
        done = f"Nothing to do: {result.target} is at iteration {result.iteration}."
    if screen.quiet:
        screen.show(words(done))
        return
    screen.show(*(item("i", "cyan", sentence) for sentence in result.recovered))
    if result.undone:
        taken = len(result.undone)
        screen.show(words((f"Took back {taken} {one('iterations', taken)} of the database's own:", "bold")))
        screen.show(*step_parts(result.undone))
    if number:
        screen.show(words((f"Applied {number} {one('iterations', number)}:", "bold")))
        screen.show(*step_parts(result.steps))
    screen.show(*(item("!", "yellow", notice.message) for notice in result.notices), words(done))


def rollback_parts(result: RolledBack) -> list[RenderableType]:
    """The iterations to undo, newest first, what no later step brings back, and what to know before."""
    verb = "Would undo" if result.dry_run else "Undo"
    parts: list[RenderableType] = [words((f"{verb}, newest first:", "bold")), *step_parts(result.steps)]
    if result.lost:
        parts.append(heading("Lost with it"))
        parts += [item("!", "bold red", line) for line in result.lost]
    if result.warnings:
        parts.append(heading("Warnings"))
        parts += [item("!", "yellow", notice.message) for notice in result.warnings]
    if result.target:
        parts += ["", words(("Target: ", "bold"), result.target)]
    return parts


def show_rolled_back(screen: Screen, result: RolledBack) -> None:
    """What was undone; with --dry-run the SQL that would run."""
    done = _where(result)
    if screen.quiet:
        screen.show(words(done))
        return
    screen.show(*(item("i", "cyan", sentence) for sentence in result.recovered))
    if result.steps and not screen.plan_shown:
        screen.show(*rollback_parts(result))
    if result.dry_run:
        for step in result.steps:
            screen.show(heading(f"Rollback of iteration {step.iteration}"), "")
            screen.sql(step.sql)
    screen.show(*(item("!", "yellow", notice.message) for notice in result.notices))
    if result.backup:
        screen.show(facts([("backup", result.backup)]))
    screen.show(heading(done) if result.steps else words(done))
    if result.steps and not result.dry_run:
        screen.show(heading("Next steps"), facts([("dbgen generate", "make the iteration anew")]))


def _where(result: RolledBack) -> str:
    place = f"iteration {result.iteration}" if result.iteration else "the empty database"
    if not result.steps:
        return f"Nothing to do: this is {place}."
    if result.dry_run:
        return f"This would go back to {place}. Nothing was changed."
    return f"Rolled back to {place}."


def show_initialised(screen: Screen, result: Initialised) -> None:
    """What was laid out, and what to do next."""
    done = f"The workspace is {result.workspace}"
    if screen.quiet:
        screen.show(words(done))
        return
    for title, names in (("Created", result.created), ("Kept as they are", result.kept)):
        if names:
            screen.show(words((title, "bold")), *(indented(name) for name in names))
    if result.scripts:
        screen.show(words(("Added to package.json", "bold")), indented(", ".join(result.scripts)))
    pairs = [
        ("dbgen preview", "see what the example would make"),
        ("dbgen generate", "make it"),
        ("config/dbgen.yaml", "where the rules and the target are set"),
    ]
    screen.show(words(done), heading("Next steps"), facts(pairs))


def show_types(screen: Screen, result: Types) -> None:
    """Where the types were written or, with --stdout, the types alone."""
    if result.path is None:
        screen.raw(result.text)
    else:
        screen.show(words(f"Types of iteration {result.iteration}: {result.path}"))


def show_started(screen: Screen, result: EmbeddedState) -> None:
    """How to reach the embedded database, and what it is not."""
    if screen.quiet:
        screen.raw(f"{result.url or ''}\n")
        return
    version = f"PostgreSQL {result.version}" if result.version else "PostgreSQL"
    screen.show(words((f"{version} is running.", "bold")))
    if result.url:
        screen.raw(f"  {result.url}\n")
    if result.note:
        screen.show(item("i", "cyan", result.note))
    pairs = [
        ("dbgen db psql", "a prompt in it"),
        ("dbgen db url", "its address again, for a program"),
        ("dbgen db stop", "stop it; the data stays"),
    ]
    screen.show("", words(NOT_SUPABASE), heading("Next steps"), facts(pairs))


def show_stopped(screen: Screen, result: EmbeddedState) -> None:
    """That it is stopped."""
    screen.show(words("PostgreSQL is still running." if result.running else "PostgreSQL is stopped."))
    if result.note and not screen.quiet:
        screen.show(item("i", "cyan", result.note))


def show_url(screen: Screen, result: EmbeddedState) -> None:
    """The address alone; whether anything answers there goes to standard error."""
    screen.raw(f"{result.url or ''}\n")
    if not result.running and not screen.quiet:
        screen.note(words("It is not running; start it with `dbgen db start`."))
