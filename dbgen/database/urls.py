"""Database URLs as text: what is wrong with one, how to show one, whether it stays on this machine.

Both forms of libpq are read: `postgresql://…` and `host=… password=…`
(https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING).
"""

from __future__ import annotations

import ipaddress
import re

_SCHEME = re.compile(r"\A\s*([A-Za-z][A-Za-z0-9+.\-]*(?::[A-Za-z0-9+.\-]+)?)://")
#: As libpq reads it: what stands before the first `@` or `/` is the user; only one `@` may come there.
_WELL_FORMED = re.compile(
    r"\Apostgres(?:ql)?://(?:[^@/]*@|(?![^@/]*@))[^@/?]*(?:/[^@?]*)?(?:\?.*)?\Z", re.DOTALL
)
_USERINFO = re.compile(r"\A(postgres(?:ql)?://[^:@/]*):[^@/]*@")
_QUERY_SECRET = re.compile(
    r"([?&](?:password|sslpassword|scram_client_key|scram_server_key)=)[^&]*", re.IGNORECASE
)
_PAIR_SECRET = re.compile(
    r"(\b(?:password|sslpassword|scram_client_key|scram_server_key)\s*=\s*)('(?:[^'\\]|\\.)*'?|(?:\\.|[^\s\\])*)",
    re.IGNORECASE,
)
#: Of several hosts, some may leave theirs out.
_PORT = re.compile(r"\d{0,5}", re.ASCII)
_PAIR = re.compile(r"\A\s*\w+\s*=")
_HIDDEN = "***"
#: How API keys and access tokens begin (https://supabase.com/docs/guides/api/api-keys).
_KEYS = ("sb_secret_", "sb_publishable_", "sbp_", "eyJ")

_EXPECTED = "Expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
_ESCAPES = "in the password write %40 for @, %2F for /, %3A for :, %3F for ?, %23 for #, %25 for %"


def refusal(url: str) -> str | None:
    """Why this can be no database URL, as a hint that repeats nothing of it; None when it may be one."""
    text = url.strip()
    if not text:
        return f"The database URL is empty. {_EXPECTED}."
    scheme = _SCHEME.match(text)
    if scheme is None:
        if _PAIR.match(text):
            unread = f"The database URL cannot be read. {_EXPECTED}."
            return _refused_user(text) if _parsed(text) is not None else unread
        if text.startswith(_KEYS):
            return f"This is an API key or an access token, not the database's address. {_EXPECTED}."
        return f"The database URL has no scheme. {_EXPECTED}."
    name = scheme[1].lower()
    if name in ("http", "https"):
        return (
            "This is an address for a browser or the Data API, not the database's. "
            "Take the connection string from the project's Connect dialog: postgresql://…"
        )
    if name not in ("postgres", "postgresql"):
        return f"{name}:// is no PostgreSQL URL. {_EXPECTED}."
    if "[YOUR-PASSWORD]" in text:
        return "Put the database's password in the place of [YOUR-PASSWORD]."
    parts = _parsed(text) if _WELL_FORMED.match(text) else None
    if parts is None:
        return f"The database URL cannot be read. {_EXPECTED}; {_ESCAPES}."
    if not all(_PORT.fullmatch(port) for port in parts.get("port", "").split(",")):
        return f"The port in the database URL is no number. {_EXPECTED}; {_ESCAPES}."
    return _refused_user(text)


def _refused_user(url: str) -> str | None:
    """The pooler finds the project in the user's name, or in `options`
    (https://supabase.com/docs/guides/troubleshooting/supavisor-faq-YyP5tI).
    """
    user, host = user_and_host(url)
    if not host.endswith(".pooler.supabase.com") or "." in user:
        return None
    if "reference=" in (_parsed(url) or {}).get("options", ""):
        return None
    return (
        f"The pooler's user is {user or 'postgres'}.PROJECT-REF (the ref is the 20 letters of the project's "
        f"address), not {user or 'empty'}."
    )


def without_password(url: str) -> str:
    """The URL for people's eyes: same place, no secret. A text that is no URL keeps nothing doubtful."""
    text = url.strip()
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _PAIR_SECRET.sub(rf"\1{_HIDDEN}", text) if _PAIR.match(text) else _HIDDEN
    if not _WELL_FORMED.match(text):
        return f"{scheme[1]}://{_HIDDEN}"
    return _QUERY_SECRET.sub(rf"\1{_HIDDEN}", _USERINFO.sub(rf"\1:{_HIDDEN}@", text))


def is_local(url: str) -> bool:
    """Whether the server is surely on this machine: every address a loopback one or a unix socket.

    What the URL leaves out is taken where libpq takes it (PGHOST and its like); a service file, which
    may name any host, is not believed.
    """
    parameters = _parsed(url)
    if parameters is None or refusal(url) is not None:
        return False
    given = {**_defaults(), **parameters}
    if given.get("service") or given.get("servicefile"):
        return False
    hosts = given.get("hostaddr") or given.get("host") or ""
    return all(_is_local_host(host.strip()) for host in hosts.split(","))


def secrets(url: str) -> tuple[str, ...]:
    """The secrets that the URL holds, longest first, to be cut out of other texts."""
    parameters = _parsed(url) or {}
    names = ("password", "sslpassword", "scram_client_key", "scram_server_key")
    others = {value for name, value in parameters.items() if name not in names}
    found = {parameters[name] for name in names if parameters.get(name)}
    return tuple(sorted(found - others, key=len, reverse=True))


def server_of(url: str) -> tuple[str, int, str]:
    """Host, port and database of a URL, with libpq's defaults; of several hosts the first."""
    given = _parsed(url) or {}
    host = (given.get("host") or given.get("hostaddr") or "").partition(",")[0]
    port = (given.get("port") or "5432").partition(",")[0]
    return host, int(port) if port.isdigit() else 5432, given.get("dbname") or given.get("user") or "postgres"


def user_and_host(url: str) -> tuple[str, str]:
    """User and host of a URL, "" where it names none."""
    given = _parsed(url) or {}
    return given.get("user", ""), given.get("host", "").lower()


def psql_environment(url: str) -> dict[str, str]:
    """The URL as the environment that psql reads, so that no password stands in a list of processes."""
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    return {names[name]: value for name, value in (_parsed(url) or {}).items() if name in names}


def _is_local_host(host: str) -> bool:
    if not host or host[0] in "/@":
        return True
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _parsed(url: str) -> dict[str, str] | None:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        return {
            name: str(value) for name, value in conninfo_to_dict(url.strip()).items() if value is not None
        }
    except psycopg.Error:
        return None


def _defaults() -> dict[str, str]:
    from psycopg.pq import Conninfo

    kept = ("host", "hostaddr", "service", "servicefile")
    options = ((option.keyword.decode(), option.val) for option in Conninfo.get_defaults())
    return {name: value.decode() for name, value in options if name in kept and value}
