"""The text of `generate` and `preview`: what would change and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from dbgen.cli.text import counted, facts, heading, indented, item, one, words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dbgen.cli.screen import Screen
    from dbgen.commands.results import Generated, OperationView
    from dbgen.model.requests import Notice

#: More tables than this are listed without their columns.
_READABLE = 50
_INDEX = ("CREATE INDEX", "CREATE UNIQUE INDEX")
_STYLES = {"+": "green", "~": "yellow", "-": "red"}


def show_generated(screen: Screen, result: Generated) -> None:
    """What `generate` did; the plan too, unless the person who was asked has seen it."""
    if screen.quiet:
        screen.show(words(_done(result)))
        return
    screen.show(*_recovered(f"Repaired: {line}" for line in result.repaired))
    if not result.changed:
        screen.show(words(_done(result)), *_recovered(result.recovered), *_notices(result.warnings))
        return
    if not screen.plan_shown:
        screen.show(*plan_parts(result))
    late = [notice for notice in result.warnings if notice not in screen.warned]
    told = _notices(late) if screen.plan_shown else []
    screen.show(heading(_done(result)), *_recovered(result.recovered), *_outcome(result), *told)
    screen.show(heading("Next steps"), _next_steps(result))


def show_preview(screen: Screen, result: Generated, *, sql: bool) -> None:
    """The plan as a tree; with `sql` the migration and the rollback. Quiet: one line, or the SQL alone."""
    if screen.quiet:
        if sql:
            screen.raw(result.migration_sql)
        else:
            screen.show(words(_summary(result)))
        return
    screen.show(*plan_parts(result))
    if sql and result.changed:
        _show_sql(screen, "Migration", result.migration_sql)
        _show_sql(screen, "Rollback", result.rollback_sql)
    if result.changed:
        pairs = [("dbgen generate", "make these changes")]
        if not sql:
            pairs.append(("dbgen preview --sql", "see the SQL"))
        screen.show(heading("Next steps"), facts(pairs))


def plan_parts(result: Generated) -> list[RenderableType]:
    """Header, analysis, changes, warnings and target of a plan."""
    parts: list[RenderableType] = [
        facts(
            [
                ("Modules" if len(result.modules) != 1 else "Module", ", ".join(result.modules) or "none"),
                ("Phase", str(result.phase)),
                ("Iteration", _iteration(result)),
            ],
            by=0,
        )
    ]
    if result.changed:
        parts += [heading("Schema analysis"), *_analysis(result)]
        parts += [heading(f"Planned changes: {counted(result.counts) or 'none'}")]
        parts += trees(result.operations)
    else:
        parts += [heading("No changes.")]
    if result.warnings:
        parts += [heading("Warnings" if any(map(_is_warning, result.warnings)) else "Notices")]
        parts += _notices(result.warnings)
    if result.proof:
        parts += [heading("Proof"), indented(result.proof)]
    if result.target:
        parts += ["", words(("Target: ", "bold"), result.target)]
    return parts


def trees(operations: Iterable[OperationView]) -> list[Tree]:
    """The steps by table: `+` what comes, `~` what changes, `-` what goes.

    What a table that comes is made of is listed too, unless there is more than a person reads.
    """
    groups: dict[str, list[OperationView]] = {}
    for operation in operations:
        groups.setdefault(operation.object.partition(".")[0], []).append(operation)
    return [_tree(name, steps, bodies=len(groups) <= _READABLE) for name, steps in groups.items()]


def _tree(name: str, steps: list[OperationView], *, bodies: bool) -> Tree:
    whole = next((s for s in steps if s.kind in ("create_table", "drop_table")), None)
    sign = mark(whole.kind) if whole else "~"
    label = words((f"{sign} ", _STYLES[sign]), (name, "bold"))
    if whole:
        label.append_text(words(("  the whole table" if sign == "-" else "", "dim"), *_marks(whole)))
    tree = Tree(label, guide_style="dim")
    if whole and bodies:
        for line in _body(whole.sql):
            tree.add(words((line, "dim")))
    quiet = [step for step in steps if step.kind in _LOOKING]
    for step in steps:
        if step in quiet:
            continue
        branch = tree if step is whole else tree.add(_label(step))
        for warning in step.warnings:
            branch.add(words(("! ", "yellow"), (warning, "yellow")))
    if quiet:
        number = len(quiet)
        look = f"{number} {one('steps', number)} that {'looks' if number == 1 else 'look'}"
        tree.add(words((f"{look} for kept rows, and for rows in the way, when it runs", "dim")))
    return tree


#: Steps that do nothing where nothing was kept and nothing stands in the way; `--json` lists each.
_LOOKING = frozenset(
    "restore_table restore_columns mend unmend mend_not_null unmend_not_null before_cast after_cast".split()
)


def _body(sql: str) -> Iterator[str]:
    """The lines between the parentheses of CREATE TABLE, as `script` writes it, and the indexes."""
    inside = False
    for line in sql.splitlines():
        if inside and not line.startswith(")"):
            yield line.strip().removesuffix(",")
        elif line.startswith(_INDEX):
            yield line.removeprefix("CREATE ").removesuffix(";")
        inside = line.startswith("CREATE TABLE") or (inside and not line.startswith(")"))


def _label(step: OperationView) -> Text:
    sign = mark(step.kind)
    return words((f"{sign} ", _STYLES[sign]), step.description, *_marks(step))


def mark(kind: str) -> str:
    """The sign of a kind of step."""
    if kind.startswith(("create_", "add_")):
        return "+"
    return "-" if kind.startswith("drop_") else "~"


def _marks(step: OperationView) -> list[tuple[str, str]]:
    marks = {"lossy": ("  [loses data]", "bold red"), "data-kept": ("  [rows kept]", "cyan")}
    found = [marks[step.reversibility]] if step.reversibility in marks else []
    return [*found, ("  [writes the table anew]", "yellow")] if step.rewrites else found


def _iteration(result: Generated) -> str:
    if not result.changed:
        return f"{result.iteration} (current)"
    before = result.previous_iteration
    return f"{result.iteration} (previous: {before if before else 'none'})"


def _analysis(result: Generated) -> list[RenderableType]:
    signs = [
        mark(next((s.kind for s in group if s.kind in ("create_table", "drop_table")), "alter_table"))
        for group in _by_table(result.operations)
    ]
    kinds = (("+", "new"), ("~", "changed"), ("-", "dropped"))
    touched = ", ".join(f"{signs.count(sign)} {word}" for sign, word in kinds if sign in signs)
    lines = [f"{len(signs)} {one('tables', len(signs))}: {touched}"]
    lossy = sum(step.reversibility == "lossy" for step in result.operations)
    if lossy:
        lines.append(f"{lossy} {one('steps', lossy)} whose rows or values no rollback brings back")
    entities = result.busmUpdates.get("entities")
    if entities:
        names = ", ".join(entities) if isinstance(entities, dict) else str(len(entities))
        lines.append(f"BUSM lacks something of: {names} (see .pipeline/database/busm-updates.json)")
    return [indented(line) for line in lines]


def _by_table(operations: Iterable[OperationView]) -> list[list[OperationView]]:
    def key(step: OperationView) -> str:
        return step.object.partition(".")[0]

    steps = [step for step in operations if not step.kind.endswith(("_enum", "_function", "_schema"))]
    return [list(group) for _, group in groupby(sorted(steps, key=key), key)]


def _is_warning(notice: Notice) -> bool:
    return notice.level == "warning"


def _notices(notices: Iterable[Notice]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for notice in notices:
        sign, style = ("!", "yellow") if _is_warning(notice) else ("i", "cyan")
        place = [(f" ({notice.place})", "dim")] if notice.place else []
        code = [(f"{notice.code}: ", style)] if notice.code else []
        parts.append(item(sign, style, *code, notice.message, *place))
    return parts


def _recovered(sentences: Iterable[str]) -> list[RenderableType]:
    return [item("i", "cyan", sentence) for sentence in sentences]


def _summary(result: Generated) -> str:
    if not result.changed:
        return f"No changes: iteration {result.iteration} is what the inputs say."
    return f"Iteration {result.iteration}: {counted(result.counts)}"


def _done(result: Generated) -> str:
    if not result.changed:
        return f"Nothing to do: iteration {result.iteration} is what the inputs say."
    if result.applied:
        anew = " anew" if result.redone else ""
        return f"Iteration {result.iteration} is applied{anew} to {result.target or 'the database'}."
    return f"Iteration {result.iteration} is written, not applied."


def _outcome(result: Generated) -> list[RenderableType]:
    pairs = list(result.artifacts.items())
    if result.backup:
        pairs.append(("backup", result.backup))
    return [facts(pairs)] if pairs else []


def _next_steps(result: Generated) -> RenderableType:
    first = ("dbgen status", "see where things stand")
    if not result.applied:
        first = ("dbgen apply", "bring the database up to the files")
    pairs = [first, ("dbgen rollback", f"undo iteration {result.iteration}")]
    return facts([*pairs, ("dbgen history", "see what was made when")])


def _show_sql(screen: Screen, title: str, sql: str) -> None:
    screen.show(heading(title), "")
    screen.sql(sql)
