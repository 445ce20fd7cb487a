"""Where the config's rules meet the assembled schema: the columns that they add, and what builds on these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dbgen.inputs.naming import Namer
from dbgen.inputs.rules.audit import audited, log_name, stamps
from dbgen.inputs.rules.soft_delete import deleted_at, is_soft_delete, shows_deleted, softly_deleted
from dbgen.inputs.union import United
from dbgen.inputs.world import World
from dbgen.model.requests import Rules
from dbgen.model.schema import Column, Schema, Table

#: Takes who acts: a uuid, or a text with room for one.
_NAMES = re.compile(r"uuid|text|character varying(?:\((?P<length>\d+)\))?")


def added_columns(rules: Rules) -> tuple[Column, ...]:
    """The columns that the rules add to each entity's table, in order."""
    found = stamps(rules) if rules.include_audit else ()
    return (*found, deleted_at(rules)) if rules.include_soft_delete else found


def misfit(asked: Column, own: Column) -> str | None:
    """Why a column that is asked for cannot serve as a rule's, or None."""
    if own.type == "uuid":
        found = _NAMES.fullmatch(asked.type)
        fits = found is not None and int(found["length"] or 36) >= 36
    else:
        fits = asked.type.startswith("timestamp")
    if not fits:
        return f"is {asked.type}, but the config's rules keep {own.type} in it"
    if (
        own.nullable
        and own.default is None
        and own.type != "uuid"
        and not (asked.nullable and not asked.default)
    ):
        return "is required or has a default, but includeSoftDelete keeps NULL in it until a row is deleted"
    return None


def table_names(rules: Rules, tables: Iterable[str]) -> tuple[str, ...]:
    """The tables that rules add to these."""
    return (log_name(rules),) if rules.include_audit and any(True for _ in tables) else ()


def harden(
    schema: Schema, united: United, before: Mapping[str, Table | None], world: World, namer: Namer
) -> Schema:
    """The schema with all that the rules ask for. `before`: each table as the last snapshot has it."""
    rules = world.rules
    if not schema.tables:
        return schema
    entities = {one.table: one for one in united.entities.values()}
    if rules.include_soft_delete:
        schema = softly_deleted(schema, rules, frozenset(entities))
    else:
        _warn_of_revealed(before, world)
    if rules.include_audit:
        masked = {
            table: tuple(name for name, (wish, _) in one.fields.items() if wish.sensitive)
            for table, one in entities.items()
        }
        schema = audited(schema, rules, masked, namer)
    return schema


def _warn_of_revealed(before: Mapping[str, Table | None], world: World) -> None:
    shown = (
        name
        for name, old in sorted(before.items())
        if old is not None and any(map(is_soft_delete, old.triggers))
    )
    world.notices.extend(shows_deleted(shown))
