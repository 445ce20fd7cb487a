"""What modules ask for, resolved against BUSM and in the database's names, but before modules meet.

A module's request is kept in the snapshot, so that renewing one module leaves the others' parts be.
"""

from __future__ import annotations

from dataclasses import field

from dbgen.model.schema import Column, EnumType
from dbgen.values import dataclass

#: How the table of Supabase's sign-in service is written as a foreign key's target.
AUTH_USERS = "auth.users"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the inputs say of a column's values, all of it at once: `min` and `max` as SQL, lengths in
    characters, `patterns` as JavaScript writes them, sorted.
    """

    min: tuple[str, ...] = ()
    max: tuple[str, ...] = ()
    min_length: tuple[int, ...] = ()
    max_length: tuple[int, ...] = ()
    length: tuple[int, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRequest:
    """One column asked for. `column.nullable` is False when the field is required, whether or not rows
    that are there already allow it; `index`: an index whatever the rules say; `values`: those of
    its enum; `renamed_from`: the old name that the module gives, so that it is obeyed once; `owner` and
    `tenant`: whose the row is, for row level security; `limits` whether or not CHECKs are made of them;
    `sensitive`: the audit log does not show its values; `search`: it is searched in full;
    `renamed_values`: old and new names of values of its enum.
    """

    column: Column
    unique: bool = False
    index: bool = False
    values: tuple[str, ...] = ()
    renamed_from: str | None = None
    owner: bool = False
    tenant: bool = False
    limits: Limits | None = None
    sensitive: bool = False
    search: bool = False
    renamed_values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A wish for a foreign key: made when the entity `to` has a table. `to_columns` empty: its key.

    `to` is an entity's name or `auth.users`.
    """

    columns: tuple[str, ...]
    to: str
    to_columns: tuple[str, ...] = ()
    on_delete: str = "NO ACTION"


@dataclass(frozen=True, slots=True)
class IndexRequest:
    """An index that BUSM declares."""

    columns: tuple[str, ...]
    unique: bool = False
    method: str = "btree"
    where: str | None = None


@dataclass(frozen=True, slots=True)
class EntityRequest:
    """One entity's table as one module asks for it; `fields` in order, the key first.

    `comment` is BUSM's description, None where it has none; `renamed_from` as for a field; `access`:
    `reference` or `closed` where row level security is told so.
    """

    entity: str
    table: str
    key: tuple[str, ...]
    fields: tuple[FieldRequest, ...]
    references: tuple[Reference, ...] = ()
    indexes: tuple[IndexRequest, ...] = ()
    comment: str | None = None
    renamed_from: str | None = None
    access: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyRequest:
    """A policy that a module declares; `entity` is an entity's or a table's name, the rest is `Policy`'s."""

    entity: str
    name: str
    command: str = "ALL"
    roles: tuple[str, ...] = ()
    using: str | None = None
    check: str | None = None


@dataclass(frozen=True, slots=True)
class JunctionRequest:
    """A many-to-many table between two entities: made when both have tables."""

    table: str
    entities: tuple[str, str]
    columns: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ModuleRequest:
    """All that one module asks for, its phases added up."""

    module: str
    phase: int
    entities: tuple[EntityRequest, ...] = ()
    junctions: tuple[JunctionRequest, ...] = ()
    enums: tuple[EnumType, ...] = ()
    policies: tuple[PolicyRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRename:
    """`old` as the previous snapshot calls it."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ColumnRename:
    """`table` and `old` as the previous snapshot calls them."""

    table: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ValueRename:
    """A value of a column's enum; `table` and `column` as this snapshot calls them."""

    table: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a column's values are made, in the names after the renames: SQL over the row."""

    table: str
    column: str
    backfill: str | None = None
    using: str | None = None
    using_back: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the schemas alone do not say about the way from one to the next.

    `adopted` names tables that were there before, and that the iteration takes over as they are.
    """

    tables: tuple[TableRename, ...] = ()
    columns: tuple[ColumnRename, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    adopted: tuple[str, ...] = ()
    values: tuple[ValueRename, ...] = ()

    def conversion(self, table: str, column: str) -> Conversion:
        """The conversion asked for a column, or an empty one."""
        for conversion in self.conversions:
            if (conversion.table, conversion.column) == (table, column):
                return conversion
        return Conversion(table, column)


@dataclass(frozen=True, slots=True)
class Rules:
    """The config's `rules`, in Python's case; see the contract for each."""

    include_constraints: bool = False
    include_indexes: str = "basic"
    include_rls: bool = False
    include_audit: bool = False
    include_soft_delete: bool = False
    use_uuids: bool = True
    default_string_length: int = 255
    table_name_pattern: str = "snake_case"
    column_name_pattern: str = "snake_case"
    index_name_pattern: str = "idx_{table}_{column}"
    constraint_name_pattern: str = "fk_{table}_{column}"
    enum_style: str = "varchar"
    api_access: str = "authenticated"
    rls_identity: str = "auth.uid"
    rls_owner: str = ""
    rls_tenant: str = ""
    rls_membership: str = "Membership"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know. `level` is `warning` or `notice`; `code` one of the contract's, or
    a word of its own; `place` is `file:line`.
    """

    message: str
    level: str = "warning"
    code: str | None = None
    place: str | None = None
    details: tuple[tuple[str, str], ...] = field(default=())
