"""Foreign keys that clients can follow through views: a view shows a key where it shows all its columns.

After PostgREST, by way of `supabase gen types`
(https://docs.postgrest.org/en/stable/references/api/resource_embedding.html).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from dbgen.database.connection import Row
from dbgen.database.node_tree import Node, is_node
from dbgen.model.described import Reference
from dbgen.values import dataclass

#: A view's column (view, its number) and a column that it shows (relation, number).
Shown = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Key:
    """A foreign key with both sides. `own`: it is not a partition's copy."""

    name: str
    schema: str
    relation: str
    oid: int
    numbers: tuple[int, ...]
    columns: tuple[str, ...]
    target_schema: str
    target: str
    target_oid: int
    target_numbers: tuple[int, ...]
    target_columns: tuple[str, ...]
    one_to_one: bool
    own: bool

    @classmethod
    def of(cls, row: Row) -> Key:
        """A key from a row of the catalog."""
        values: Any = (tuple(value) if isinstance(value, list) else value for value in row)
        return cls(*values)


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a key as a view shows it: one of the ways to choose the view's columns."""

    view: str
    columns: tuple[str, ...]


def shown_columns(rules: Iterable[tuple[int, Any]]) -> list[Shown]:
    """What the columns of views (oid, its rule's query) show, through other views too."""
    direct = [(view, *one) for view, tree in rules for one in _targets(tree)]
    under: dict[tuple[int, int], list[Shown]] = defaultdict(list)
    for one in direct:
        under[one[0], one[1]].append(one)
    found: list[Shown] = []
    reached = direct
    while reached:
        found += reached
        reached = [
            (view, number, *deeper[2:])
            for view, number, relation, column in reached
            for deeper in under.get((relation, column), ())
        ]
    return found


def references(
    schema: str, keys: Iterable[Key], shown: Iterable[Shown], names: Mapping[tuple[int, int], str]
) -> dict[str, list[Reference]]:
    """The references of each relation of the schema, to relations of the schema; `names` are those of
    the views' columns, by view and number, and of the views themselves, by view and 0.
    """
    keys = tuple(keys)
    sides = _sides(keys, shown, names)
    found: dict[str, list[Reference]] = defaultdict(list)
    for key in keys:
        if not key.own:
            continue
        froms = sides[key.schema, key.relation, key.name, False]
        targets = sides[key.target_schema, key.target, key.name, True]
        if key.target_schema == schema:
            goal = _Side(key.target, key.target_columns)
            for side in (*([_Side(key.relation, key.columns)] if key.schema == schema else []), *froms):
                found[side.view].append(_reference(key, side.columns, goal))
        for side in (*([_Side(key.relation, key.columns)] if key.schema == schema else []), *froms):
            found[side.view] += [_reference(key, side.columns, goal) for goal in targets]
    return found


def _reference(key: Key, columns: tuple[str, ...], target: _Side) -> Reference:
    return Reference(key.name, columns, key.one_to_one, target.view, target.columns)


def _targets(tree: Any) -> Iterable[tuple[int, int, int]]:
    """A rule's columns that are columns of something: number, relation, number there."""
    first = tree[0] if isinstance(tree, list) and tree else tree
    if not isinstance(first, Node):
        return
    for entry in first.list("targetList"):
        if is_node(entry, "TARGETENTRY") and entry.number("resorigtbl"):
            yield entry.number("resno"), entry.number("resorigtbl"), entry.number("resorigcol")


def _sides(
    keys: Iterable[Key], shown: Iterable[Shown], names: Mapping[tuple[int, int], str]
) -> dict[tuple[str, str, str, bool], list[_Side]]:
    """How views show the two sides (referencing, referenced) of keys: by relation and key."""
    views: dict[tuple[int, int], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for view, number, relation, column in shown:
        if (view, number) in names:
            views[relation, column][view].append(names[view, number])
    # Keys of the same name count as one where they meet, as they do for the Supabase CLI.
    groups: dict[tuple[str, str, str, bool, int, int], list[tuple[int, list[str]]]] = defaultdict(list)
    parts = {part: None for key in keys for part in _parts(key)}
    for place, size, order, relation, column in parts:
        for view, columns in views.get((relation, column), {}).items():
            groups[(*place, size, view)].append((order, columns))
    sides: dict[tuple[str, str, str, bool], list[_Side]] = defaultdict(list)
    for (schema, relation_name, name, target, size, view), choices in groups.items():
        if len(choices) == size:
            ordered = [columns for _, columns in sorted(choices, key=lambda choice: choice[0])]
            sides[schema, relation_name, name, target] += [
                _Side(names[view, 0], chosen) for chosen in product(*ordered)
            ]
    return sides


def _parts(key: Key) -> Iterable[tuple[tuple[str, str, str, bool], int, int, int, int]]:
    size = len(key.numbers)
    for order, (column, target) in enumerate(zip(key.numbers, key.target_numbers, strict=True)):
        yield (key.schema, key.relation, key.name, False), size, order, key.oid, column
        yield (key.target_schema, key.target, key.name, True), size, order, key.target_oid, target
