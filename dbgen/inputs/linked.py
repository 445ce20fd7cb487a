"""The database of the project that `supabase link` chose, from what the CLI leaves in `supabase/.temp`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

_PLACEHOLDER = re.compile(r":\[YOUR-PASSWORD\]")


def linked_url(root: Path, names: Mapping[str, str]) -> str:
    """The session pooler's URL with the password of SUPABASE_DB_PASSWORD; "" where either is missing.

    As the CLI does: the file has no password, the port is the session pooler's whatever the file says, and
    a file whose user is another project's than `project-ref` is not used.
    """
    password = names.get("SUPABASE_DB_PASSWORD", "")
    text = _PLACEHOLDER.sub("", _read(root, "pooler-url"))
    if not password or not text:
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return ""
    user = parts.username or ""
    if parts.scheme not in ("postgres", "postgresql") or not host or not user:
        return ""
    reference = _read(root, "project-ref")
    if "." in user and reference and user.partition(".")[2] != reference:
        return ""
    address = f"[{host}]" if ":" in host else host
    netloc = f"{user}:{quote(password, safe='')}@{address}:5432"
    return urlunsplit(parts._replace(scheme="postgresql", netloc=netloc))


def _read(root: Path, name: str) -> str:
    """A file of the CLI's state, "" where there is none that can be read."""
    try:
        return (root / "supabase" / ".temp" / name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
