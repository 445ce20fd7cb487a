"""The schema that all modules ask for together: tables with keys, constraints, indexes and grants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from dbgen import names
from dbgen.inputs.foreign_keys import ForeignKeys
from dbgen.inputs.hardening import added_columns, harden, misfit, table_names
from dbgen.inputs.indexes import indexes_of, without_deleted
from dbgen.inputs.naming import Namer
from dbgen.inputs.problems import Path, Source
from dbgen.inputs.renames import Renames
from dbgen.inputs.rules.constraints import checks_of
from dbgen.inputs.rules.declared import warn_of_idle
from dbgen.inputs.rules.policies import guard
from dbgen.inputs.union import Sources, United, UnitedEntity
from dbgen.inputs.world import World
from dbgen.model.requests import FieldRequest
from dbgen.model.schema import Column, Grant, PrimaryKey, Schema, Table, Unique
from dbgen.names import derived
from dbgen.values import dataclass, replace

_ALL = ("DELETE", "INSERT", "SELECT", "UPDATE")
_ROLES = {
    "none": ("service_role",),
    "authenticated": ("authenticated", "service_role"),
    "anon": ("anon", "authenticated", "service_role"),
}
_CREATED = re.compile(r"Created in iteration \d+ for .* module\Z", re.DOTALL)


@dataclass(slots=True)
class Before:
    """The previous tables by name, what is renamed since, and which columns are given a `backfill`."""

    tables: Mapping[str, Table]
    renames: Renames
    backfilled: set[tuple[str, str]] = field(default_factory=set)


def assemble(
    united: United, before: Before, world: World, sources: Sources, iteration: int, origins: Sources
) -> Schema:
    """The schema. Mistakes and warnings go to the world; `origins` are the places of what BUSM alone says."""
    return _Assembler(united, before, world, sources, iteration, origins).run()


class _Assembler:
    def __init__(
        self,
        united: United,
        before: Before,
        world: World,
        sources: Sources,
        iteration: int,
        origins: Sources,
    ) -> None:
        self._united = united
        self._before = before
        self._world = world
        self._sources = sources
        self._origins = origins
        self._iteration = iteration
        self._by_table = {one.table: one for one in united.entities.values()}
        roles = _ROLES[world.rules.api_access]
        self._grants = tuple(Grant(role, _ALL) for role in roles)

    def run(self) -> Schema:
        bare = {one.table: self._columns_and_keys(one) for one in self._united.entities.values()}
        bare |= self._junctions(bare)
        taken = [*bare, *self._united.enums, *self._tables_of_rules(bare)]
        self._check_enums(bare)
        namer = Namer(taken)
        for name in sorted(bare):
            bare[name] = self._name_keys(bare[name], namer)
        keys = ForeignKeys(self._united, bare, self._world, {**self._sources, **self._origins})
        keyed = [replace(bare[name], foreign_keys=keys.of(bare[name], namer)) for name in sorted(bare)]
        pointed: dict[str, list[tuple[str, ...]]] = {}
        for key in (key for table in keyed for key in table.foreign_keys if key.inside):
            pointed.setdefault(key.target, []).append(key.target_columns)
        tables = [self._indexed(table, pointed.get(table.name, ()), namer) for table in keyed]
        schema = Schema(tuple(tables), tuple(enum for enum, _ in self._united.enums.values()))
        old = {name: self._before.renames.old_table(name, self._before.tables) for name in bare}
        if self._world.rules.include_rls:
            schema = guard(schema, self._united, self._world, self._sources, namer)
        else:
            warn_of_idle(self._united, self._world)
        return harden(schema, self._united, old, self._world, namer)

    def _indexed(self, table: Table, pointed: Iterable[tuple[str, ...]], namer: Namer) -> Table:
        """`pointed`: the columns that foreign keys point to."""
        rules = self._world.rules
        table, partial = without_deleted(table, pointed, rules)
        return replace(
            table, indexes=indexes_of(table, self._by_table.get(table.name), partial, rules, namer)
        )

    def _source(self, module: str, table: str, column: str = "") -> tuple[Source | None, Path]:
        return self._sources.get((module, table, column)) or (None, ())

    def _columns_and_keys(self, one: UnitedEntity) -> Table:
        old = self._before.renames.old_table(one.table, self._before.tables)
        known = {column.name: column for column in old.columns} if old else None
        columns = tuple(self._column(one, wish, module, old, known) for wish, module in one.fields.values())
        columns += self._of_rules(one)
        return Table(
            one.table,
            self._placed(columns, old),
            PrimaryKey("", one.key) if one.key else None,
            # PostgreSQL makes one index of a primary key and a unique constraint on the same columns.
            tuple(
                Unique("", (name,))
                for name, (wish, _) in one.fields.items()
                if wish.unique and (name,) != one.key
            ),
            tuple(
                check
                for wish, _ in one.fields.values()
                for check in checks_of(one.table, wish, self._world.rules)
            ),
            grants=self._grants,
            comment=one.comment or self._created(one.module, old),
        )

    def _of_rules(self, one: UnitedEntity) -> tuple[Column, ...]:
        """The columns that rules add, save those that are asked for: these are used as they are."""
        found: list[Column] = []
        for own in added_columns(self._world.rules):
            asked = one.fields.get(own.name)
            if asked is None:
                found.append(replace(own, position=len(one.fields) + len(found)))
            elif (why := misfit(asked[0].column, own)) is not None:
                source, path = self._source(asked[1], one.table, own.name)
                self._world.problems.add(f"{one.table}.{own.name} {why}", source, path)
        return tuple(found)

    def _tables_of_rules(self, tables: Mapping[str, Table]) -> tuple[str, ...]:
        own = table_names(self._world.rules, tables)
        for name in own:
            if name in tables:
                one = self._by_table.get(name)
                source, path = self._source(one.module, name) if one else (None, ())
                self._world.problems.add(f"The table {name} is includeAudit's own", source, path)
        return own

    def _placed(self, columns: tuple[Column, ...], old: Table | None) -> tuple[Column, ...]:
        """The columns in the order that the table has: those that were there first, then what is added."""
        if old is None:
            return columns
        was = {column.name: column.position for column in old.columns}
        last = len(was) + max(was.values(), default=0)
        renames = self._before.renames

        def place(column: Column) -> tuple[int, int]:
            called = renames.old_column(old.name, column.name) if renames.columns else column.name
            return was.get(called or "", last), column.position

        ordered = sorted(columns, key=place)
        return tuple(
            column if column.position == number else replace(column, position=number)
            for number, column in enumerate(ordered)
        )

    def _created(self, module: str, old: Table | None) -> str:
        if old is not None and old.comment and _CREATED.match(old.comment):
            return old.comment
        return f"Created in iteration {self._iteration} for {module} module"

    def _column(
        self,
        one: UnitedEntity,
        wish: FieldRequest,
        module: str,
        old: Table | None,
        known: Mapping[str, Column] | None,
    ) -> Column:
        column = wish.column
        if known is None or old is None or column.nullable or column.name in one.key:
            return column
        if self._world.rules.include_constraints:
            return column
        was_called = self._before.renames.old_column(old.name, column.name)
        was = known.get(was_called) if was_called else None
        if was is not None and not was.nullable:
            return column
        if (
            column.default is not None
            or column.identity
            or (one.table, column.name) in self._before.backfilled
        ):
            return column
        source, path = self._source(module, one.table, column.name)
        self._world.warn(
            f"{one.table}.{column.name} is required, but rows may be there already: it stays nullable until "
            f"it has a default or a backfill",
            source,
            path,
            "STAYS_NULLABLE",
        )
        return replace(column, nullable=True)

    def _junctions(self, tables: Mapping[str, Table]) -> dict[str, Table]:
        found: dict[str, Table] = {}
        for name, (junction, module) in sorted(self._united.junctions.items()):
            ends = [self._united.entities.get(names.key(entity)) for entity in junction.entities]
            if name in tables or None in ends:
                continue
            why = names.refusal(name)
            if why is not None:
                self._world.problems.add(f"The table between {' and '.join(junction.entities)} {why}")
            columns = []
            for position, (end, column) in enumerate(zip(ends, junction.columns, strict=True)):
                assert end is not None
                if len(end.key) != 1 or end.key[0] not in end.fields:
                    self._world.problems.add(
                        f"{end.entity} has a key of several columns, which many-to-many cannot point to"
                    )
                    continue
                columns.append(
                    Column(column, end.fields[end.key[0]][0].column.type, False, position=position)
                )
            old = self._before.renames.old_table(name, self._before.tables)
            comment = self._created(module, old)
            key = PrimaryKey("", junction.columns)
            found[name] = Table(name, tuple(columns), key, grants=self._grants, comment=comment)
        return found

    def _check_enums(self, tables: Mapping[str, Table]) -> None:
        for name, (_, module) in self._united.enums.items():
            if name in tables:
                self._world.problems.add(
                    f"The enum {name} of {module} is called like a table, which has a type of that name",
                    hint="Rename the enum in BUSM.",
                )

    def _name_keys(self, table: Table, namer: Namer) -> Table:
        key = table.primary_key
        if key is not None:
            name = namer.relation(derived(f"{table.name}_pkey"), table.name, f"{table.name} key")
            key = PrimaryKey(name, key.columns)
        uniques = []
        for unique in sorted(table.uniques, key=lambda one: one.columns):
            name = derived(f"uq_{table.name}_{'_'.join(unique.columns)}")
            identity = "\0".join((table.name, *unique.columns))
            uniques.append(Unique(namer.relation(name, table.name, identity), unique.columns))
        checks = [
            replace(
                check, name=namer.constraint(check.name, table.name, "\0".join((table.name, *check.columns)))
            )
            for check in table.checks
        ]
        return replace(table, primary_key=key, uniques=tuple(uniques), checks=tuple(checks))
