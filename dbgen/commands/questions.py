"""What a person may be asked. The base gives the silent answer: the error that names the flag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dbgen.commands.results import Generated, RolledBack, Step
from dbgen.errors import InputError, Problem, WorkError

if TYPE_CHECKING:
    from dbgen.plan import Ambiguity


class Questions:
    """Asked where a decision is a person's; this base is used where nobody is there."""

    def rename(self, ambiguity: Ambiguity, others: Sequence[Ambiguity] = ()) -> str | None:
        """Which of the candidates the old table or column is called now; None: none of them. `others` are
        still to be asked about.
        """
        problems = [_undecided(one) for one in (ambiguity, *others)]
        details = [_readings(one) for one in (ambiguity, *others)]
        raise InputError(
            "AMBIGUOUS_RENAME",
            problems[0].message,
            hint=problems[0].hint,
            problems=problems if others else (),
            details={**details[0], "all": details} if others else details[0],
        )

    def somebody(self, what: str) -> None:
        """Called before long work that ends in a question; raises where nobody is there to ask."""
        raise _needs_yes(what)

    def proceed(self, plan: Generated) -> bool:
        """Whether to apply the plan."""
        raise _needs_yes(f"apply iteration {plan.iteration}")

    def proceed_apply(self, steps: tuple[Step, ...], target: str) -> bool:
        """Whether to bring the database up to the files."""
        raise _needs_yes(f"apply {len(steps)} iteration(s) to {target}")

    def proceed_rollback(self, plan: RolledBack) -> bool:
        """Whether to undo the iterations."""
        raise _needs_yes(f"roll back to iteration {plan.iteration}")

    def apply_first(self, behind: int, target: str) -> bool:
        """Whether to bring a database up that is `behind` iterations behind the files, before generating."""
        raise WorkError(
            "STATE_MISMATCH",
            f"{target} is {behind} iteration(s) behind the files",
            hint="Run `dbgen apply` first.",
        )

    def conflict(self, error: WorkError) -> str:
        """What to do with rows that stand in the way, `fill` or `quarantine`; raises the error for `stop`."""
        raise error

    def repair(self, steps: tuple[str, ...], target: str) -> bool:
        """Whether to bring what drifted back."""
        raise _needs_yes(f"repair {len(steps)} thing(s) in {target}")

    def discard(self, what: tuple[str, ...]) -> bool:
        """Whether rows and values may go for good."""
        raise _needs_yes(f"let go for good: {', '.join(what)}")

    def restore(self, what: str) -> bool:
        """Whether something that is kept may come back by hand."""
        raise _needs_yes(f"bring back {what}")

    def purge(self, what: tuple[str, ...]) -> bool:
        """Whether what is kept may go for good."""
        raise _needs_yes(f"purge {len(what)} thing(s) from the archive")

    def add_scripts(self) -> bool:
        """Whether `init` may add scripts to package.json."""
        return False

    def target_name(self, label: str, name: str) -> str:
        """What a person types as the name of a database that is not on this machine."""
        raise InputError(
            "TARGET_UNCONFIRMED",
            f"{label} is not on this machine, and was not named",
            hint=f"Name it with --db-url or --env, or at a terminal type its name ({name}).",
        )


class Progress:
    """Told of each step of long work; this base says nothing."""

    def step(self, text: str) -> None:
        """A step begins."""


def _needs_yes(what: str) -> InputError:
    return InputError(
        "INPUT_INVALID",
        f"Nobody is there to ask whether to {what}",
        hint="Add --yes to go ahead without a question, or run it in a terminal.",
    )


def _readings(one: Ambiguity) -> dict[str, Any]:
    flags = [f"--rename {one.old_name}={name}" for name in one.candidates]
    return {"old": one.old_name, "candidates": list(one.candidates), "flags": flags}


def _undecided(one: Ambiguity) -> Problem:
    kind, flags = "Column" if one.table else "Table", _readings(one)["flags"]
    return Problem(
        f"{kind} {one.old_name} is gone and {', '.join(one.candidates)} came: renamed, or dropped and added?",
        f"Say which: {' or '.join(flags)}, or --no-renames for none.",
    )
