"""CREATE POLICY, DROP POLICY, and their renames. A policy that changes is dropped and made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model.schema import Policy, Table
from dbgen.operations.base import Draft, Fact, Operation
from dbgen.operations.functions import function_facts
from dbgen.operations.renaming import RenameChild
from dbgen.sql import Statement, ident, idents, qualified
from dbgen.values import dataclass, replace

_LOCK = "ACCESS EXCLUSIVE"


def _on(table: str, policy: str) -> str:
    return f"{ident(policy)} ON {qualified(table)}"


def _words(table: str, policy: Policy) -> str:
    commands = "all commands" if policy.command == "ALL" else policy.command
    return f"policy {policy.name} on {table} for {commands}"


def _tables(table: str, policy: Policy) -> list[str]:
    """The policy's table, and those that it reads."""
    return sorted({table, *(read for read, _ in policy.reads)})


def _depends(table: str, policy: Policy) -> Iterable[Fact]:
    for name in _tables(table, policy):
        yield ("table", name)
    for read in policy.reads:
        yield ("column", *read)
    yield from function_facts(policy.using, policy.check)


@dataclass(frozen=True, slots=True)
class CreatePolicy(Operation):
    """A policy on a table that is already there."""

    kind = "create_policy"
    rank = 72
    name: str
    new: Policy

    @property
    def object(self) -> str:
        return f"{self.name}.{self.new.name}"

    def apply(self, draft: Draft) -> None:
        table = draft.tables[self.name]
        draft.tables[self.name] = replace(table, policies=(*table.policies, self.new))

    def inverse(self) -> Operation:
        return DropPolicy(self.name, self.new)

    def statements(self) -> tuple[Statement, ...]:
        policy = self.new
        lines = [f"CREATE POLICY {_on(self.name, policy.name)}"]
        lines += [f"FOR {policy.command}"] if policy.command != "ALL" else []
        lines += [f"TO {idents(policy.roles)}"] if policy.roles else []
        lines += [f"USING ({policy.using})"] if policy.using is not None else []
        lines += [f"WITH CHECK ({policy.check})"] if policy.check is not None else []
        return (Statement("\n    ".join(lines), lock=_LOCK),)

    def describe(self) -> str:
        return f"create {_words(self.name, self.new)}"

    def counts(self) -> Mapping[str, int]:
        return {"policies": 1}

    def needs(self) -> Iterable[Fact]:
        yield from _depends(self.name, self.new)
        yield from (("restored", name) for name in _tables(self.name, self.new))

    def makes(self) -> Iterable[Fact]:
        return (("policy", self.name, self.new.name),)


@dataclass(frozen=True, slots=True)
class DropPolicy(Operation):
    """The end of a policy."""

    kind = "drop_policy"
    rank = 8
    name: str
    old: Policy

    @property
    def object(self) -> str:
        return f"{self.name}.{self.old.name}"

    def apply(self, draft: Draft) -> None:
        table = draft.tables[self.name]
        kept = tuple(policy for policy in table.policies if policy.name != self.old.name)
        draft.tables[self.name] = replace(table, policies=kept)

    def inverse(self) -> Operation:
        return CreatePolicy(self.name, self.old)

    def statements(self) -> tuple[Statement, ...]:
        return (Statement(f"DROP POLICY {_on(self.name, self.old.name)}", lock=_LOCK),)

    def describe(self) -> str:
        return f"drop {_words(self.name, self.old)}"

    def counts(self) -> Mapping[str, int]:
        return {"policies": 1}

    def removes(self) -> Iterable[Fact]:
        return (("policy", self.name, self.old.name),)

    def releases(self) -> Iterable[Fact]:
        yield from _depends(self.name, self.old)
        yield from (("kept", name) for name in _tables(self.name, self.old))


@dataclass(frozen=True, slots=True)
class RenamePolicy(RenameChild):
    """ALTER POLICY … RENAME TO."""

    kind = "rename_policy"
    children = "policies"

    def statements(self) -> tuple[Statement, ...]:
        sql = f"ALTER POLICY {_on(self.name, self.old)} RENAME TO {ident(self.new)}"
        return (Statement(sql, lock=_LOCK),)

    def describe(self) -> str:
        return f"rename policy {self.old} of {self.name} to {self.new}"


def policies_under(table: Table, old: str, new: str) -> tuple[Policy, ...]:
    """The policies of a table that got another name: what they read of it is read under that name."""
    return tuple(
        replace(policy, reads=tuple((new if read == old else read, column) for read, column in policy.reads))
        for policy in table.policies
    )
