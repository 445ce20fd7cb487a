"""The ledger catches up with what `supabase db push` applied: the CLI's history has it, dbgen's has not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dbgen.commands.session import Session
from dbgen.errors import WorkError
from dbgen.model.schema import Schema
from dbgen.workspace.state import FilesState, load_snapshot

if TYPE_CHECKING:
    from dbgen.database.connection import Connection
    from dbgen.database.ledger import Ledger

_SHOWN = 10


def pushed(state: FilesState, ledger: Ledger) -> tuple[int, ...]:
    """The iterations that follow the ledger's last one and are in the Supabase CLI's history.

    Raises `WorkError` STATE_MISMATCH when the history has a later one without those before it.
    """
    known = set(ledger.versions)
    later = {
        migration.iteration: migration.version in known
        for migration in state.migrations
        if migration.iteration > ledger.current
    }
    found = tuple(iteration for iteration, there in later.items() if there)
    expected = tuple(range(ledger.current + 1, ledger.current + 1 + len(found)))
    if found != expected:
        missing = next(iteration for iteration in expected if iteration not in found)
        raise WorkError(
            "STATE_MISMATCH",
            f"The database's supabase_migrations.schema_migrations has iteration {found[-1]}, but not "
            f"iteration {missing}",
            hint="`supabase migration list` shows both sides; `supabase migration repair` puts a row right.",
            details={"history": list(found), "ledger": ledger.current},
        )
    return found


def caught_up(
    session: Session, connection: Connection, state: FilesState, ledger: Ledger, *, texts: bool = False
) -> Ledger:
    """The ledger after the iterations that `supabase db push` applied were entered in it, from the files.

    Each is entered only when the database holds what its snapshot says, whatever others added. Raises
    `WorkError` DRIFT, naming what differs, and STATE_MISMATCH; `InputError` TARGET_UNCONFIRMED.
    """
    from dbgen.commands.steps import file_step
    from dbgen.database.ledger import read_ledger
    from dbgen.database.recording import record_pushed

    iterations = pushed(state, ledger)
    if not iterations or not _ours(session, ledger):
        return ledger
    session.world.progress.step(f"enter what the Supabase CLI applied: iteration {_listed(iterations)}")
    session.confirm_target()
    catalogs = snapshot_catalogs(
        session, connection, [load_snapshot(session.layout, n).schema for n in iterations]
    )
    version = state.migration(iterations[-1]).version
    record_pushed(
        connection,
        [(file_step(session, state, n), catalog) for n, catalog in zip(iterations, catalogs, strict=True)],
        partial(_agree, session.target.label, iterations[-1], version, catalogs[-1]),
        workspace_id=session.identity(),
        applied_by=session.world.who,
    )
    return read_ledger(connection, texts=texts)


def notice(iterations: tuple[int, ...]) -> str:
    """What `status` says of iterations that the ledger does not have yet."""
    return (
        f"the Supabase CLI applied iteration {_listed(iterations)}: the next `dbgen generate`, `apply` or "
        "`rollback` compares it with its snapshot and enters it in dbgen's ledger"
    )


def snapshot_catalogs(session: Session, target: Connection, schemas: list[Schema]) -> tuple[Schema, ...]:
    """What PostgreSQL's catalog shows for each schema, found out on a throwaway database; on the target, in
    a transaction that is rolled back, where a schema needs what only that has.
    """
    from dbgen.database.connection import connect
    from dbgen.database.embedded import embedded
    from dbgen.database.in_memory import throwaway_for
    from dbgen.database.recording import catalogs
    from dbgen.database.trial import catalogs_on_target

    size = max((len(schema.tables) for schema in schemas), default=0)
    with throwaway_for(embedded(session.root), size) as ready, connect(ready().url) as connection:
        try:
            return catalogs(connection, schemas)
        except WorkError as error:
            if error.code != "PROOF_FAILED" or session.target.kind == "embedded":
                raise
    session.confirm_target()
    return catalogs_on_target(target, schemas)


def _ours(session: Session, ledger: Ledger) -> bool:
    """Whether the database is nobody else's; whose it is says `refuse_other_story`."""
    from dbgen.workspace.identity import read_identity

    return not ledger.rows or ledger.workspace_id == read_identity(session.layout)


def _listed(iterations: tuple[int, ...]) -> str:
    return ", ".join(map(str, iterations))


def _agree(label: str, iteration: int, version: str, expected: Schema, found: Schema) -> None:
    from dbgen.commands.words import changes_in_words
    from dbgen.database.recording import held

    differences = changes_in_words(expected, held(expected, found))
    if not differences:
        return
    more = f"; and {len(differences) - _SHOWN} more" if len(differences) > _SHOWN else ""
    raise WorkError(
        "DRIFT",
        f"The history of {label} has iteration {iteration}, but the database is not what its snapshot says: "
        f"{'; '.join(differences[:_SHOWN])}{more}",
        hint="Nothing was changed. Put right what was changed by hand; where the iteration was never "
        f"applied, `supabase migration repair --status reverted {version}` takes it out of the history.",
        details={"iteration": iteration, "differences": list(differences)},
    )
