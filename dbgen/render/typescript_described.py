"""A live database's schema → the TypeScript types that `supabase gen types` 3.1.0 gives for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dbgen.model.described import Described, DescribedColumn, DescribedType, Relation
from dbgen.render.collation import sort_key
from dbgen.render.typescript_functions import Callable, callables
from dbgen.render.typescript_layout import Contents, Entry, Object, document, key
from dbgen.render.typescript_names import Names
from dbgen.render.typescript_types import with_null


def described_typescript(described: Described) -> str:
    """The text of a file with `Json`, `Database`, the helper types and `Constants`."""
    names = Names(described)
    called = callables(described, names)
    entries = [(one.is_view, _entry(one, names, called)) for one in described.relations]
    own = [one for one in described.types if one.schema == described.schema]
    return document(
        Contents(
            [entry for is_view, entry in entries if not is_view],
            [entry for is_view, entry in entries if is_view],
            {one.name: one.overloads for one in called},
            {one.name: one.values for one in own if one.values},
            {one.name: _composite(one, names) for one in own if one.attributes},
        )
    )


def _entry(relation: Relation, names: Names, called: Sequence[Callable]) -> Entry:
    columns = sorted(relation.columns, key=lambda column: sort_key(column.name))
    computed = {one.name: one.computed[relation.oid] for one in called if relation.oid in one.computed}
    return Entry(
        relation.name,
        (*(f"{key(c.name)}: {names.column(c)}" for c in columns), *_computed(computed)),
        tuple(_given(columns, relation, names, update=False)) if relation.inserts else None,
        tuple(_given(columns, relation, names, update=True)) if relation.updates else None,
        relation.references,
        tuple(computed),
    )


def _computed(fields: Mapping[str, Object | str]) -> Iterable[str]:
    for name, kind in fields.items():
        shown = kind if isinstance(kind, str) else kind.flat() or "\n".join(kind.lines("", 10, ""))
        yield f"{key(name)}: {with_null(shown, True)}"


def _given(
    columns: Sequence[DescribedColumn], relation: Relation, names: Names, *, update: bool
) -> Iterable[str]:
    """What an insert or update takes; a view takes everything or nothing, for PostgreSQL does not say."""
    for column in columns:
        if not column.writable:
            yield f"{key(column.name)}?: never"
            continue
        kind = names.value(column, relation.is_view or column.nullable)
        yield f"{key(column.name)}{'?' * (update or column.optional)}: {kind}"


def _composite(found: DescribedType, names: Names) -> Object:
    fields = ((key(name), with_null(names.numbered(kind), True)) for name, kind in found.attributes)
    return Object(tuple(fields), open=True)
