"""The config's keys: the attribute each fills and how its value is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from dbgen import names
from dbgen.inputs.problems import did_you_mean
from dbgen.values import dataclass


class BadValue(ValueError):
    """A value does not fit its key; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key: `read` takes the value and whether it came out of `${…}`, and raises `BadValue`."""

    attribute: str
    read: Callable[[Any, bool], Any]
    hint: str | None = None


def _text(value: Any, _expanded: bool) -> str:
    if not isinstance(value, str):
        raise BadValue("expected a text")
    if "\x00" in value:
        raise BadValue("expected a text without NUL characters")
    return value


def _path(value: Any, expanded: bool) -> str:
    text = _text(value, expanded)
    if not text.strip():
        raise BadValue("expected a path relative to the workspace")
    return text


def _flag(value: Any, expanded: bool) -> bool:
    if expanded and isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise BadValue("expected true or false")
    return value


def _whole(low: int, high: int) -> Callable[[Any, bool], int]:
    def read(value: Any, expanded: bool) -> int:
        if expanded and isinstance(value, str) and re.fullmatch(r"\d{1,9}", value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise BadValue(f"expected a whole number from {low} to {high}")
        return value

    return read


def _choice(*words: str) -> Callable[[Any, bool], str]:
    def read(value: Any, _expanded: bool) -> str:
        if value not in words:
            meant = did_you_mean(value, words) if isinstance(value, str) else None
            guess = f"; {meant[0].lower()}{meant[1:]}" if meant and "?" in meant else ""
            raise BadValue(f"expected one of {', '.join(words)}, not {value!r}{guess}")
        return str(value)

    return read


def _pattern(value: Any, expanded: bool) -> str:
    text = _text(value, expanded)
    rest = text.replace("{table}", "").replace("{column}", "")
    if "{table}" not in text or "{column}" not in text or "{" in rest or "}" in rest:
        raise BadValue("expected a text with {table} and {column}, and no other braces")
    why = names.refusal(text)
    if why is not None:
        raise BadValue(f"the pattern {why}")
    return text


def _name(value: Any, expanded: bool) -> str:
    text = _text(value, expanded).strip()
    why = names.refusal(names.snake_case(text)) if text else None
    if why is not None:
        raise BadValue(f"the name {why}")
    return text


def _duration(value: Any, _expanded: bool) -> str:
    text = str(value) if not isinstance(value, bool) else ""
    if not re.fullmatch(r"\d{1,9} ?(?:ms|s|min|h)?", text):
        raise BadValue("expected a time such as 3s, 500ms or 2min; 0 for none")
    return text.replace(" ", "")


#: How tables and columns may be called.
_CASES = ("snake_case", "camelCase", "PascalCase")

PATHS = {name: Key(name, _path) for name in ("modules", "busm", "migrations", "state", "rollbacks", "types")}
RULES = {
    "includeConstraints": Key("include_constraints", _flag),
    "includeIndexes": Key("include_indexes", _choice("none", "basic", "full")),
    "includeRLS": Key("include_rls", _flag),
    "includeAudit": Key("include_audit", _flag),
    "includeSoftDelete": Key("include_soft_delete", _flag),
    "useUUIDs": Key("use_uuids", _flag),
    "defaultStringLength": Key("default_string_length", _whole(1, 10485760)),
    "tableNamePattern": Key("table_name_pattern", _choice(*_CASES)),
    "columnNamePattern": Key("column_name_pattern", _choice(*_CASES)),
    "indexNamePattern": Key("index_name_pattern", _pattern),
    "constraintNamePattern": Key("constraint_name_pattern", _pattern),
    "enumStyle": Key("enum_style", _choice("varchar", "check", "native")),
    "apiAccess": Key("api_access", _choice("none", "authenticated", "anon")),
    "rlsIdentity": Key("rls_identity", _choice("auth.uid", "app.user_id")),
    "rlsOwner": Key("rls_owner", _name),
    "rlsTenant": Key("rls_tenant", _name),
    "rlsMembership": Key("rls_membership", _name),
}
ITERATION = {
    "allowRollback": Key("allow_rollback", _flag),
    "keepHistory": Key("keep_history", _flag),
    "maxHistoryCount": Key("max_history_count", _whole(0, 1_000_000)),
}
TIMEOUTS = {"lock": Key("lock_timeout", _duration), "statement": Key("statement_timeout", _duration)}
#: Where keys that name the project and its database come from when the config leaves them out.
VARIABLES = {
    "supabase_url": "SUPABASE_URL",
    "supabase_anon_key": "SUPABASE_ANON_KEY",
    "project_id": "SUPABASE_PROJECT_ID",
    "access_token": "SUPABASE_ACCESS_TOKEN",
    "database_url": "SUPABASE_DB_URL",
}

PROTOTYPE: dict[str, Any] = {
    "supabaseUrl": Key("supabase_url", _text, "Set it in the environment or in .env."),
    "supabaseAnonKey": Key("supabase_anon_key", _text, "Set it in the environment or in .env."),
    "projectId": Key("project_id", _text, "Set it in the environment or in .env."),
    "accessToken": Key("access_token", _text, "Set it in the environment or in .env."),
    "databaseUrl": Key("database_url", _text, "Set it in the environment or in .env."),
    "target": Key("target", _choice("auto", "embedded", "postgres", "management-api")),
    "paths": PATHS,
    "rules": RULES,
    "timeouts": TIMEOUTS,
    "iteration": ITERATION,
}
