"""The text of `status`, `history` and `diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dbgen.cli.text import clean, counted, facts, heading, indented, item, one, words

if TYPE_CHECKING:
    from dbgen.cli.screen import Screen
    from dbgen.commands.results import Difference, History, Status

#: More than this is no longer one screen.
_SHOWN = 8


def show_status(screen: Screen, result: Status) -> None:
    """One screen: where files and database are, what is pending, what is wrong."""
    if screen.quiet:
        screen.show(words(_in_a_line(result)))
        return
    rows: list[tuple[str, str | Text]] = [
        ("Workspace", result.workspace),
        ("Iteration", str(result.iteration) if result.iteration else "none yet"),
        ("Target", result.target),
        ("Database", _database(result)),
        ("Pending", _pending(result)),
    ]
    rows += [(f"{kind.capitalize()}", state) for kind, state in result.artifacts.items()]
    if result.relaxed:
        rows.append(("Still nullable", _few(result.relaxed)))
    if any(result.archive.values()):
        rows.append(("Archive", _archive(result)))
    screen.show(facts(rows, by=0))
    restored = tuple(f"Restored: {name}" for name in result.restored)
    lines = [("i", "cyan", line) for line in (*restored, *result.recovered, *result.notices)]
    if lines:
        screen.show(heading("Notices"), *(item(*line) for line in lines[:_SHOWN]), *_more(len(lines)))
    if result.findings:
        found = result.findings
        screen.show(heading("Findings"), *(item("!", "yellow", f) for f in found[:_SHOWN]))
        screen.show(*_more(len(found)))
    screen.show(heading("Next steps"), facts([_next(result)]))


def _archive(result: Status) -> str:
    entries, quarantined = result.archive.get("entries", 0), result.archive.get("quarantined", 0)
    rows = f", {quarantined:,} {one('rows', quarantined)} quarantined" if quarantined else ""
    return f"{entries} kept{rows}: see `dbgen archive list`"


def _in_a_line(result: Status) -> str:
    found = len(result.findings)
    pending = "pending changes" if any(result.pending.values()) else "nothing pending"
    where = f"iteration {result.iteration}"
    return (
        f"{where}, database {result.database}, {pending}, {found or 'no'} finding{'' if found == 1 else 's'}"
    )


def _database(result: Status) -> str:
    parts = [result.database]
    if result.server_version:
        parts.append(f"PostgreSQL {result.server_version}")
    if result.database_iteration is not None:
        parts.append(f"iteration {result.database_iteration}" if result.database_iteration else "empty")
    return ", ".join(parts)


def _pending(result: Status) -> str | Text:
    if result.pending_error:
        return Text(clean(result.pending_error), "red")
    return counted(result.pending) or "nothing"


def _next(result: Status) -> tuple[str, str]:
    if result.database_iteration and not result.iteration:
        return ("dbgen status --restore", "bring the files back, where they were lost")
    if result.drifted:
        return ("dbgen generate --repair-drift", "bring back what differs")
    behind = result.database_iteration is not None and result.database_iteration < result.iteration
    if behind:
        return ("dbgen apply", "bring the database up to the files")
    if any(result.pending.values()):
        return ("dbgen preview", "see the pending changes")
    return ("dbgen history", "see what was made when")


def _few(names: tuple[str, ...]) -> str:
    rest = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _more(number: int) -> list[Text]:
    return [Text(f"    and {number - _SHOWN} more: see --json", "dim")] if number > _SHOWN else []


def show_history(screen: Screen, result: History) -> None:
    """The iterations, oldest first: who, when, with what, and the changes; quiet: a line each."""
    if not result.entries:
        screen.show(words("No iteration was made yet."))
    for entry in result.entries:
        made = ", ".join(part for part in (entry.applied_at, entry.applied_by) if part) or "not applied"
        screen.show(
            words((f"Iteration {entry.iteration}", "bold"), f"  {entry.modules}", (f"  {made}", "dim"))
        )
        if screen.quiet:
            continue
        generator = f" by {entry.generator}" if entry.generator else ""
        screen.show(indented((f"{entry.migration}{generator}", "dim")))
        screen.show(*(item("-", "dim", change) for change in entry.changes))


def show_difference(screen: Screen, result: Difference) -> None:
    """What differs, a line each."""
    if not screen.quiet:
        screen.show(words((f"From {result.old} to {result.new}", "bold")))
    if not result.changes:
        screen.show(words("No difference."))
    screen.show(*(item("-", "dim", change) for change in result.changes))
