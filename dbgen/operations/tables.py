"""CREATE TABLE, DROP TABLE, RENAME TO. Foreign keys are steps of their own, so that tables never form a
cycle; so are row security, policies and triggers, which kept rows must not meet. All else that hangs on a
table comes and goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model import types
from dbgen.model.schema import PrimaryKey, Table, Unique
from dbgen.operations.base import Draft, Fact, Operation
from dbgen.operations.columns import column_comment, column_definition
from dbgen.operations.grants import grant_statements, sequence_closed
from dbgen.operations.indexes import index_statement
from dbgen.operations.policies import policies_under
from dbgen.sql import Statement, alter_table, dropping, ident, idents, literal, qualified
from dbgen.values import dataclass, replace


def enum_facts(table: Table) -> Iterable[Fact]:
    """The types that are not built in, which the table's columns need."""
    return {("type", types.base(c.type)) for c in table.columns if not types.known(c.type)}


def comment_statement(table: str, comment: str | None, *, fresh: bool = False) -> Statement:
    """`COMMENT ON TABLE`; None takes the comment away. Nobody waits for a `fresh` table."""
    text = "NULL" if comment is None else literal(comment)
    lock = "" if fresh else "SHARE UPDATE EXCLUSIVE"
    return Statement(f"COMMENT ON TABLE {qualified(table)} IS {text}", lock=lock)


def bare(table: Table) -> Table:
    """The table without foreign keys, row security, policies and triggers."""
    return replace(table, foreign_keys=(), row_security=False, policies=(), triggers=())


def creating(table: Table, *, if_missing: bool = False) -> tuple[Statement, ...]:
    """What makes a bare table; `if_missing`: it may be there already, with its indexes."""
    missing = "IF NOT EXISTS " if if_missing else ""
    made = [Statement(f"CREATE TABLE {missing}{qualified(table.name)} (\n    {_body(table)}\n)")]
    made += [index_statement(table.name, i, fresh=True, if_missing=if_missing) for i in table.indexes]
    if table.comment is not None:
        made.append(comment_statement(table.name, table.comment, fresh=True))
    made += [column_comment(table.name, c, fresh=True) for c in table.in_order if c.comment is not None]
    made += grant_statements(table.name, (), table.grants, fresh=True)
    made += [sequence_closed(table.name, column.name) for column in table.in_order if column.identity]
    return tuple(made)


@dataclass(frozen=True, slots=True)
class CreateTable(Operation):
    """`new` is bare. `kept`: its inverse is a drop before which the rows are kept."""

    kind = "create_table"
    rank = 30
    new: Table
    kept: bool = False

    @property
    def object(self) -> str:
        return self.new.name

    def apply(self, draft: Draft) -> None:
        draft.tables[self.new.name] = self.new

    def inverse(self) -> Operation:
        return DropTable(self.new, self.kept)

    def statements(self) -> tuple[Statement, ...]:
        return creating(self.new)

    def describe(self) -> str:
        return f"create table {self.new.name}"

    def counts(self) -> Mapping[str, int]:
        return _counts(self.new)

    def needs(self) -> Iterable[Fact]:
        return enum_facts(self.new)

    def makes(self) -> Iterable[Fact]:
        return _facts(self.new)


@dataclass(frozen=True, slots=True)
class DropTable(Operation):
    """`old` is bare, and nobody's foreign key points to it. `kept`: its rows were kept before."""

    kind = "drop_table"
    rank = 85
    old: Table
    kept: bool = False

    @property
    def object(self) -> str:
        return self.old.name

    def apply(self, draft: Draft) -> None:
        del draft.tables[self.old.name]

    def inverse(self) -> Operation:
        return CreateTable(self.old, self.kept)

    def statements(self) -> tuple[Statement, ...]:
        hazard = dropping(self.kept, f"the rows of {self.old.name}")
        return (Statement(f"DROP TABLE {qualified(self.old.name)}", (hazard,), "ACCESS EXCLUSIVE"),)

    def describe(self) -> str:
        return f"drop table {self.old.name}"

    def counts(self) -> Mapping[str, int]:
        return {"tables": 1}

    def removes(self) -> Iterable[Fact]:
        return _facts(self.old)

    def releases(self) -> Iterable[Fact]:
        return enum_facts(self.old)


@dataclass(frozen=True, slots=True)
class RenameTable(Operation):
    """Foreign keys of others follow the table."""

    kind = "rename_table"
    rank = 5
    old: str
    new: str

    @property
    def object(self) -> str:
        return self.old

    def apply(self, draft: Draft) -> None:
        table = draft.tables.pop(self.old)
        policies = policies_under(table, self.old, self.new)
        draft.tables[self.new] = replace(table, name=self.new, policies=policies)
        for name, table in draft.tables.items():
            if any(key.inside and key.target == self.old for key in table.foreign_keys):
                draft.tables[name] = replace(
                    table,
                    foreign_keys=tuple(
                        replace(key, target=self.new) if key.inside and key.target == self.old else key
                        for key in table.foreign_keys
                    ),
                )

    def inverse(self) -> Operation:
        return RenameTable(self.new, self.old)

    def statements(self) -> tuple[Statement, ...]:
        return (alter_table(self.old, f"RENAME TO {ident(self.new)}", alone=True),)

    def describe(self) -> str:
        return f"rename table {self.old} to {self.new}"

    def counts(self) -> Mapping[str, int]:
        return {"tables": 1}


@dataclass(frozen=True, slots=True)
class CommentTable(Operation):
    """COMMENT ON TABLE."""

    kind = "comment_table"
    rank = 65
    name: str
    old: str | None
    new: str | None

    @property
    def object(self) -> str:
        return self.name

    def apply(self, draft: Draft) -> None:
        draft.tables[self.name] = replace(draft.tables[self.name], comment=self.new)

    def inverse(self) -> Operation:
        return CommentTable(self.name, self.new, self.old)

    def statements(self) -> tuple[Statement, ...]:
        return (comment_statement(self.name, self.new),)

    def describe(self) -> str:
        return f"{'comment on' if self.new is not None else 'remove the comment on'} table {self.name}"


def _body(table: Table) -> str:
    lines = [column_definition(column) for column in table.in_order]
    if table.primary_key is not None:
        key = table.primary_key
        named = "" if key.name == f"{table.name}_pkey" else f"CONSTRAINT {ident(key.name)} "
        lines.append(f"{named}PRIMARY KEY ({idents(key.columns)})")
    lines += [f"CONSTRAINT {ident(u.name)} UNIQUE ({idents(u.columns)})" for u in table.uniques]
    lines += [f"CONSTRAINT {ident(c.name)} CHECK ({c.expression})" for c in table.checks]
    return ",\n    ".join(lines)


def _facts(table: Table) -> Iterable[Fact]:
    yield ("table", table.name)
    yield ("relation", table.name)
    # Its row type: an enum may take the name only before the table has it, or after.
    yield ("type", qualified(table.name))
    for column in table.columns:
        yield ("column", table.name, column.name)
    keys: list[Unique | PrimaryKey] = [*table.uniques]
    keys += [table.primary_key] if table.primary_key else []
    for key in keys:
        yield ("key", table.name, *sorted(key.columns))
        yield ("relation", key.name)
    for index in table.indexes:
        yield ("relation", index.name)


def _counts(table: Table) -> Mapping[str, int]:
    return {
        "tables": 1,
        "columns": len(table.columns),
        "constraints": len(table.uniques) + len(table.checks) + (table.primary_key is not None),
        "indexes": len(table.indexes),
        "grants": len(table.grants),
    }
