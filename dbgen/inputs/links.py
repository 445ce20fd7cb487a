"""Relationships as the columns that hold them, and many-to-many ones as the tables between."""

from __future__ import annotations

from collections.abc import Callable

from dbgen import names
from dbgen.inputs.busm import Busm, Relationship
from dbgen.inputs.problems import Path, Source
from dbgen.model.requests import AUTH_USERS, JunctionRequest, Rules
from dbgen.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key that a relationship asks for: the entity's `field` points to `target`."""

    field: str
    target: str
    source: Source
    path: Path
    to_columns: tuple[str, ...] = ()
    on_delete: str | None = None
    required: bool | None = None
    unique: bool = False


def target_of(text: str) -> tuple[str, tuple[str, ...]]:
    """`User.id` → (`User`, (`id`,)), `User` → (`User`, ()), `auth.users.id` → (`auth.users`, (`id`,))."""
    if text == AUTH_USERS or text.startswith(AUTH_USERS + "."):
        column = text[len(AUTH_USERS) + 1 :]
        return AUTH_USERS, (column or "id",)
    entity, _, column = text.rpartition(".")
    return (entity, (column,)) if entity else (column, ())


def link_of(one: Relationship, has: Callable[[str, str], bool]) -> tuple[str, Link] | None:
    """The holding entity's key and its link; None for many-to-many. `has(entity, field)`, both by key."""
    if one.type == "many-to-many":
        return None
    holder, target = (one.end, one.start) if one.type == "one-to-many" else (one.start, one.end)
    written = one.field.rpartition(".")[2] if one.field else None
    if one.type == "one-to-one":
        at_start = has(names.key(one.start), names.key(written or _called(one.end)))
        if not at_start and has(names.key(one.end), names.key(written or _called(one.start))):
            holder, target = one.end, one.start
    to, columns = target_of(target) if target.startswith("auth.") else (target, ())
    return names.key(holder), Link(
        written or _called(target),
        to,
        one.source,
        one.path,
        columns,
        one.on_delete,
        one.required,
        one.type == "one-to-one",
    )


def _called(target: str) -> str:
    return "user_id" if target.startswith(AUTH_USERS) else f"{names.snake_case(target)}_id"


def busm_links(busm: Busm) -> dict[str, list[Link]]:
    """BUSM's relationships by the key of the entity that holds each."""

    def has(entity: str, field: str) -> bool:
        return entity in busm.entities and field in busm.entities[entity].fields

    found: dict[str, list[Link]] = {}
    for one in busm.relationships:
        pair = link_of(one, has)
        if pair is not None:
            # BUSM's field says whether it is required, not its relationship.
            found.setdefault(pair[0], []).append(replace(pair[1], required=None))
    return found


def junction_of(one: Relationship, spelled: Callable[[str], str], rules: Rules) -> JunctionRequest:
    """The table between two entities."""
    first, last = names.snake_case(one.start), names.snake_case(one.end)
    table = one.through or names.styled(names.plural(f"{first}_{last}"), rules.table_name_pattern)
    columns = (f"{first}_id", f"related_{first}_id" if first == last else f"{last}_id")
    styled = tuple(names.styled(column, rules.column_name_pattern) for column in columns)
    return JunctionRequest(table, (spelled(one.start), spelled(one.end)), (styled[0], styled[1]))
