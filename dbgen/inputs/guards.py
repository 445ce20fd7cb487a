"""What a module says about who may see and change its rows: `policies`, `access` and `tenant`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dbgen import names
from dbgen.inputs import expressions
from dbgen.inputs.documents import Document
from dbgen.inputs.fields import describe, printable
from dbgen.inputs.problems import Path, Problems, Source, did_you_mean
from dbgen.inputs.words import text_problem
from dbgen.values import dataclass

#: Tables that nobody owns: read by whoever is signed in, or by nobody.
ACCESS = ("reference", "closed")
#: Which of `using` and `check` each command takes, the first of them needed
#: (https://www.postgresql.org/docs/current/sql-createpolicy.html, "Policies Applied by Command Type").
_CLAUSES = {
    "SELECT": ("using",),
    "INSERT": ("check",),
    "UPDATE": ("using", "check"),
    "DELETE": ("using",),
    "ALL": ("using", "check"),
}
_KEYS = ("entity", "name", "for", "to", "using", "check")


@dataclass(frozen=True, slots=True)
class PolicySpec:
    """A policy as a file declares it; `entity` is an entity's or a table's name, no `roles` are all."""

    entity: str
    name: str
    command: str
    roles: tuple[str, ...]
    using: str | None
    check: str | None
    source: Source
    path: Path


@dataclass(frozen=True, slots=True)
class Said:
    """A word with its place: how an entity's rows may be read, or the field that names a row's tenant."""

    word: str
    source: Source
    path: Path


@dataclass(frozen=True, slots=True)
class Guards:
    """What one file says; `access` by `names.key` of the entity."""

    policies: tuple[PolicySpec, ...] = ()
    access: tuple[tuple[str, Said], ...] = ()
    tenant: Said | None = None


def read_guards(document: Document, problems: Problems) -> Guards:
    """The guards in a module's document, a mapping; mistakes go to `problems`."""
    return _Reader(document, problems).read()


class _Reader:
    def __init__(self, document: Document, problems: Problems) -> None:
        self._document = document
        self._problems = problems
        self._data: dict[str, Any] = document.data

    def read(self) -> Guards:
        return Guards(tuple(self._policies()), tuple(self._access()), self._tenant())

    def _bad(self, message: str, path: Path, hint: str | None = None) -> None:
        self._problems.add(message, self._document, path, hint)

    def _tenant(self) -> Said | None:
        value = self._data.get("tenant")
        if value is None:
            return None
        if isinstance(value, str) and names.refusal(names.snake_case(value)) is None:
            return Said(value, self._document, ("tenant",))
        self._bad(f"tenant: expected a field's name, found {describe(value)}", ("tenant",))
        return None

    def _access(self) -> Iterator[tuple[str, Said]]:
        block = self._data.get("access")
        if block is None:
            return
        if not isinstance(block, dict):
            self._bad(f"access: expected a mapping from entities, found {describe(block)}", ("access",))
            return
        for entity, word in block.items():
            path = ("access", entity)
            if word in ACCESS:
                yield names.key(entity), Said(word, self._document, path)
            else:
                hint = did_you_mean(word, ACCESS) if isinstance(word, str) else None
                self._bad(f"access: expected one of {', '.join(ACCESS)}", path, hint)

    def _policies(self) -> Iterator[PolicySpec]:
        block = self._data.get("policies")
        if block is not None and not isinstance(block, list):
            self._bad(f"policies: expected a list, found {describe(block)}", ("policies",))
            return
        seen: set[tuple[str, str]] = set()
        for number, raw in enumerate(block or ()):
            path: Path = ("policies", number)
            spec = self._policy(raw, path)
            if spec is None:
                continue
            if (names.key(spec.entity), spec.name) in seen:
                self._bad(f"The policy {printable(spec.name)} of {spec.entity} stands twice", path)
            seen.add((names.key(spec.entity), spec.name))
            yield spec

    def _policy(self, raw: Any, path: Path) -> PolicySpec | None:
        if not isinstance(raw, dict):
            self._bad(f"expected a policy, a mapping, found {describe(raw)}", path)
            return None
        for key in raw:
            if key not in _KEYS and not key.startswith("x-"):
                hint = did_you_mean(key, _KEYS)
                self._bad(f'Unknown key "{printable(key)}" in a policy', (*path, key), hint)
        entity, name = self._name(raw, "entity", path), self._name(raw, "name", path)
        command = self._command(raw, path)
        roles = self._roles(raw, path)
        if entity is None or name is None or command is None:
            return None
        told = {key: self._expression(raw, key, path) for key in ("using", "check")}
        self._fitting(command, raw, path)
        return PolicySpec(entity, name, command, roles, told["using"], told["check"], self._document, path)

    def _name(self, raw: dict[str, Any], key: str, path: Path) -> str | None:
        value = raw.get(key)
        why = names.refusal(value) if isinstance(value, str) else f"is {describe(value)}"
        if why is None:
            return str(value)
        self._bad(f"{key}: expected a name; it {why}", (*path, key) if key in raw else path)
        return None

    def _command(self, raw: dict[str, Any], path: Path) -> str | None:
        value = raw.get("for", "all")
        if isinstance(value, str) and value.upper() in _CLAUSES:
            return value.upper()
        words = [word.lower() for word in _CLAUSES]
        hint = did_you_mean(value, words) if isinstance(value, str) else None
        self._bad(f"for: expected one of {', '.join(words)}", (*path, "for"), hint)
        return None

    def _roles(self, raw: dict[str, Any], path: Path) -> tuple[str, ...]:
        value = raw.get("to", "authenticated")
        listed = value if isinstance(value, list) else [value]
        if listed and all(isinstance(one, str) and names.refusal(one) is None for one in listed):
            # PostgreSQL has PUBLIC as no role, and passes over others beside it.
            return () if any(one.lower() == "public" for one in listed) else tuple(sorted(set(listed)))
        self._bad("to: expected a role's name or a list of them", (*path, "to"))
        return ()

    def _expression(self, raw: dict[str, Any], key: str, path: Path) -> str | None:
        value = raw.get(key)
        if value is None:
            return None
        if isinstance(value, bool):
            value = str(value).lower()
        if not isinstance(value, str):
            self._bad(f"{key}: expected an SQL expression, found {describe(value)}", (*path, key))
            return None
        why = text_problem(value) or expressions.refusal(value)
        if why is not None:
            self._bad(f"{key}: {why}", (*path, key))
        return value.strip()

    def _fitting(self, command: str, raw: dict[str, Any], path: Path) -> None:
        needed, *more = _CLAUSES[command]
        word = command.lower()
        if raw.get(needed) is None:
            self._bad(f"A policy for {word} needs `{needed}`", path)
        for key in ("using", "check"):
            if raw.get(key) is not None and key not in (needed, *more):
                self._bad(f"A policy for {word} takes no `{key}`", (*path, key))
