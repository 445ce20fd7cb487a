"""`includeRLS`: row security on every table, and the policies that say who sees and changes which rows.

They are written as Supabase advises: `TO authenticated`, who asks looked up once a statement, no join, an
index on what they compare, one policy a command
(https://supabase.com/docs/guides/database/postgres/row-level-security#rls-performance-recommendations).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

from dbgen.inputs.naming import Namer
from dbgen.inputs.rules.access import Access, Membership, access_of
from dbgen.inputs.rules.declared import declared_policies, reads_of, replaces
from dbgen.inputs.union import Sources, United
from dbgen.inputs.world import World
from dbgen.model import types
from dbgen.model.requests import Rules
from dbgen.model.schema import FUNCTIONS, ForeignKey, Function, Index, Policy, Schema, Table
from dbgen.names import derived, from_pattern, styled
from dbgen.sql import ident, qualified
from dbgen.values import dataclass, replace

_ROLES = ("authenticated",)
#: PostgreSQL finds what this gives by index, which it does not do for `IN (SELECT …)` in a policy.
_TENANTS_OF_USER = "tenants_of_user"
_MINE = f"ANY (ARRAY(SELECT {FUNCTIONS}.{_TENANTS_OF_USER}()))"
#: Of a policy's name, the kind of access.
_NAMED = {"tenants": "tenant", "membership": "tenant"}
#: Who sees a row of these may change it.
_CHANGEABLE = ("owner", "tenant", "shared", "tenants")
#: Where a body has the workspace's own words.
_PLACE = re.compile(r"\{\{(\w+)\}\}")
#: Using and check of a command; None where it takes none.
_Clauses = dict[str, tuple[str | None, str | None]]


def guard(schema: Schema, united: United, world: World, sources: Sources, namer: Namer) -> Schema:
    """The schema with row security on every table, policies, and the indexes and the function they need.
    Mistakes and warnings go to the world.
    """
    access, membership = access_of(schema, united, world, sources)
    by_name = {table.name: table for table in schema.tables}
    declared = declared_policies(by_name, united, world)
    guards = _Guards(by_name, world.rules, access, membership, declared)
    tables = tuple(guards.guarded(table, namer) for table in schema.tables)
    return replace(schema, tables=tables, functions=(*schema.functions, *guards.functions()))


def identity(kind: str, rules: Rules) -> str:
    """Who asks, to be compared with a column of a type; looked up once a statement."""
    if rules.rls_identity == "auth.uid":
        return "(SELECT auth.uid())" if kind == "uuid" else "(SELECT auth.uid())::text"
    setting = "NULLIF((SELECT current_setting('app.user_id', true)), '')"
    base = types.base(kind)
    return setting if base in ("text", "character varying") else f"{setting}::{base}"


@dataclass(frozen=True, slots=True)
class _Guards:
    tables: Mapping[str, Table]
    rules: Rules
    access: Mapping[str, Access]
    membership: Membership | None
    declared: Mapping[str, Sequence[Policy]]

    def guarded(self, table: Table, namer: Namer) -> Table:
        """The table with its policies and the indexes that they need."""
        own = [self._with_soft_delete(table, policy) for policy in self.declared.get(table.name, ())]
        access = self.access[table.name]
        made = (
            self._policy(table, access, command, using, check)
            for command, (using, check) in self._clauses(table, access).items()
        )
        kept = [policy for policy in made if not any(replaces(one, policy) for one in own)]
        found = replace(table, row_security=True, policies=(*table.policies, *kept, *own))
        return replace(found, indexes=(*found.indexes, *self._indexes(found, access, namer)))

    def functions(self) -> tuple[Function, ...]:
        """What policies call: the tenants of whoever asks, read past the membership's own policies."""
        membership = self.membership
        if membership is None:
            return ()
        table = self.tables[membership.table]
        condition = self._is_me(table, membership.user, "m.")
        deleted = self._deleted_at(table)
        words = {
            "tenant": ident(membership.tenant),
            "membership": qualified(table.name),
            "condition": condition + (f" AND m.{ident(deleted)} IS NULL" if deleted else ""),
        }
        text = files(__package__).joinpath(f"{_TENANTS_OF_USER}.sql").read_text(encoding="utf-8")
        body = _PLACE.sub(lambda found: words[found[1]], text)
        return (
            Function(
                _TENANTS_OF_USER,
                f"SETOF {types.base(table.column(membership.tenant).type)}",
                f"\n{body}",
                volatility="STABLE",
                definer=True,
                execute=_ROLES,
                tables=(table.name,),
                comment="The tenants that whoever asks is a member of, for policies.",
            ),
        )

    def _policy(
        self, table: Table, access: Access, command: str, using: str | None, check: str | None
    ) -> Policy:
        name = derived(f"{table.name}_{command.lower()}_{_NAMED.get(access.kind, access.kind)}")
        deleted = self._deleted_at(table)
        if using is not None and deleted is not None:
            alive = f"{ident(deleted)} IS NULL"
            using = alive if using == "true" else f"{using} AND {alive}"
        reads = reads_of(self.tables, table, using, check)
        return Policy(name, command, _ROLES, using, check, reads)

    def _with_soft_delete(self, table: Table, policy: Policy) -> Policy:
        deleted = self._deleted_at(table)
        if deleted is None or policy.using is None:
            return policy
        check = policy.check
        if policy.command in ("UPDATE", "ALL"):
            check = check or policy.using
        using = f"({policy.using}) AND {ident(deleted)} IS NULL"
        return replace(policy, using=using, check=check, reads=reads_of(self.tables, table, using, check))

    def _deleted_at(self, table: Table) -> str | None:
        name = styled("deleted_at", self.rules.column_name_pattern)
        return name if self.rules.include_soft_delete and table.has(name) else None

    def _is_me(self, table: Table, column: str, alias: str = "") -> str:
        return f"{alias}{ident(column)} = {identity(table.column(column).type, self.rules)}"

    def _changing(self, table: Table, access: Access, alias: str = "") -> str:
        """Who may change a row of a table that has an owner or a tenant."""
        own = self._is_me(table, access.owner, alias) if access.owner else ""
        member = f"{alias}{ident(access.tenant)} = {_MINE}" if access.tenant else ""
        return f"({own} OR {member})" if own and member else own or member

    def _clauses(self, table: Table, access: Access) -> _Clauses:
        if access.kind == "closed":
            return {}
        if access.kind == "reference":
            return {"SELECT": ("true", None)}
        if access.ends:
            return self._through_ends(table, access)
        own = self._is_me(table, access.owner) if access.owner else ""
        member = f"{ident(access.tenant)} = {_MINE}" if access.tenant else ""
        either = self._changing(table, access)
        match access.kind:
            case "shared":
                return _shared(own, member, access, nullable=table.column(access.tenant or "").nullable)
            case "tenants":
                found: _Clauses = {"SELECT": (either, None), "UPDATE": (either, either)}
                return found | {"INSERT": (None, own), "DELETE": (own, None)} if own else found
            case "membership":
                return {"SELECT": (member, None)}
            case _:
                return _all(either)

    def _through_ends(self, table: Table, access: Access) -> _Clauses:
        """Who sees all ends sees the row; where he may also change one of them he may change the row."""
        if not self._is_open(table.name):
            return {}
        seen = " AND ".join(self._sees(table, one) for one in access.ends)
        if self._is_changeable(table.name):
            return _all(seen)
        changed = [
            self._sees(table, one, own) for one in access.ends if (own := self._changes_end(table, one))
        ]
        if not changed:
            return {"SELECT": (seen, None)}
        either = changed[0] if len(access.ends) == 1 else f"{seen} AND ({' OR '.join(changed)})"
        return {**_all(either), "SELECT": (seen, None)}

    def _sees(self, table: Table, end: ForeignKey, more: str = "") -> str:
        """Whether the row's end is there for whoever asks: PostgreSQL applies the end's own policies."""
        if not end.inside:
            return self._is_me(table, end.columns[0])
        alias = _alias(table)
        there = f"{alias}.{ident(end.target_columns[0])} = {ident(table.name)}.{ident(end.columns[0])}"
        also = f" AND {more}" if more else ""
        return f"EXISTS (SELECT 1 FROM {qualified(end.target)} AS {alias} WHERE {there}{also})"

    def _changes_end(self, table: Table, end: ForeignKey) -> str:
        """Who may change an end that a module lets others read, too."""
        access = self.access[end.target] if end.inside else None
        if access is None or access.kind not in _CHANGEABLE or not self._reads_otherwise(end.target):
            return ""
        return self._changing(self.tables[end.target], access, f"{_alias(table)}.")

    def _reads_otherwise(self, name: str) -> bool:
        """Whether a module says who reads the table."""
        return any(policy.command in ("ALL", "SELECT") for policy in self.declared.get(name, ()))

    def _is_open(self, name: str, seen: tuple[str, ...] = ()) -> bool:
        """Whether anybody who is signed in may see rows of the table."""
        access = self.access[name]
        if self._reads_otherwise(name):
            return True
        ends = [one.target for one in access.ends if one.inside]
        return (
            access.kind != "closed"
            and name not in seen
            and all(self._is_open(e, (*seen, name)) for e in ends)
        )

    def _is_changeable(self, name: str) -> bool:
        """Whether who sees a row of an open table may change it."""
        access = self.access[name]
        if self._reads_otherwise(name):
            return False
        return access.kind in _CHANGEABLE or any(
            not one.inside or self._is_changeable(one.target) for one in access.ends
        )

    def _indexes(self, table: Table, access: Access, namer: Namer) -> list[Index]:
        """An index for each column that the policies compare, where none begins with it."""
        wanted = {access.owner, access.tenant, *(key.columns[0] for key in access.ends)}
        found = []
        for column in sorted(name for name in wanted if name is not None):
            if not _leads(table, column):
                name = from_pattern(self.rules.index_name_pattern, table.name, (column,))
                identity = "\0".join((table.name, column, "policy"))
                found.append(Index(namer.relation(name, table.name, identity), (column,)))
        return found


