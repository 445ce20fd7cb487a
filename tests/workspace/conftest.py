"""A workspace to work in, and the files of iterations to put there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dbgen.model.schema import Column, Schema, Table
from dbgen.model.snapshot import Snapshot, dumps
from dbgen.workspace.artifacts import Artifact, Artifacts, Intent, publish, stage
from dbgen.workspace.paths import Layout

WORKSPACE = "11111111-2222-4333-8444-555555555555"


def make_layout(root: Path) -> Layout:
    home = ".pipeline/database/"
    return Layout.of(
        root,
        migrations=f"{home}migrations/prototype/",
        state=f"{home}state/prototype/",
        rollbacks=f"{home}rollbacks/prototype/",
        types=f"{home}types/",
    )


def make_artifacts(
    layout: Layout, n: int, version: str, *, mark: str = "", busm: str | None = None
) -> Artifacts:
    tables = tuple(Table(f"t{i}{mark}", (Column("id", "uuid"),)) for i in range(1, n + 1))
    snapshot = dumps(Snapshot(n, Schema(tables)))
    return Artifacts(
        n,
        Artifact(layout.migration(version, n, "crm"), f"-- {n}{mark}\nselect 1;\n"),
        Artifact(layout.rollback(n), f"-- back {n}{mark}\n"),
        Artifact(layout.snapshot(n), snapshot),
        Artifact(layout.types(n), f"// {n}{mark}\n"),
        busm,
    )


def version_of(n: int) -> str:
    return f"2026010100000{n}"


def tree(root: Path) -> dict[str, bytes]:
    """Every file of the workspace but the machine's own."""
    own = {".lock", ".gitignore"}
    paths = (path for path in root.rglob("*") if path.is_file() and path.name not in own)
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    root = tmp_path / "shop"
    root.mkdir()
    return make_layout(root)


@pytest.fixture
def generated(layout: Layout) -> Callable[[int], Layout]:
    """Makes the files of iterations 1 to n."""

    def make(n: int) -> Layout:
        for i in range(1, n + 1):
            intent = Intent("generate", f"run-{i}", i, version_of(i), WORKSPACE)
            publish(stage(layout, make_artifacts(layout, i, version_of(i)), intent))
        return layout

    return make
