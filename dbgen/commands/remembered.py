"""Plans that were worked out before: the same files give the same plan, so it is worked out once.

What is kept lies in the workspace's cache, under a hash of all that a plan is made of. Only what was found
without a person's answer is kept, and no error is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from dbgen.commands.generating import Selection
from dbgen.commands.results import Generated, OperationView, as_json
from dbgen.commands.session import GENERATOR, Session
from dbgen.inputs.fingerprint import fingerprint
from dbgen.model.requests import Notice
from dbgen.workspace.cache import recall, remember
from dbgen.workspace.state import FilesState

_PREVIEW, _PENDING = "preview", "pending"


def plan_key(session: Session, state: FilesState, selection: Selection) -> str | None:
    """What the plan depends on, as a hash; None where an input cannot be read, or nothing could be kept."""
    if not session.layout.database.is_dir():
        return None
    inputs = fingerprint(session.root, session.config)
    if inputs is None:
        return None
    parts = (program(), inputs, selection, state.current, state.last.digest)
    return sha256(repr(parts).encode()).hexdigest()


def recalled_preview(session: Session, key: str | None) -> Generated | None:
    """The result kept under this key."""
    found = _recalled(session, _PREVIEW, key)
    if found is None:
        return None
    found["operations"] = tuple(
        OperationView(**{**one, "warnings": tuple(one["warnings"])}) for one in found["operations"]
    )
    found["warnings"] = tuple(
        Notice(**{**one, "details": tuple(map(tuple, one["details"]))}) for one in found["warnings"]
    )
    found |= {name: tuple(found[name]) for name in ("modules", "recovered", "repaired")}
    return Generated(**found)


def remember_preview(session: Session, key: str | None, result: Generated) -> None:
    """Keeps the result of a preview that looked at the files alone."""
    if key is not None:
        remember(session.layout, _PREVIEW, {"key": key, **as_json(result)})


def recalled_pending(session: Session, key: str | None) -> dict[str, Any] | None:
    """What `status` found of the inputs under this key."""
    return _recalled(session, _PENDING, key)


def remember_pending(session: Session, key: str | None, found: Mapping[str, Any]) -> None:
    """Keeps what `status` found of the inputs."""
    if key is not None:
        remember(session.layout, _PENDING, {"key": key, **found})


def _recalled(session: Session, name: str, key: str | None) -> dict[str, Any] | None:
    found = None if key is None else recall(session.layout, name)
    if found is None or found.get("key") != key:
        return None
    return {name: value for name, value in found.items() if name != "key"}


@cache
def program() -> str:
    """This dbgen: its version, and its files as they are now, which a checkout changes under one version."""
    home = Path(__file__).parents[1]
    seen = [
        (entry.path, entry.stat().st_mtime_ns, entry.stat().st_size)
        for folder, _, _ in os.walk(home)
        for entry in os.scandir(folder)
        if entry.name.endswith((".py", ".sql"))
    ]
    return sha256(repr((GENERATOR, sorted(seen))).encode()).hexdigest()
