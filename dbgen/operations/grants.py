"""GRANT and REVOKE for the Data API roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model.schema import Grant
from dbgen.operations.base import Draft, Fact, Operation
from dbgen.sql import Statement, idents, literal, qualified
from dbgen.values import dataclass, replace

#: Who may come through Supabase's Data API (https://supabase.com/docs/guides/api/securing-your-api).
API_ROLES = ("anon", "authenticated", "service_role")
_ORDER = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")


def _privileges(grant: Grant) -> str:
    return ", ".join(sorted(grant.privileges, key=lambda p: (_ORDER.index(p) if p in _ORDER else 99, p)))


def grant_statements(
    table: str, old: tuple[Grant, ...], new: tuple[Grant, ...], *, fresh: bool = False
) -> list[Statement]:
    """From one set of grants to another. A `fresh` table may have been given rights by the database's
    default privileges, so all roles start from none.
    """
    before = {grant.role: grant for grant in old}
    after = {grant.role: grant for grant in new}
    changed = [role for role in before if before[role] != after.get(role)]
    losing = list(API_ROLES) if fresh else changed
    result = []
    if losing:
        result.append(Statement(f"REVOKE ALL ON TABLE {qualified(table)} FROM {idents(losing)}"))
    by_privileges: dict[str, list[str]] = {}
    for role, grant in after.items():
        if before.get(role) != grant and grant.privileges:
            by_privileges.setdefault(_privileges(grant), []).append(role)
    for privileges, roles in by_privileges.items():
        result.append(Statement(f"GRANT {privileges} ON TABLE {qualified(table)} TO {idents(roles)}"))
    return result


def sequence_closed(table: str, column: str) -> Statement:
    """No API role has rights on an identity's sequence, whatever the default privileges. PostgreSQL names it,
    and inserting needs none (https://www.postgresql.org/docs/current/ddl-identity-columns.html).
    """
    sequence = f"pg_get_serial_sequence({literal(qualified(table))}, {literal(column)})"
    return Statement(
        f"""DO $dbgen$
BEGIN
    EXECUTE 'REVOKE ALL ON SEQUENCE ' || {sequence}
        || ' FROM {idents(API_ROLES)}';
END
$dbgen$"""
    )


@dataclass(frozen=True, slots=True)
class ChangeGrants(Operation):
    """What the Data API roles may do with a table, before and after."""

    kind = "change_grants"
    rank = 70
    name: str
    old: tuple[Grant, ...]
    new: tuple[Grant, ...]

    @property
    def object(self) -> str:
        return self.name

    def apply(self, draft: Draft) -> None:
        draft.tables[self.name] = replace(draft.tables[self.name], grants=self.new)

    def inverse(self) -> Operation:
        return ChangeGrants(self.name, self.new, self.old)

    def statements(self) -> tuple[Statement, ...]:
        return tuple(grant_statements(self.name, self.old, self.new))

    def describe(self) -> str:
        roles = ", ".join(grant.role for grant in self.new) or "no API role"
        return f"grant access to {self.name} to {roles}"

    def counts(self) -> Mapping[str, int]:
        return {"grants": len(set(self.old) ^ set(self.new))}

    def needs(self) -> Iterable[Fact]:
        return (("table", self.name),)
