"""A module's part of the previous snapshot, taken through this iteration's renames."""

from __future__ import annotations

from dbgen import names
from dbgen.inputs.renames import Renames
from dbgen.model.requests import EntityRequest, ModuleRequest, PolicyRequest, Reference
from dbgen.sql import renamed
from dbgen.values import replace


def carried(request: ModuleRequest, renames: Renames) -> ModuleRequest:
    """A module's part from the previous snapshot, in the names after this iteration's renames."""
    if not renames.tables and not renames.columns and not renames.entities:
        return request

    def entity(name: str) -> str:
        return renames.entities.get(names.key(name), name)

    def columns(table: str, listed: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(renames.columns.get((table, one), one) for one in listed)

    def reference(table: str, one: Reference) -> Reference:
        return replace(one, columns=columns(table, one.columns), to=entity(one.to))

    def carry(one: EntityRequest) -> EntityRequest:
        renamed = {old: new for (table, old), new in renames.columns.items() if table == one.table}
        return replace(
            one,
            entity=entity(one.entity),
            table=renames.tables.get(one.table, one.table),
            key=columns(one.table, one.key),
            fields=tuple(
                replace(f, column=replace(f.column, name=renamed.get(f.column.name, f.column.name)))
                for f in one.fields
            ),
            references=tuple(reference(one.table, wish) for wish in one.references),
            indexes=tuple(replace(index, columns=columns(one.table, index.columns)) for index in one.indexes),
        )

    junctions = (
        replace(
            one,
            table=renames.tables.get(one.table, one.table),
            entities=(entity(one.entities[0]), entity(one.entities[1])),
        )
        for one in request.junctions
    )
    return replace(
        request,
        entities=tuple(carry(one) for one in request.entities),
        junctions=tuple(junctions),
        policies=_policies(request, renames),
    )


def _policies(request: ModuleRequest, renames: Renames) -> tuple[PolicyRequest, ...]:
    tables = {names.key(one.entity): one.table for one in request.entities}

    def carry(one: PolicyRequest) -> PolicyRequest:
        table = tables.get(names.key(one.entity))
        using, check = one.using, one.check
        for (where, old), new in renames.columns.items():
            if where == table:
                using = using and renamed(using, old, new)
                check = check and renamed(check, old, new)
        entity = renames.entities.get(names.key(one.entity), one.entity)
        return replace(one, entity=entity, using=using, check=check)

    return tuple(carry(one) for one in request.policies)
