"""A schema on its way to another (hypothesis), with the decisions taken on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from dbgen.model.requests import Decisions
from dbgen.model.schema import Schema, Table
from tests.strategies import names


@dataclass(slots=True)
class Change:
    """A schema on its way, with the decisions taken on it. `used` holds every name of a relation."""

    draw: st.DrawFn
    schema: Schema
    decisions: Decisions = field(default_factory=Decisions)

    def table(self) -> Table | None:
        return self.draw(st.sampled_from(self.schema.tables)) if self.schema.tables else None

    def relation_name(self) -> str:
        taken = {e.name for e in self.schema.enums}
        for table in self.schema.tables:
            keys = [table.primary_key] if table.primary_key else []
            taken |= {table.name, *(i.name for i in table.indexes), *(u.name for u in table.uniques)}
            taken |= {check.name for check in table.checks}
            taken |= {key.name for key in keys} | {key.name for key in table.foreign_keys}
            taken |= {f"{table.name}_{c.name}_seq"[:63] for c in table.columns if c.identity}
        return self.draw(names().filter(lambda name: name not in taken))

    def column_name(self, table: Table) -> str:
        return self.draw(names().filter(lambda name: not table.has(name)))

    def put(self, table: Table) -> None:
        self.schema = self.schema.with_table(table)
