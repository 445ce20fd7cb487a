"""What `generate` is told: what it selects, and how it goes about it."""

from __future__ import annotations

from dbgen.commands.session import Session
from dbgen.errors import InputError
from dbgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """What the call chooses: `iteration` None for the next one, `phase` None for the highest."""

    iteration: int | None = None
    module: str | None = None
    drop_modules: tuple[str, ...] = ()
    phase: int | None = None
    renames: tuple[str, ...] = ()
    no_renames: bool = False


@dataclass(frozen=True, slots=True)
class How:
    """What the call says beside the selection: see the options of `dbgen generate`."""

    yes: bool
    verify: bool
    adopt: bool
    on_conflict: str
    repair_drift: bool
    redo: bool
    discard: bool
    backup: bool


def refuse_senseless(session: Session, how: How, apply: bool) -> None:
    """Raises `InputError` for options that contradict each other or the config."""
    if not apply and (how.adopt or how.repair_drift or how.discard):
        flag = "--adopt" if how.adopt else "--repair-drift" if how.repair_drift else "--discard-data"
        raise InputError("INPUT_INVALID", f"{flag} looks at the database: it cannot go with --no-apply")
    if how.redo and how.discard:
        raise InputError(
            "INPUT_INVALID",
            "--redo keeps every row: it cannot go with --discard-data",
            hint="Roll the iteration back with `dbgen rollback --discard-data`, then generate it.",
        )
    if how.redo and not session.config.allow_rollback:
        raise InputError(
            "CONFIG_INVALID", "allowRollback is false in config/dbgen.yaml, and --redo rolls back"
        )
