"""The bodies of the rules' functions: SQL files with `{{name}}` where a workspace has its own words."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from dbgen.model.requests import Rules
from dbgen.names import styled
from dbgen.sql import ident, literal, qualified

_UUID = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
#: Who acts, as `rlsIdentity` has it (https://supabase.com/docs/guides/database/postgres/row-level-security);
#: an application whose users have other keys than uuids is not hindered in its work.
_IDENTITIES = {
    "auth.uid": "auth.uid()",
    "app.user_id": f"CASE WHEN current_setting('app.user_id', true) ~ '{_UUID}'\n"
    "    THEN current_setting('app.user_id', true)::uuid END",
}
#: The table that `includeAudit` adds.
LOG = "audit_log"
_PLACE = re.compile(r"\{\{(?P<quote>'?)(?P<name>\w+)'?\}\}")


def body(name: str, rules: Rules) -> str:
    """The body of the function `name`. `{{created_at}}` becomes the column of that name as
    `columnNamePattern` styles it, `{{'created_at'}}` the same as a text, `{{audit_log}}` that table,
    `{{identity}}` who acts.
    """

    def word(found: re.Match[str]) -> str:
        name = found["name"]
        if name == "identity":
            return _IDENTITIES[rules.rls_identity]
        if name == LOG:
            return qualified(table(name, rules))
        return literal(column(name, rules)) if found["quote"] else ident(column(name, rules))

    return _PLACE.sub(word, _source(name))


def column(name: str, rules: Rules) -> str:
    """A column of a rule, as `columnNamePattern` styles it."""
    return styled(name, rules.column_name_pattern)


def table(name: str, rules: Rules) -> str:
    """A table of a rule, as `tableNamePattern` styles it."""
    return styled(name, rules.table_name_pattern)


@cache
def _source(name: str) -> str:
    return "\n" + files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
