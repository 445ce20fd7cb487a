"""Names of keys, indexes and constraints: derived, and told apart where two derivations meet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from dbgen.names import MAX_BYTES, derived


class Namer:
    """Hands out names of one schema. Indexes, keys and tables share one space, a table's constraints another
    (https://www.postgresql.org/docs/current/ddl-schemas.html).
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._relations = set(taken)
        self._constraints: set[tuple[str, str]] = set()

    def relation(self, name: str, table: str, identity: str) -> str:
        """The name of an index, or of a key or unique constraint that has one."""
        free = self._free(
            name, identity, lambda one: one in self._relations or (table, one) in self._constraints
        )
        self._relations.add(free)
        self._constraints.add((table, free))
        return free

    def constraint(self, name: str, table: str, identity: str) -> str:
        """The name of a check or foreign key."""
        free = self._free(name, identity, lambda one: (table, one) in self._constraints)
        self._constraints.add((table, free))
        return free

    @staticmethod
    def _free(name: str, identity: str, taken: object) -> str:
        assert callable(taken)
        if not taken(name):
            return name
        digest = hashlib.sha256(identity.encode()).hexdigest()[:8]
        head = name.encode()[: MAX_BYTES - 9].decode(errors="ignore")
        return derived(f"{head}_{digest}")
