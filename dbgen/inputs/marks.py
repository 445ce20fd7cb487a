"""A module's words about row level security, as its request keeps them."""

from __future__ import annotations

from collections.abc import Sequence

from dbgen import names
from dbgen.inputs.busm import BusmEntity
from dbgen.inputs.phases import Module
from dbgen.inputs.problems import did_you_mean
from dbgen.inputs.world import World
from dbgen.model.requests import EntityRequest, FieldRequest, PolicyRequest
from dbgen.values import replace


def with_tenant(columns: Sequence[FieldRequest], module: Module, world: World) -> tuple[FieldRequest, ...]:
    """An entity's columns, the one that the module's `tenant` names marked, unless one is marked already."""
    if module.tenant is None or any(one.tenant for one in columns):
        return tuple(columns)
    named = world.column(module.tenant.word)
    return tuple(replace(one, tenant=one.column.name == named) for one in columns)


def access_of(module: Module, entity: str, busm: BusmEntity | None) -> str | None:
    """How an entity's rows may be read, by its key: the module's word, else BUSM's."""
    said = module.access.get(entity)
    return said.word if said is not None else busm.access if busm is not None else None


def policies_of(module: Module, world: World) -> tuple[PolicyRequest, ...]:
    """The policies that a module declares, by entity and name."""
    made = (
        PolicyRequest(world.spelled(one.entity), one.name, one.command, one.roles, one.using, one.check)
        for one in module.policies.values()
    )
    return tuple(sorted(made, key=lambda one: (one.entity, one.name)))


def refuse_unmet(module: Module, entities: Sequence[EntityRequest], world: World) -> None:
    """Notes an `access` for an entity that the module does not name, and a `tenant` that none of them has."""
    known = {names.key(one.entity): one.entity for one in entities}
    for key, said in module.access.items():
        if key not in known:
            message = f"access names {said.path[-1]}, which is not in entities"
            hint = did_you_mean(str(said.path[-1]), known.values())
            world.problems.add(message, said.source, said.path, hint)
    said_tenant = module.tenant
    if said_tenant is None:
        return
    columns = [wish.column.name for one in entities for wish in one.fields]
    if world.column(said_tenant.word) not in columns:
        message = f"tenant names {said_tenant.word}, which no entity of the module has"
        hint = did_you_mean(said_tenant.word, columns)
        world.problems.add(message, said_tenant.source, said_tenant.path, hint)
