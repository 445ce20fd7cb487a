"""The throwaway database: what only PostgreSQL can judge, and the proof."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from dbgen.commands.planning import Planned
from dbgen.commands.session import Session
from dbgen.database.failures import Failure
from dbgen.errors import InputError, Place, Problem, WorkError
from dbgen.model import types
from dbgen.model.requests import Decisions
from dbgen.model.schema import Schema
from dbgen.operations.base import Operation
from dbgen.operations.policies import CreatePolicy
from dbgen.plan.adoption import foundation
from dbgen.sql import ident
from dbgen.values import dataclass

if TYPE_CHECKING:
    from dbgen.database.connection import Connection
    from dbgen.database.in_memory import Throwaway
    from dbgen.database.proof import Proof


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a proof that begins with this schema may run; it is made ready in the background."""

    before: Schema
    ready: Callable[[], Throwaway]


@contextmanager
def ground_for(session: Session, before: Schema, after: Schema, *, anew: bool = False) -> Iterator[Ground]:
    """A throwaway database for the proof of a migration from one schema to the other; `anew`: empty."""
    from dbgen.database.embedded import embedded
    from dbgen.database.in_memory import throwaway_for

    size = max(len(before.tables), len(after.tables))
    with throwaway_for(embedded(session.root), size, None if anew else before) as ready:
        yield Ground(before, ready)


def proven(
    session: Session,
    planned: Planned,
    connection: Connection | None = None,
    *,
    undo: str = "",
    ground: Ground | None = None,
    lasting: bool = False,
) -> str:
    """Runs the plan forward, back and forward again on a throwaway database; says so in a sentence. What
    that server lacks is judged on the target, behind the script that takes back what is made anew. It runs in
    the `ground` if that begins as the plan does; the next iteration's proof may begin with what a `lasting`
    one ends with.

    Raises INPUT_INVALID, with file and line, for what PostgreSQL refuses in the inputs; PROOF_FAILED.
    """
    return prove_texts(
        session,
        foundation(planned.previous.schema, planned.snapshot.schema, planned.wanted.decisions.adopted),
        planned.snapshot.schema,
        planned.migration,
        planned.rollback,
        planned,
        decisions=planned.wanted.decisions,
        target=connection,
        undo=undo,
        ground=ground,
        lasting=lasting,
    )


