"""The policies that modules declare, beside those of the rule."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dbgen import names
from dbgen.inputs.problems import Path, Source, did_you_mean
from dbgen.inputs.union import United
from dbgen.inputs.world import World
from dbgen.model.requests import PolicyRequest
from dbgen.model.schema import Policy, Table
from dbgen.sql import needs_quotes
from dbgen.values import replace

_WORD = re.compile(r'"(?P<quoted>(?:[^"]|"")+)"|(?P<bare>[^\W\d][\w$]*)')


def declared_policies(tables: Mapping[str, Table], united: United, world: World) -> dict[str, list[Policy]]:
    """By table, what the modules declare for the `tables`, by name. Mistakes go to the world."""
    found: dict[str, dict[str, tuple[PolicyRequest, str]]] = {}
    for request, module in united.policies:
        source, path = place_of(world, module, request)
        table = table_of(request, united)
        if table not in tables:
            known = [one.entity for one in united.entities.values()]
            message = f"A policy is for {request.entity}, which no module has"
            world.problems.add(message, source, path, did_you_mean(request.entity, known))
            continue
        other = found.setdefault(table, {}).setdefault(request.name, (request, module))
        if replace(other[0], entity=request.entity) != request:
            message = f"The modules {other[1]} and {module} declare different policies {request.name}"
            world.problems.add(f"{message} for {request.entity}", source, path)
    return {
        table: [_policy(tables, tables[table], own[name][0]) for name in sorted(own)]
        for table, own in found.items()
    }


def warn_of_idle(united: United, world: World) -> None:
    """Says once that policies are declared while the rule that makes them is off."""
    for request, module in united.policies[:1]:
        more = f" and {len(united.policies) - 1} more" if len(united.policies) > 1 else ""
        world.warn(
            f"The policy {request.name}{more} waits for the rule includeRLS, which is false",
            *place_of(world, module, request),
            code="POLICY_WAITS",
        )


def table_of(request: PolicyRequest, united: United) -> str:
    """The table that a policy is for: its entity's, else the one of that name."""
    entity = united.entities.get(names.key(request.entity))
    return entity.table if entity is not None else request.entity


def policy_places(united: United, world: World) -> dict[tuple[str, str], tuple[Source, Path]]:
    """Where the files of this run declare each policy, by table and name."""
    found = {}
    for request, module in united.policies:
        source, path = place_of(world, module, request)
        if source is not None:
            found[table_of(request, united), request.name] = (source, path)
    return found


def place_of(world: World, module: str, request: PolicyRequest) -> tuple[Source | None, Path]:
    """Where a file of this run declares the policy."""
    for one in world.modules:
        if one.name == module:
            for spec in one.policies.values():
                if spec.name == request.name and names.key(world.spelled(spec.entity)) == names.key(
                    request.entity
                ):
                    return spec.source, spec.path
    return None, ()


def replaces(declared: Policy, made: Policy) -> bool:
    """Whether a module's policy stands in the place of the rule's: for one role and command PostgreSQL would
    evaluate both (advisor lint 0006, multiple_permissive_policies).
    """
    meets = declared.command in ("ALL", made.command)
    return meets and (not declared.roles or bool(set(declared.roles) & set(made.roles)))


def reads_of(
    tables: Mapping[str, Table], table: Table, *expressions: str | None
) -> tuple[tuple[str, str], ...]:
    """The columns that expressions over a table's row may read: all that they name, of the table and of
    those of `tables`, by name, that they name.
    """
    text = " ".join(one for one in expressions if one is not None)
    quoted, bare = set[str](), set[str]()
    for found in _WORD.finditer(text):
        if found["quoted"]:
            quoted.add(found["quoted"].replace('""', '"'))
        else:
            bare.add(found["bare"].lower())

    def says(name: str) -> bool:
        return name in quoted or (name in bare and not needs_quotes(name))

    named = {table.name} | {word for word in quoted | bare if word in tables and says(word)}
    return tuple(
        (name, column.name) for name in sorted(named) for column in tables[name].columns if says(column.name)
    )


def _policy(tables: Mapping[str, Table], table: Table, one: PolicyRequest) -> Policy:
    reads = reads_of(tables, table, one.using, one.check)
    return Policy(one.name, one.command, one.roles, one.using, one.check, reads)
