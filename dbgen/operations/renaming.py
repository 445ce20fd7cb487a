"""What the renames of a table's children have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from dbgen.operations.base import Draft, Operation
from dbgen.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class RenameChild(Operation):
    """A child of the table `name` gets another name. Subclasses say of which `children` it is one."""

    rank = 7
    children: ClassVar[str]
    name: str
    old: str
    new: str

    @property
    def object(self) -> str:
        return f"{self.name}.{self.old}"

    def apply(self, draft: Draft) -> None:
        table = draft.tables[self.name]
        children = getattr(table, self.children)
        renamed = tuple(replace(one, name=self.new) if one.name == self.old else one for one in children)
        changes: dict[str, Any] = {self.children: renamed}
        draft.tables[self.name] = replace(table, **changes)

    def inverse(self) -> Operation:
        return type(self)(self.name, self.new, self.old)

    def counts(self) -> Mapping[str, int]:
        return {self.children: 1}
