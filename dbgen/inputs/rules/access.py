"""Whose the rows of each table are: what the marks, the rules' names and the foreign keys say together."""

from __future__ import annotations

from dbgen import names
from dbgen.errors import Problem
from dbgen.inputs.problems import Path, Source, did_you_mean
from dbgen.inputs.union import Sources, United, UnitedEntity
from dbgen.inputs.world import World
from dbgen.model import types
from dbgen.model.requests import AUTH_USERS, Reference
from dbgen.model.schema import ForeignKey, Schema, Table
from dbgen.values import dataclass

#: What an id can be compared with: `auth.uid()` is a uuid, `app.user_id` whatever the application sets.
_IDS = {
    "auth.uid": ("uuid", "text", "character varying"),
    "app.user_id": ("uuid", "text", "character varying", "bigint", "integer", "smallint"),
}
_USERS = "user"


@dataclass(frozen=True, slots=True)
class Access:
    """How a table is guarded. `kind` is `owner` (the column `owner` names who), `tenant` (members of the one
    that the column `tenant` names), `shared` (both), `tenants` (the tenants' own table), `membership`,
    `parent` (as the row that the column `owner` points to), `junction` (through its ends), `reference` (read
    by all who are signed in) or `closed`. `ends`: the foreign keys that a parent's or junction's go through.
    """

    kind: str
    owner: str | None = None
    tenant: str | None = None
    ends: tuple[ForeignKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """Who belongs to which tenant: the columns of `table`; `tenants` is the tenants' own table."""

    table: str
    user: str
    tenant: str
    tenants: str | None = None


CLOSED = Access("closed")


def access_of(
    schema: Schema, united: United, world: World, sources: Sources
) -> tuple[dict[str, Access], Membership | None]:
    """Each table's access, and the membership where a table has a tenant. Mistakes go to the world."""
    return _Decider(schema, united, world, sources).run()


class _Decider:
    def __init__(self, schema: Schema, united: United, world: World, sources: Sources) -> None:
        self._tables = {table.name: table for table in schema.tables}
        self._united = united
        self._world = world
        self._sources = sources
        self._by_table = {one.table: one for one in united.entities.values()}
        users = united.entities.get(_USERS)
        self._users = users.table if users is not None and len(users.key) == 1 else None
        self._owners: dict[str, str] = {}
        self._tenants: dict[str, str] = {}
        self._parents: dict[str, ForeignKey] = {}

    def run(self) -> tuple[dict[str, Access], Membership | None]:
        self._refuse_unknown()
        for table in self._tables.values():
            owner = self._named(table, "owner", self._world.rules.rls_owner)
            tenant = self._named(table, "tenant", self._world.rules.rls_tenant)
            if owner is not None:
                self._own(table, owner)
            if tenant is not None:
                self._tenants[table.name] = tenant
            key = _only_key(table)
            if owner is None and table.name == self._users and key and self._is_id(table, key, said=False):
                self._owners[table.name] = key
        membership = self._membership() if self._tenants else None
        return {table.name: self._access(table, membership) for table in self._tables.values()}, membership

    def _own(self, table: Table, owner: str) -> None:
        keys = (key for key in table.foreign_keys if key.columns == (owner,) and not self._says_user(key))
        parent = next(keys, None)
        one = self._by_table.get(table.name)
        wish = one.references.get((owner,)) if one is not None else None
        if parent is not None:
            self._parents[table.name] = parent
        elif wish is not None and not self._wants_user(wish[0]):
            return  # What the row belongs to has no table yet.
        elif self._is_id(table, owner, said=True):
            self._owners[table.name] = owner

    def _refuse_circle(self, name: str, tenant: str | None) -> None:
        """Notes a row whose owner is, in the end, itself, and one that has a tenant beside its parent."""
        seen = [name]
        while (key := self._parents.get(seen[-1])) is not None and key.target not in seen:
            seen.append(key.target)
        column = self._parents[name].columns[0]
        if key is not None and key.target == name:
            self._bad(name, column, f"{name}.{column} is marked owner, and the owner is {name} again")
        if tenant is not None:
            said = f"{name}.{column} is marked owner and points to {self._parents[name].target}"
            self._bad(name, column, f"{said}, so {name}.{tenant} says nothing: mark one of them")

    def _refuse_unknown(self) -> None:
        rules = self._world.rules
        for rule, name in (("rls_owner", rules.rls_owner), ("rls_tenant", rules.rls_tenant)):
            columns = sorted({column.name for table in self._tables.values() for column in table.columns})
            if name and self._world.column(name) not in columns:
                self._bad_rule(rule, f"names {name}, which no entity has", did_you_mean(name, columns))

    def _bad_rule(self, rule: str, message: str, hint: str | None) -> None:
        first, *rest = rule.split("_")
        written = first + "".join(part.capitalize() for part in rest)
        place = self._world.rule_places.get(rule)
        self._world.problems.found.append(Problem(f"prototype.rules.{written} {message}", hint, place))

    def _bad(self, table: str, column: str, message: str, hint: str | None = None) -> None:
        one = self._by_table.get(table)
        module = one.fields[column][1] if one is not None and column in one.fields else ""
        module = module or (one.module if one is not None else "")
        source, path = (
            self._sources.get((module, table, column)) or self._sources.get((module, table, "")) or (None, ())
        )
        self._world.problems.add(message, source, path, hint)

    def _named(self, table: Table, mark: str, rule: str) -> str | None:
        """The column that is marked, else the one that the rule names."""
        one = self._by_table.get(table.name)
        marked = _marked(one, mark) if one is not None else []
        if len(marked) > 1:
            message = f"{table.name} has two fields marked {mark}: {' and '.join(marked[:2])}"
            self._bad(table.name, marked[1], message)
        if marked:
            return marked[0]
        column = self._world.column(rule) if rule else ""
        return column if table.has(column) else None

    def _is_id(self, table: Table, column: str, *, said: bool) -> bool:
        """Whether the column can hold who asks; a mistake where it is `said` that it does."""
        identity = self._world.rules.rls_identity
        kind = table.column(column).type
        if types.base(kind) in _IDS[identity] and not types.is_array(kind):
            return True
        if said:
            message = f"{table.name}.{column} is {types.written(kind)}, and {identity} is no such value"
            known = ", ".join(types.written(one) for one in _IDS[identity])
            self._bad(table.name, column, message, f"An owner's column is one of {known}.")
        return False

    def _user_keys(self, table: Table) -> list[str]:
        """The columns that reference a user, also where no module makes a table of users."""
        one = self._by_table.get(table.name)
        if one is not None:
            wishes = (wish for wish, _ in one.references.values() if self._wants_user(wish))
            found = [wish.columns[0] for wish in wishes if table.has(wish.columns[0])]
        else:
            found = [key.columns[0] for key in table.foreign_keys if self._says_user(key)]
        return sorted(column for column in found if self._is_id(table, column, said=False))

    def _says_user(self, key: ForeignKey) -> bool:
        if not key.inside:
            return key.target == "users"
        users = self._united.entities.get(_USERS)
        return users is not None and key.target == self._users and key.target_columns == users.key

    def _wants_user(self, wish: Reference) -> bool:
        users = self._united.entities.get(_USERS)
        by_key = not wish.to_columns or users is None or wish.to_columns == users.key
        return wish.to == AUTH_USERS or (names.key(wish.to) == _USERS and by_key)

    def _membership(self) -> Membership | None:
        name = self._world.rules.rls_membership
        entity = self._united.entities.get(names.key(name))
        called = entity.table if entity is not None else name
        if called not in self._tables:
            self._refuse_lone_tenant(name)
            return None
        table = self._tables[called]
        user = self._owners.get(called) or next(iter(self._user_keys(table)), None)
        shared = sorted(set(self._tenants.values()) & {column.name for column in table.columns})
        tenant = self._tenants.get(called) or next(iter(shared), None)
        if user is None or tenant is None or user == tenant:
            what = "references User" if user is None else "names the tenant"
            self._bad(called, "", f"{called} says who belongs to which tenant, and none of its fields {what}")
            return None
        tenants = next((k.target for k in table.foreign_keys if k.columns == (tenant,) and k.inside), None)
        self._refuse_others(table, tenant, tenants)
        return Membership(called, user, tenant, tenants)

    def _refuse_lone_tenant(self, membership: str) -> None:
        table, column = min(self._tenants.items())
        said = f"{table}.{column} names a tenant"
        if "rls_membership" in self._world.rule_places:
            known = [one.entity for one in self._united.entities.values()]
            hint = did_you_mean(membership, known)
            self._bad_rule("rls_membership", f"names {membership}, which is no entity, and {said}", hint)
        else:
            hint = "Name the entity that says who belongs to which tenant with the rule rlsMembership."
            self._bad(table, column, f"{said}, and there is no entity {membership}", hint)

    def _refuse_others(self, membership: Table, tenant: str, tenants: str | None) -> None:
        """Notes the tenants' columns that name something else than the membership does."""
        kind = membership.column(tenant).type
        for name, column in self._tenants.items():
            table = self._tables[name]
            mine = table.column(column).type
            target = next((k.target for k in table.foreign_keys if k.columns == (column,)), tenants)
            if types.base(mine) != types.base(kind):
                told = f"{types.written(mine)}, and {membership.name}.{tenant} is {types.written(kind)}"
                self._bad(name, column, f"{name}.{column} is {told}")
            elif target != tenants and tenants is not None:
                told = f"{target}, and {membership.name}.{tenant} to {tenants}"
                self._bad(name, column, f"{name}.{column} points to {told}: there is one kind of tenant")

    def _access(self, table: Table, membership: Membership | None) -> Access:
        one = self._by_table.get(table.name)
        owner, tenant = self._owners.get(table.name), self._tenants.get(table.name)
        if one is not None and one.access is not None:
            return self._told(one, one.access[0])
        if membership is not None and table.name == membership.table:
            return Access("membership", membership.user, membership.tenant)
        if membership is not None and table.name == membership.tenants:
            return Access("tenants", owner, _only_key(table))
        if (parent := self._parents.get(table.name)) is not None:
            self._refuse_circle(table.name, tenant)
            return Access("parent", parent.columns[0], ends=(parent,))
        if tenant is not None:
            return Access("shared" if owner else "tenant", owner, tenant) if membership else CLOSED
        if owner is not None:
            return Access("owner", owner)
        return self._by_keys(table)

    def _told(self, one: UnitedEntity, word: str) -> Access:
        for mark in ("owner", "tenant"):
            for column in _marked(one, mark):
                message = f"{one.table}.{column} is marked {mark}, and access says that {one.table} is {word}"
                self._bad(one.table, column, message)
        return Access(word)

    def _by_keys(self, table: Table) -> Access:
        """The access of a table that nothing is said about."""
        if ends := _ends(table):
            return Access("junction", ends=ends)
        users = self._user_keys(table)
        if len(users) > 1:
            self._world.warn(
                f"{table.name} references users by {', '.join(sorted(users))}: no field is marked owner, "
                f"so row level security closes it",
                *self._source(table.name),
                code="UNCLEAR_OWNER",
            )
        return Access("owner", users[0]) if len(users) == 1 else CLOSED

    def _source(self, table: str) -> tuple[Source | None, Path]:
        one = self._by_table.get(table)
        return self._sources.get((one.module if one else "", table, "")) or (None, ())


def _marked(one: UnitedEntity, mark: str) -> list[str]:
    return sorted(name for name, (wish, _) in one.fields.items() if getattr(wish, mark))


def _only_key(table: Table) -> str | None:
    key = table.primary_key
    return key.columns[0] if key is not None and len(key.columns) == 1 else None


def _ends(table: Table) -> tuple[ForeignKey, ...]:
    """The foreign keys that the key is made of, where it is."""
    key = table.primary_key.columns if table.primary_key is not None else ()
    found = tuple(one for one in table.foreign_keys if len(one.columns) == 1 and one.columns[0] in key)
    return found if len(key) > 1 and {one.columns[0] for one in found} == set(key) else ()
