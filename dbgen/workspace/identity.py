"""Who this workspace is, and which databases its user confirmed on this machine."""

from __future__ import annotations

import hashlib
import json
import uuid
from pathlib import Path
from typing import Any

from dbgen.workspace.files import corrupt, guarded, read_text, write_whole
from dbgen.workspace.gitignore import ensure_ignored
from dbgen.workspace.paths import Layout


def read_identity(layout: Layout) -> str | None:
    """The workspace's id, None before the first iteration.

    Raises `WorkError` STATE_CORRUPT when the file holds none.
    """
    path = layout.identity
    if not path.exists():
        return None
    name = layout.name(path)
    try:
        return str(uuid.UUID(json.loads(read_text(path, name))["id"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise corrupt(name, "holds no workspace id") from None


def make_identity() -> str:
    """A random id; it lasts once `stage` has been given it."""
    return str(uuid.uuid4())


def identity_text(workspace: str) -> str:
    """What stands in `workspace.json`, which version control shares with colleagues."""
    return json.dumps({"id": workspace}, indent=2) + "\n"


def target_fingerprint(host: str, port: int, database: str) -> str:
    """A database as a hash: no user, no password, not readable back."""
    return hashlib.sha256(f"{host.lower()}\n{port}\n{database}".encode()).hexdigest()


def is_confirmed(layout: Layout, fingerprint: str) -> bool:
    """Whether the user confirmed that database on this machine."""
    return fingerprint in _confirmed(layout.targets)


def confirm(layout: Layout, fingerprint: str) -> None:
    """Remembers a confirmed database. Raises `WorkError` MIGRATION_FAILED when that cannot be written."""
    path = layout.targets
    known = sorted({*_confirmed(path), fingerprint})
    ensure_ignored(layout)
    with guarded("MIGRATION_FAILED", "Cannot remember the confirmed database", "run it again", path):
        write_whole(path, (json.dumps({"confirmed": known}, indent=2) + "\n").encode())


def _confirmed(path: Path) -> frozenset[str]:
    """A file that cannot be read confirms nothing: the user is asked once more."""
    try:
        data: Any = json.loads(path.read_bytes())
        return frozenset(item for item in data["confirmed"] if isinstance(item, str))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return frozenset()
