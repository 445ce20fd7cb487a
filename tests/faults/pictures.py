"""What a workspace and its database hold, and how two such pictures differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dbgen.model.schema import Schema


@dataclass(frozen=True, slots=True)
class Picture:
    """The workspace's files, and the database's catalog and rows, ledger and archive among them."""

    files: Mapping[str, str]
    catalog: Schema
    rows: Mapping[str, tuple[str, ...]]


def difference(expected: tuple[Picture, ...], found: Picture) -> str:
    lines = []
    for number, picture in enumerate(expected):
        files = {name for name in picture.files.keys() | found.files.keys()
                 if picture.files.get(name) != found.files.get(name)}  # fmt: skip
        rows = {name for name in picture.rows.keys() | found.rows.keys()
                if picture.rows.get(name) != found.rows.get(name)}  # fmt: skip
        lines.append(f"against {number}: files {sorted(files)}, rows {sorted(rows)}, "
                     f"catalog {'same' if picture.catalog == found.catalog else 'differs'}")  # fmt: skip
    return "\n".join(lines)
