"""Which TypeScript type a type of a live database is, by the rules of `supabase gen types`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model.described import Described, DescribedColumn, DescribedType, Relation
from dbgen.render.collation import sort_key
from dbgen.render.typescript_types import KNOWN, text, with_null


class Names:
    """The types of one database. A name is looked for in its own schema first, then in all others."""

    def __init__(self, described: Described) -> None:
        self._schema = described.schema
        types = sorted(described.types, key=lambda t: (sort_key(t.schema), sort_key(t.name), t.oid))
        self._enums = _by_name(t for t in types if t.values)
        self._composites = _by_name(t for t in types if t.attributes)
        self._relations = {relation.name: relation for relation in described.relations}
        self.types: Mapping[int, DescribedType] = {t.oid: t for t in types}
        self.relations: Mapping[int, Relation] = {r.oid: r for r in described.relations}
        self._found: dict[tuple[str, str], str] = {}

    def column(self, column: DescribedColumn) -> str:
        """The type of a column as it is read."""
        return self.value(column, column.nullable)

    def value(self, column: DescribedColumn, nullable: bool) -> str:
        """The type of a column's values, with NULL where it may be."""
        return with_null(self.of(column.type, column.type_schema), nullable)

    def numbered(self, oid: int) -> str:
        """The type with that oid."""
        found = self.types.get(oid)
        return self.of(found.name, found.schema) if found else "unknown"

    def of(self, name: str, schema: str) -> str:
        """The type with that bare name (`int4`, `_text`)."""
        if (name, schema) not in self._found:
            self._found[name, schema] = self._named(name, schema)
        return self._found[name, schema]

    def place(self, name: str) -> str | None:
        """Where `Database` has the relation with that name, None where it has none."""
        relation = self._relations.get(name)
        if relation is None:
            return None
        section = "Views" if relation.is_view else "Tables"
        return f'Database[{text(self._schema)}]["{section}"][{text(name)}]'

    def _named(self, name: str, schema: str) -> str:
        if name in KNOWN:
            return KNOWN[name]
        if name.startswith("_"):
            inner = self.of(name[1:], schema)
            return f"({inner})[]" if " | " in inner else f"{inner}[]"
        if name in self._enums:
            return self._enum(_nearest(self._enums[name], schema))
        if name in self._composites:
            return self._section(_nearest(self._composites[name], schema), "CompositeTypes") or "unknown"
        place = self.place(name)
        return f'{place}["Row"]' if place else "unknown"

    def _enum(self, found: DescribedType) -> str:
        return self._section(found, "Enums") or " | ".join(map(text, found.values))

    def _section(self, found: DescribedType, section: str) -> str | None:
        if found.schema != self._schema:
            return None
        return f'Database[{text(self._schema)}]["{section}"][{text(found.name)}]'


def _by_name(types: Iterable[DescribedType]) -> dict[str, list[DescribedType]]:
    found: dict[str, list[DescribedType]] = {}
    for one in types:
        found.setdefault(one.name, []).append(one)
    return found


def _nearest(found: list[DescribedType], schema: str) -> DescribedType:
    return next((one for one in found if one.schema == schema), found[0])
