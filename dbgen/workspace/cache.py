"""What is quicker to keep than to find out again. Anybody may delete it: nothing depends on it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from dbgen.errors import InputError
from dbgen.workspace.paths import Layout


def recall(layout: Layout, name: str) -> Mapping[str, Any] | None:
    """What was last remembered under the name; None where that cannot be read."""
    try:
        found = json.loads(_place(layout, name).read_bytes())
    except (OSError, ValueError, RecursionError, InputError):
        return None
    return found if isinstance(found, dict) else None


def remember(layout: Layout, name: str, value: Mapping[str, Any]) -> None:
    """Keeps a value that JSON can hold, where it can be written; nobody waits for the disk."""
    with suppress(OSError, InputError):
        path = _place(layout, name)
        ignored = path.with_name(".gitignore")
        if not ignored.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            ignored.write_bytes(b"*\n")
        half = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            half.write_bytes(json.dumps(value).encode())
            half.replace(path)
        except OSError:
            half.unlink(missing_ok=True)


def _place(layout: Layout, name: str) -> Path:
    return layout.inside(layout.database / ".cache" / f"{name}.json")
