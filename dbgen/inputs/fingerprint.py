"""The workspace's inputs as one hash, to know them again without reading them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from dbgen.inputs.config import CONFIG_FILE, Config


def fingerprint(root: Path, config: Config) -> str | None:
    """A hash of what a plan reads of the workspace beside its snapshots: the config as it was resolved and
    as it is written, the model, and every file beside the modules by its name. None where one cannot be read.
    """
    sums = hashlib.sha256(repr((config.paths, config.rules)).encode())
    try:
        names = sorted(entry.name for entry in (root / config.paths.modules).iterdir())
        for name in (CONFIG_FILE, config.paths.busm, *(f"{config.paths.modules}/{name}" for name in names)):
            _add(sums, root / name, name)
    except OSError:
        return None
    return sums.hexdigest()


def _add(sums: hashlib._Hash, path: Path, name: str) -> None:
    """The name, what is there (a link may lead out of the workspace, which is refused), and its content."""
    kind = "link" if path.is_symlink() else "file" if path.is_file() else "none"
    content = path.read_bytes() if path.is_file() else b""
    sums.update(f"{name}\0{kind}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
    sums.update(content)
