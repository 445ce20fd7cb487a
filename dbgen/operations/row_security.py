"""ENABLE and DISABLE ROW LEVEL SECURITY."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.operations.base import Draft, Fact, Operation
from dbgen.sql import Statement, alter_table
from dbgen.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class ChangeRowSecurity(Operation):
    """Whether a table's policies count (https://www.postgresql.org/docs/current/ddl-rowsecurity.html): while
    they do, rows that none allows are closed to all but the owner.
    """

    kind = "change_row_security"
    name: str
    new: bool

    @property
    def rank(self) -> int:  # type: ignore[override]  # it is on before policies come, and until they are gone
        return 68 if self.new else 9

    @property
    def object(self) -> str:
        return self.name

    def apply(self, draft: Draft) -> None:
        draft.tables[self.name] = replace(draft.tables[self.name], row_security=self.new)

    def inverse(self) -> Operation:
        return ChangeRowSecurity(self.name, not self.new)

    def statements(self) -> tuple[Statement, ...]:
        return (alter_table(self.name, f"{'ENABLE' if self.new else 'DISABLE'} ROW LEVEL SECURITY"),)

    def describe(self) -> str:
        return f"turn row level security of {self.name} {'on' if self.new else 'off'}"

    def counts(self) -> Mapping[str, int]:
        return {"row security settings": 1}

    def needs(self) -> Iterable[Fact]:
        return (("table", self.name), ("restored", self.name)) if self.new else ()

    def releases(self) -> Iterable[Fact]:
        return () if self.new else (("table", self.name), ("kept", self.name))
