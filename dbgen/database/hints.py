"""What a refusal of the server means and what to do about it, said without any secret."""

from __future__ import annotations

import re

from dbgen.database.urls import user_and_host

#: A project's own host has an IPv6 address alone
#: (https://supabase.com/docs/guides/database/connecting-to-postgres).
_DIRECT_HOST = re.compile(r"db\.[a-z0-9]+\.supabase\.(?:co|red)\Z")
_CERTIFICATE = (
    "The server's certificate does not hold against sslrootcert: name the file of the authority that signed "
    "it (Supabase: Database settings, SSL configuration), or say sslmode=require, which checks none."
)
#: What libpq, PostgreSQL and Supabase's pooler say, and what it means.
_MEANINGS = (
    (
        "Tenant or user not found",
        "The pooler knows no such project: its user is postgres.PROJECT-REF, and its host that of the "
        "project's region. Take the connection string from the project's Connect dialog.",
    ),
    (
        "does not support SSL",
        "The server refuses TLS, which sslmode asks for. For a server of your own say sslmode=disable or "
        "prefer; Supabase's servers always take TLS, so look whether host and port are theirs.",
    ),
    (r"SSL (?:connection is )?required|no encryption", "The server insists on TLS: say sslmode=require."),
    (r"root certificate file .* does not exist|could not read root certificate", _CERTIFICATE),
    ("certificate verify failed", _CERTIFICATE),
    (
        "does not match host name",
        "With sslmode=verify-full the URL's host must be one that the certificate names; verify-ca checks "
        "the authority alone.",
    ),
)

#: The privilege that a kind of object lacks when PostgreSQL refuses to work in it
#: (https://www.postgresql.org/docs/current/ddl-priv.html).
_OBJECT = re.compile(
    r"permission denied for (schema|database|table|view|sequence|function|type|language|relation) (.+)"
)
_OWNER = re.compile(r"must be owner of (.+)")
_ROLE = re.compile(r"must be able to SET ROLE|must be member of role|permission denied to (.+)")
_BY_KIND = {
    "database": "CREATE",
    "function": "EXECUTE",
    "type": "USAGE",
    "language": "USAGE",
}
_BY_VERB = {
    "SELECT": "SELECT",
    "INSERT": "INSERT",
    "UPDATE": "UPDATE",
    "DELETE": "DELETE",
    "TRUNCATE": "TRUNCATE",
    "LOCK": "UPDATE",
}
_INNER = re.compile(r'SQL statement "(.*?)"\s*(?:PL/pgSQL|\Z)', re.DOTALL)
_COMMENTS = re.compile(r"\A(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*", re.DOTALL)


def meaning(url: str, reason: str) -> str | None:
    """What to do about a connection that was refused for this reason; None where the reason says it all."""
    user, host = user_and_host(url)
    for pattern, words in _MEANINGS:
        if re.search(pattern, reason):
            return words
    if not _DIRECT_HOST.search(host):
        return None
    if re.search("unreachable|resolve host|assign requested address", reason):
        return "Without IPv6, take the pooler's connection string instead of the direct one."
    if "password authentication failed" in reason and "." in user:
        return "A user with the project's ref is the pooler's; on the direct host it is postgres."
    return None


def missing_privilege(message: str, statement: str | None, context: str | None = None) -> str | None:
    """What the role lacks, and for which statement, from PostgreSQL's words for SQLSTATE 42501; `context`
    names the statement inside a block.
    """
    inner = _INNER.search(context or "")
    statement = inner[1] if inner else statement
    lacking = _lacking(message, statement or "")
    if lacking is None:
        return None
    what = f" It is needed for: {_line(statement)}" if statement else ""
    return f"{lacking}{what}"


def _lacking(message: str, statement: str) -> str | None:
    if found := _OBJECT.search(message):
        kind, name = found[1], found[2]
        privilege = _privilege(kind, name, statement)
        return f"The role needs {privilege} on {'table' if kind == 'relation' else kind} {name}."
    if found := _OWNER.search(message):
        return f"The role needs to own {found[1]}, or to be a member of the role that does."
    if found := _ROLE.search(message):
        return f"The role may not do this: {message}."
    return None


def _privilege(kind: str, name: str, statement: str) -> str:
    code = _COMMENTS.sub("", statement)
    if kind == "schema":
        refers = re.search(rf'REFERENCES\s+"?{re.escape(name)}"?\.', code)
        return "CREATE" if code[:6].upper() == "CREATE" and not refers else "USAGE"
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    verb = code.split(None, 1)[0].upper() if code.split() else ""
    if verb in _BY_VERB:
        return _BY_VERB[verb]
    target = re.compile(rf"REFERENCES\s+(?:\S+\.)?\"?{re.escape(name)}\b")
    return "REFERENCES" if target.search(code) else "a privilege"


def _line(statement: str, length: int = 160) -> str:
    line = " ".join(_COMMENTS.sub("", statement).split())
    return line if len(line) <= length else line[: length - 1] + "…"
