"""Foreign keys of the assembled tables: made where the target is there, of one type on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dbgen import names
from dbgen.inputs.naming import Namer
from dbgen.inputs.problems import Path, Source, did_you_mean
from dbgen.inputs.union import Sources, United, UnitedEntity
from dbgen.inputs.world import World
from dbgen.model import types
from dbgen.model.requests import AUTH_USERS, Reference
from dbgen.model.schema import ForeignKey, Table
from dbgen.names import from_pattern

_AUTH_COLUMNS = ("id",)


class ForeignKeys:
    """Gives each table its foreign keys. `tables` have their primary keys and unique constraints."""

    def __init__(self, united: United, tables: Mapping[str, Table], world: World, sources: Sources) -> None:
        self._united = united
        self._tables = tables
        self._world = world
        self._sources = sources
        self._by_table = {one.table: one for one in united.entities.values()}

    def of(self, table: Table, namer: Namer) -> tuple[ForeignKey, ...]:
        """The table's foreign keys, named. Mistakes and warnings go to the world."""
        one = self._by_table.get(table.name)
        wishes = self._of_entity(table, one) if one else self._of_junction(table)
        pattern = self._world.rules.constraint_name_pattern
        found = []
        for key in sorted(wishes, key=lambda wish: wish.columns):
            name = from_pattern(pattern, table.name, key.columns)
            identity = "\0".join((table.name, *key.columns))
            named = namer.constraint(name, table.name, identity)
            found.append(
                ForeignKey(
                    named, key.columns, key.target, key.target_columns, key.on_delete, key.target_schema
                )
            )
        return tuple(found)

    def _of_junction(self, table: Table) -> Iterator[ForeignKey]:
        junction, _ = self._united.junctions[table.name]
        for entity, column in zip(junction.entities, junction.columns, strict=True):
            end = self._united.entities[names.key(entity)]
            if len(end.key) == 1:
                yield ForeignKey("", (column,), end.table, end.key, "CASCADE")

    def _of_entity(self, table: Table, one: UnitedEntity) -> Iterator[ForeignKey]:
        types_by_name = {column.name: column for column in table.columns}
        for reference, module in one.references.values():
            if not all(column in types_by_name for column in reference.columns):
                continue
            source, path = self._sources.get((module, table.name, reference.columns[0])) or (None, ())
            at = f"{table.name}.{reference.columns[0]}"
            mine = types_by_name[reference.columns[0]]
            if reference.on_delete == "SET NULL" and not mine.nullable:
                self._world.warn(
                    f"{at} is required, so ON DELETE SET NULL will refuse the delete", source, path
                )
            if reference.to == AUTH_USERS:
                found = self._to_auth(reference, at, mine.type, source, path)
            else:
                found = self._to_table(reference, at, mine.type, source, path)
            if found is not None:
                yield found

    def _to_auth(
        self, reference: Reference, at: str, mine: str, source: Source | None, path: Path
    ) -> ForeignKey | None:
        if reference.to_columns not in ((), _AUTH_COLUMNS):
            self._world.problems.add(f"{at}: a foreign key to auth.users points to its id", source, path)
        elif mine != "uuid":
            self._world.problems.add(
                f"{at} is {types.written(mine)}, and auth.users.id is UUID", source, path
            )
        else:
            return ForeignKey("", reference.columns, "users", _AUTH_COLUMNS, reference.on_delete, "auth")
        return None

    def _to_table(
        self, reference: Reference, at: str, mine: str, source: Source | None, path: Path
    ) -> ForeignKey | None:
        end = self._united.entities.get(names.key(reference.to))
        if end is None:
            self._world.warn(f"{at} points to {self._absent(reference.to)}", source, path, "MISSING_TARGET")
            return None
        columns = reference.to_columns or end.key
        problem = self._unfit(end, columns, at, mine)
        if problem is not None:
            self._world.problems.add(problem, source, path)
            return None
        return ForeignKey("", reference.columns, end.table, columns, reference.on_delete)

    def _absent(self, entity: str) -> str:
        if self._world.knows(names.key(entity)):
            later = "a plain column for now, the foreign key comes with the table"
            return f"{entity}, which no module has yet: {later}"
        hint = did_you_mean(entity, [one.name for one in self._world.busm.entities.values()])
        return f"{entity}, which neither BUSM nor a module knows: a plain column. {hint or ''}".rstrip()

    def _unfit(self, end: UnitedEntity, columns: tuple[str, ...], at: str, mine: str) -> str | None:
        missing = [column for column in columns if column not in end.fields]
        if missing:
            return f"{at} points to {end.entity}.{missing[0]}, which is not there"
        if len(columns) != 1:
            return f"{at} points to {end.entity}, whose key is {', '.join(columns)}; name one unique column"
        target = self._tables[end.table]
        primary = target.primary_key
        if (primary is None or primary.columns != columns) and all(
            u.columns != columns for u in target.uniques
        ):
            return f"{at} points to {end.table}.{columns[0]}, which is neither a primary key nor unique"
        theirs = end.fields[columns[0]][0].column.type
        if types.base(mine) != types.base(theirs) or types.is_array(mine) != types.is_array(theirs):
            said = f"{types.written(mine)}, and {end.table}.{columns[0]} is {types.written(theirs)}"
            return f"{at} is {said}: both sides of a foreign key have one type"
        return None