def _alias(table: Table) -> str:
    """What a table is called in a policy of another, which it must not be called."""
    return "e" if table.name != "e" else "f"


def _all(condition: str) -> _Clauses:
    return {
        "SELECT": (condition, None),
        "INSERT": (None, condition),
        "UPDATE": (condition, condition),
        "DELETE": (condition, None),
    }


def _shared(own: str, member: str, access: Access, *, nullable: bool) -> _Clauses:
    """A row is its owner's and its tenant's; whoever writes it leaves it in a tenant of his."""
    either = f"({own} OR {member})"
    nobodys = f"{ident(access.tenant or '')} IS NULL"
    inserted = f"{own} AND ({member} OR {nobodys})" if nullable else f"{own} AND {member}"
    updated = f"({member} OR ({nobodys} AND {own}))" if nullable else member
    return {
        "SELECT": (either, None),
        "INSERT": (None, inserted),
        "UPDATE": (either, updated),
        "DELETE": (either, None),
    }


def _leads(table: Table, column: str) -> bool:
    """Whether an index over all rows begins with the column."""
    keys = [table.primary_key.columns] if table.primary_key is not None else []
    keys += [unique.columns for unique in table.uniques]
    keys += [one.columns for one in table.indexes if _is_plain(one)]
    return any(columns[0] == column for columns in keys)


def _is_plain(index: Index) -> bool:
    return index.method == "btree" and index.where is None and index.expression is None
