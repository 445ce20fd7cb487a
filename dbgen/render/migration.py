"""Plan → the text of the migration and of the rollback script, to be read and reviewed.

Both are fixed text: no time, no target, the same for PostgreSQL 15 to 18.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dbgen.operations.base import Operation
from dbgen.operations.keeper import needed_by
from dbgen.plan import Plan
from dbgen.sql import Statement, joins, literal, merged
from dbgen.values import dataclass

_KEEPER = "-- what keeps rows: dbgen's own functions, the same in every migration that needs them"
_RELOAD = "-- let the Data API see the change\nNOTIFY pgrst, 'reload schema';"
_ORDER = (
    *("tables", "columns", "constraints", "indexes", "enums", "grants"),
    *("row security settings", "policies", "triggers", "functions"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the files say about themselves. `name` is the migration's: its file name behind the version."""

    iteration: int
    module: str
    generator: str
    name: str


def migration(plan: Plan, heading: Heading) -> str:
    """The migration file's text."""
    lines = [
        f"-- Iteration {heading.iteration} of {_line(heading.module)}, made by {heading.generator}",
        f"-- Touches {in_words(plan)}",
        f"-- {_exactness(plan)}",
    ]
    keeper = needed_by(_unguarded(plan.operations))
    parts = ["\n".join(lines), *([f"{_KEEPER}\n\n{keeper}"] if keeper else [])]
    return "\n\n".join([*parts, *_sections(plan.operations), _RELOAD]) + "\n"


def rollback(plan: Plan, heading: Heading) -> str:
    """The rollback script's text: the inverse, and the end of the iteration's rows in both ledgers.

    Run it in one transaction: `psql -v ON_ERROR_STOP=1 -1 -f rollback-iteration-2.sql`.
    """
    whole = f"iteration {heading.iteration} of {_line(heading.module)}"
    lines = [
        f"-- Rollback of {whole}, made by {heading.generator}",
        "-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE",
    ]
    guard = _guard(heading.iteration, keeps=bool(_unguarded(plan.backward)))
    farewell = _farewell(heading)
    parts = ["\n".join(lines), guard, *_sections(plan.backward), farewell, _RELOAD]
    return "\n\n".join(parts) + "\n"


def _unguarded(operations: Sequence[Operation]) -> list[str]:
    """The calls that must not be left out: without them rows would be lost."""
    return [
        one
        for operation in operations
        for statement in operation.statements()
        if not statement.guarded
        for one in statement.calls
    ]


def in_words(plan: Plan) -> str:
    """`2 tables, 9 columns, 1 index`: the objects touched, by kind."""
    counts = plan.counts
    kinds = [*_ORDER, *sorted(counts.keys() - set(_ORDER))]
    words = [f"{counts[kind]} {_singular(kind, counts[kind])}" for kind in kinds if counts[kind]]
    return ", ".join(words) or "nothing but comments"


def _singular(kind: str, count: int) -> str:
    if count != 1:
        return kind
    return {"indexes": "index", "policies": "policy"}.get(kind, kind.removesuffix("s"))


def _exactness(plan: Plan) -> str:
    inexact = plan.inexact
    if not inexact:
        return "The rollback restores everything exactly"
    listed = "; ".join(f"{_line(step.describe())} ({step.reversibility})" for step in inexact[:10])
    more = f"; and {len(inexact) - 10} more" if len(inexact) > 10 else ""
    return f"Not exact: {listed}{more}"


def _line(text: str) -> str:
    """Names may hold line ends; a comment may not."""
    return " ".join(text.split())


@dataclass(slots=True)
class _Section:
    words: list[str]
    statements: list[Statement]

    def text(self) -> str:
        comments = [f"-- {_line(words)}" for words in self.words]
        return "\n".join([*comments, *(f"{statement.sql};" for statement in merged(self.statements))])


def _sections(operations: Sequence[Operation]) -> Iterable[str]:
    """A section for each step; steps whose statements are one share a section."""
    current: _Section | None = None
    for operation in operations:
        statements = operation.statements()
        if not statements:
            continue
        if current is not None and joins(current.statements[-1], statements[0]):
            current.words.append(operation.describe())
            current.statements += statements
            continue
        if current is not None:
            yield current.text()
        current = _Section([operation.describe()], list(statements))
    if current is not None:
        yield current.text()


def _guard(iteration: int, *, keeps: bool) -> str:
    archive = """
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;"""
    return f"""-- only the last iteration can be rolled back
DO $dbgen$
BEGIN{archive if keeps else ""}
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > {iteration}) THEN
            RAISE EXCEPTION 'iteration {iteration} is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;"""


def _farewell(heading: Heading) -> str:
    name = literal(heading.name)
    return f"""-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = {heading.iteration};
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = {name};
    END IF;
END
$dbgen$;"""
