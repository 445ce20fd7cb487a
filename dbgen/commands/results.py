"""What the use cases give back: frozen values that the edge shows as text or as JSON, the same in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, is_dataclass
from typing import Any

from dbgen.model.requests import Notice
from dbgen.values import dataclass


def as_json(value: Any) -> Any:
    """A result as plain JSON values: dataclasses as objects, tuples as lists, keys in the order of fields."""
    if isinstance(value, (str, bool, int)) or value is None:
        return value
    if is_dataclass(value):
        return {f.name: as_json(getattr(value, f.name)) for f in fields(value) if f.repr}
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [as_json(item) for item in value]
    return value


@dataclass(frozen=True, slots=True)
class OperationView:
    """One step of the plan; `lock` is PostgreSQL's lock mode, `reversibility` as in the README."""

    kind: str
    object: str
    description: str
    sql: str
    inverse_sql: str
    reversibility: str
    lock: str
    rewrites: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generated:
    """`generate` and `preview`. `artifacts` by kind (migration, rollback, snapshot, types), relative to the
    workspace; `proof` says what was tried where; `migration_sql` and `rollback_sql` are the files' texts.
    """

    iteration: int
    previous_iteration: int
    modules: tuple[str, ...]
    phase: int
    changed: bool
    applied: bool = False
    target: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    operations: tuple[OperationView, ...] = ()
    warnings: tuple[Notice, ...] = ()
    busmUpdates: Mapping[str, Any] = field(default_factory=dict)  # the contract's key
    artifacts: Mapping[str, str] = field(default_factory=dict)
    proof: str | None = None
    recovered: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    redone: bool = False
    backup: str | None = None
    migration_sql: str = ""
    rollback_sql: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One iteration that `apply` or `rollback` did, or would do."""

    iteration: int
    migration: str
    sql: str
    description: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """`apply`: the iterations that the database got, in order; `undone` those that `--switch` took back."""

    iteration: int
    previous_iteration: int
    target: str
    steps: tuple[Step, ...] = ()
    recovered: tuple[str, ...] = ()
    undone: tuple[Step, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class RolledBack:
    """`rollback`: the iterations undone, newest first; `dry_run` when nothing was done. `warnings` are said
    before, `notices` tell what became of rows.
    """

    iteration: int
    previous_iteration: int
    target: str | None
    dry_run: bool = False
    steps: tuple[Step, ...] = ()
    lost: tuple[str, ...] = ()
    recovered: tuple[str, ...] = ()
    backup: str | None = None
    notices: tuple[Notice, ...] = ()
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """`status`: one screen. `findings` are what `--check` exits 3 for; `archive` counts what is kept;
    `drifted`: some of the findings are drift.
    """

    iteration: int
    workspace: str
    target: str
    database: str
    database_iteration: int | None
    server_version: str | None
    pending: Mapping[str, int] = field(default_factory=dict)
    pending_error: str | None = None
    artifacts: Mapping[str, str] = field(default_factory=dict)
    relaxed: tuple[str, ...] = ()
    archive: Mapping[str, int] = field(default_factory=dict)
    restored: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    recovered: tuple[str, ...] = ()
    drifted: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry of the archive: a table, columns, single values or whole rows that stood in the way."""

    id: int
    iteration: int
    direction: str
    kind: str
    table: str
    columns: tuple[str, ...]
    rows: int
    since: str
    relation: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Archived:
    """`archive list`, and what `restore` brought back or `purge` let go."""

    iteration: int
    target: str
    entries: tuple[Kept, ...] = ()
    returned: int | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Who made which iteration when, with what; `changes` in words."""

    iteration: int
    migration: str
    modules: str
    applied_at: str | None
    applied_by: str | None
    generator: str | None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """`history`, oldest first."""

    iteration: int
    entries: tuple[HistoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """`diff`: what differs between two states, in words; `old` and `new` name them."""

    iteration: int
    old: str
    new: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Types:
    """`types`: the text, and the file it was written to (None with --stdout)."""

    iteration: int
    text: str = field(repr=False)
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Initialised:
    """`init`: what was laid out, what was there already, and the scripts added to package.json."""

    workspace: str
    created: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbeddedState:
    """`db start`, `db stop`, `db url`: `url` holds the local database's password, so that it can be used."""

    running: bool
    url: str | None = None
    version: str | None = None
    note: str | None = None
