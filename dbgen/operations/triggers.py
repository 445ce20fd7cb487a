"""CREATE TRIGGER, DROP TRIGGER, and their renames. A trigger that changes is dropped and made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model.schema import FUNCTIONS, Trigger
from dbgen.operations.base import Draft, Fact, Operation
from dbgen.operations.functions import function_fact, function_facts
from dbgen.operations.renaming import RenameChild
from dbgen.sql import Statement, ident, literal, names_in, qualified
from dbgen.values import dataclass, replace


def _on(table: str, trigger: str) -> str:
    return f"{ident(trigger)} ON {qualified(table)}"


def _words(table: str, trigger: Trigger) -> str:
    events = " or ".join(trigger.events)
    return f"trigger {trigger.name} on {table}, {trigger.timing} {events}"


def _depends(table: str, trigger: Trigger) -> Iterable[Fact]:
    yield ("table", table)
    yield function_fact(trigger.function)
    # A name that is no column's orders nothing.
    yield from sorted(("column", table, name) for name in names_in(trigger.when))
    yield from function_facts(trigger.when)


@dataclass(frozen=True, slots=True)
class CreateTrigger(Operation):
    """A trigger on a table that is already there."""

    kind = "create_trigger"
    rank = 74
    name: str
    new: Trigger

    @property
    def object(self) -> str:
        return f"{self.name}.{self.new.name}"

    def apply(self, draft: Draft) -> None:
        table = draft.tables[self.name]
        draft.tables[self.name] = replace(table, triggers=(*table.triggers, self.new))

    def inverse(self) -> Operation:
        return DropTrigger(self.name, self.new)

    def statements(self) -> tuple[Statement, ...]:
        trigger = self.new
        arguments = ", ".join(literal(argument) for argument in trigger.arguments)
        lines = [
            f"CREATE TRIGGER {ident(trigger.name)}",
            f"{trigger.timing} {' OR '.join(trigger.events)} ON {qualified(self.name)}",
            "FOR EACH ROW" if trigger.when is None else f"FOR EACH ROW WHEN ({trigger.when})",
            f"EXECUTE FUNCTION {qualified(trigger.function, FUNCTIONS)}({arguments})",
        ]
        return (Statement("\n    ".join(lines), lock="SHARE ROW EXCLUSIVE"),)

    def describe(self) -> str:
        return f"create {_words(self.name, self.new)}"

    def counts(self) -> Mapping[str, int]:
        return {"triggers": 1}

    def needs(self) -> Iterable[Fact]:
        yield from _depends(self.name, self.new)
        yield ("restored", self.name)

    def makes(self) -> Iterable[Fact]:
        return (("trigger", self.name, self.new.name),)


@dataclass(frozen=True, slots=True)
class DropTrigger(Operation):
    """The end of a trigger."""

    kind = "drop_trigger"
    rank = 8
    name: str
    old: Trigger

    @property
    def object(self) -> str:
        return f"{self.name}.{self.old.name}"

    def apply(self, draft: Draft) -> None:
        table = draft.tables[self.name]
        kept = tuple(trigger for trigger in table.triggers if trigger.name != self.old.name)
        draft.tables[self.name] = replace(table, triggers=kept)

    def inverse(self) -> Operation:
        return CreateTrigger(self.name, self.old)

    def statements(self) -> tuple[Statement, ...]:
        return (Statement(f"DROP TRIGGER {_on(self.name, self.old.name)}", lock="ACCESS EXCLUSIVE"),)

    def describe(self) -> str:
        return f"drop {_words(self.name, self.old)}"

    def counts(self) -> Mapping[str, int]:
        return {"triggers": 1}

    def removes(self) -> Iterable[Fact]:
        return (("trigger", self.name, self.old.name),)

    def releases(self) -> Iterable[Fact]:
        yield from _depends(self.name, self.old)
        yield ("kept", self.name)


@dataclass(frozen=True, slots=True)
class RenameTrigger(RenameChild):
    """ALTER TRIGGER … RENAME TO."""

    kind = "rename_trigger"
    children = "triggers"

    def statements(self) -> tuple[Statement, ...]:
        sql = f"ALTER TRIGGER {_on(self.name, self.old)} RENAME TO {ident(self.new)}"
        return (Statement(sql, lock="ACCESS EXCLUSIVE"),)

    def describe(self) -> str:
        return f"rename trigger {self.old} of {self.name} to {self.new}"