def prove_texts(
    session: Session,
    before: Schema,
    after: Schema,
    migration: str,
    rollback: str,
    planned: Planned | None = None,
    *,
    decisions: Decisions | None = None,
    target: Connection | None = None,
    undo: str = "",
    ground: Ground | None = None,
    lasting: bool = False,
) -> str:
    """As `proven`, for the texts of files; without `planned` a refusal is PROOF_FAILED."""
    from dbgen.database.embedded import embedded
    from dbgen.database.proof import Refused, is_lacking

    session.world.progress.step("prove it on a throwaway database: forward, back, forward")
    work = _Work(session, before, after, (migration, rollback), decisions, lasting)
    try:
        if ground is not None and ground.before == before:
            proof = work.proof(ground)
        else:
            with ground_for(session, before, after) as own:
                proof = work.proof(own)
    except Refused as refused:
        lacks = refused
    else:
        made = f", with {proof.rows} rows made for it" if proof.rows else ""
        return f"{ON_THROWAWAY} {_shown(proof.version)}{made}"
    if not is_lacking(lacks.failure) or session.target.kind == "embedded":
        raise _refused(planned, lacks.failure, lacks.table, lacks.check)
    version = embedded(session.root).version()
    lacking = f"the throwaway PostgreSQL {version} says: {lacks.failure.message}"
    if target is None:
        error = _refused(planned, lacks.failure)
        error.hint = f"{error.hint or ''} {_ELSEWHERE}".strip()
        raise error
    return _on_target(session, target, (migration, rollback, undo), planned, lacking)


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be proven."""

    session: Session
    before: Schema
    after: Schema
    texts: tuple[str, str]
    decisions: Decisions | None
    lasting: bool

    def proof(self, ground: Ground) -> Proof:
        """Raises as `prove` does; what fails with a template, only when it fails without one too."""
        from dbgen.database.proof import Refused

        there = ground.ready()
        try:
            return self._run(there)
        except (Refused, WorkError):
            if there.template is None:
                raise
        with ground_for(self.session, self.before, self.after, anew=True) as other:
            proof = self._run(other.ready())
        there.template.unlink(missing_ok=True)
        return proof

    def _run(self, there: Throwaway) -> Proof:
        from dbgen.database.connection import connect
        from dbgen.database.embedded import embedded
        from dbgen.database.proof import prove

        schemas, prepared = (self.before, self.after), there.template is not None
        with ExitStack() as stack:
            connection = stack.enter_context(connect(there.url))
            beside = stack.enter_context(connect(there.beside)) if there.beside else None
            proof = prove(
                connection,
                *schemas,
                *self.texts,
                self.decisions,
                prepared=prepared,
                beside=beside,
                lasting=self.lasting,
            )
        if self.lasting:
            there.keep(embedded(self.session.root), self.after)
        return proof


def _on_target(
    session: Session,
    connection: Connection,
    texts: tuple[str, str, str],
    planned: Planned | None,
    lacking: str,
) -> str:
    from dbgen.database.proof import Refused
    from dbgen.database.trial import try_on_target

    session.confirm_target()
    session.world.progress.step(f"try it on {session.target.label}, and roll it back")
    migration, rollback, undo = texts
    try:
        proof = try_on_target(connection, migration, rollback, undo=undo)
    except Refused as refused:
        raise _refused(planned, refused.failure) from None
    if proof is None:
        return f"nothing: {lacking}; on {session.target.label} rows stand in the way"
    where = f"{session.target.label}, PostgreSQL {_shown(proof.version)}"
    return f"{_WAYS} on {where}, in a transaction that was rolled back, because {lacking}"


def _shown(version: int) -> str:
    return f"{version // 10000}.{version % 10000}"


def needs_judge(planned: Planned) -> bool:
    """Whether the inputs hold something that only PostgreSQL can judge."""
    if planned.wanted.decisions.conversions:
        return True
    before = {table.name: table for table in planned.previous.schema.tables}
    for table in planned.snapshot.schema.tables:
        if before.get(table.name) == table:
            continue
        if any(index.where or index.method != "btree" for index in table.indexes):
            return True
        if planned.wanted.declares_policies(table.name):
            return True
        if any(_is_doubtful(column.type, column.default) for column in table.columns):
            return True
        if any(" ~ " in check.expression for check in table.checks):
            return True
    return False


#: A policy leads back to its own table (database/queries/try_policies.sql).
_CIRCLE = "DG003"
_WAYS = "forward, back and forward again"
#: How the sentence of an ordinary proof begins.
ON_THROWAWAY = f"{_WAYS} on a throwaway PostgreSQL"
_ELSEWHERE = (
    "Where the target knows it, `dbgen generate` judges it there; without the target, --no-verify leaves it "
    "unproven."
)
#: Defaults that every PostgreSQL has, and literals, which were judged when they were read.
_SURE = re.compile(r"E?'|-?\d|(?:true|false|now\(\)|gen_random_uuid\(\)|auth\.uid\(\)|CURRENT_\w+)\Z")


def _is_doubtful(kind: str, default: str | None) -> bool:
    return not types.known(kind) or (default is not None and _SURE.match(default) is None)


def _place(planned: Planned, step: Operation, failure: Failure) -> Place | None:
    """Where the inputs ask for what was refused: an index's predicate, else the step's object."""
    table, _, name = step.object.partition(".")
    said = failure.statement or ""
    for one in planned.snapshot.schema.table(table).indexes if planned.snapshot.schema.has(table) else ():
        if one.where and f"INDEX {ident(one.name)} ON" in said:
            return planned.wanted.place(table, f"where {one.where}")
    return planned.wanted.place(table, name)


def _refused(
    planned: Planned | None, failure: Failure, table: str = "", check: str = ""
) -> InputError | WorkError:
    said = failure.message.rstrip(".")
    details = failure.details()
    if planned is None:
        return WorkError("PROOF_FAILED", f"The migration fails: {said}", hint=failure.hint, details=details)
    if failure.sqlstate == _CIRCLE:
        return _circle(planned, failure)
    step = _step(planned, failure)
    place = _place(planned, step, failure) if step else None
    what = f"PostgreSQL refuses to {step.describe()}" if step else "PostgreSQL refuses the migration"
    if check:
        what, place = f"PostgreSQL refuses check {check} of {table}", planned.wanted.place(table, check)
    hint = failure.hint or failure.detail or _hint(failure, step)
    problem = Problem(f"{what}: {said}", hint, place)
    error = InputError.of("INPUT_INVALID", [problem])
    error.details = details
    return error


def _circle(planned: Planned, failure: Failure) -> InputError:
    table = planned.snapshot.schema.table(failure.table or "")
    reading = [policy.name for policy in table.policies if policy.command in ("ALL", "SELECT")]
    place = planned.wanted.policy_place(table.name, reading)
    hint = "Let the policy ask a function that is SECURITY DEFINER, and reads past policies."
    return InputError.of("INPUT_INVALID", [Problem(f"PostgreSQL: {failure.message}", hint, place)])


def _hint(failure: Failure, step: Operation | None) -> str | None:
    if failure.sqlstate in ("42804", "42846", "42883") and not isinstance(step, CreatePolicy):
        return "Say how to convert the values with `using` (and `usingBack` for the way back)."
    return None


def _step(planned: Planned, failure: Failure) -> Operation | None:
    """The step whose statement failed."""
    if failure.statement is None:
        return None
    for step in planned.plan.operations:
        if any(_bare(s.sql) in _bare(failure.statement) for s in step.statements()):
            return step
    for step in planned.plan.operations:
        clauses = [s.clause for s in step.statements() if s.clause]
        if any(clause in failure.statement for clause in clauses):
            return step
    return None


def _bare(sql: str) -> str:
    return " ".join(sql.split())
