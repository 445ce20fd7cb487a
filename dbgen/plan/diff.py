"""From one schema to the next: old, new and decisions → a Plan.

What speaks of something that is renamed steps aside. Then come renames, in the order in which they have to
run; then both sides call everything by the same names, and all other changes follow in a computed order.
"""

from __future__ import annotations

from collections import Counter

from dbgen.model.requests import Decisions
from dbgen.model.schema import Schema
from dbgen.operations.base import Moment, Operation, inverted, run, total
from dbgen.operations.tables import CreateTable, DropTable
from dbgen.plan.adoption import with_adoption
from dbgen.plan.compare import changes
from dbgen.plan.guards import stepping_aside
from dbgen.plan.keeping import with_keeping
from dbgen.plan.keyed import keyed
from dbgen.plan.order import ordered, undoing
from dbgen.plan.renames import Renames, derived_renames, rename_operations, with_room
from dbgen.plan.value_renames import renamed_in_rows, renamed_in_types
from dbgen.values import dataclass

#: Locks that one transaction holds for a table that it makes or drops, and for one that it changes:
#: table, TOAST table and index, primary key, further indexes, row and array type.
_LOCKS_FOR_TABLE = 12
_LOCKS_FOR_STEP = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps from `before` to `after`: renames first, which keep their order both ways."""

    before: Schema
    after: Schema
    renames: tuple[Operation, ...]
    changes: tuple[Operation, ...]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The steps from `before` to `after`."""
        return (*self.renames, *self.changes)

    @property
    def backward(self) -> tuple[Operation, ...]:
        """The steps from `after` to `before`."""
        return (*undoing(self.changes), *inverted(self.renames))

    @property
    def counts(self) -> Counter[str]:
        """How many objects of each kind are touched."""
        return total(self.operations)

    @property
    def inexact(self) -> tuple[Operation, ...]:
        """The steps whose inverse does not restore everything by itself."""
        return tuple(operation for operation in self.operations if operation.reversibility != "exact")

    @property
    def locks(self) -> int:
        """About how many locks the transaction holds before it commits."""
        whole = sum(isinstance(operation, (CreateTable, DropTable)) for operation in self.operations)
        return whole * _LOCKS_FOR_TABLE + (len(self.operations) - whole) * _LOCKS_FOR_STEP

    def __bool__(self) -> bool:
        return bool(self.renames or self.changes)


def make_plan(old: Schema, new: Schema, decisions: Decisions | None = None, *, iteration: int = 0) -> Plan:
    """The steps from `old` to `new`: the same for the same input, whatever order its parts came in.

    With an iteration, rows are kept, and come back with it; without one nothing is kept.
    """
    decided = decisions or Decisions()
    renames = with_room(Renames.of(decided, old), old)
    steps = [*stepping_aside(old, renames), *rename_operations(renames)]
    middle = run(steps, old) if steps else old
    difference = keyed(middle.tables, new.tables)
    named = [*derived_renames(middle, difference.changed), *renamed_in_types(decided, middle)]
    if named:
        middle = run(named, middle)
        difference = keyed(middle.tables, new.tables)
    rest = changes(middle, new, difference, decided)
    if decided.adopted:
        rest = with_adoption(rest, decided.adopted)
    if iteration:
        rest = with_keeping(rest, middle, new, iteration)
        rest += renamed_in_rows(decided, middle, Moment(iteration))
    return Plan(old, new, (*steps, *named), ordered(rest))
