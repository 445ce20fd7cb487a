"""The benchmarks measure the same schemas each time, and ones that dbgen takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.measure import Figures
from benchmarks.plot import svg
from benchmarks.report import Row, markdown
from benchmarks.shapes import entities
from benchmarks.workspaces import input_files, write_typical, write_workspace
from tests.cli.processes import dbgen


def _texts(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in input_files(root)}


@pytest.mark.parametrize("iteration", [1, 2])
def test_same_texts_each_time(tmp_path: Path, iteration: int) -> None:
    for name in ("one", "two"):
        write_workspace(tmp_path / name, 100, 3 - iteration)
        write_workspace(tmp_path / name, 100, iteration)
    assert _texts(tmp_path / "one") == _texts(tmp_path / "two")


def test_shape_of_the_work() -> None:
    first, second = entities(1000, 1), entities(1000, 2)
    fields = [len(one.fields) for one in first]
    keys = [sum(field.target is not None for field in one.fields) for one in first]
    assert (len(first), set(fields), sum(keys)) == (1000, {12}, 1200)
    targets = {one.name: one.fields[-1].target for one in first if len(one.fields) == 12}
    assert any(name == target for name, target in targets.items())
    assert any(target is not None and targets[target] == name != target for name, target in targets.items())
    before = {one.name: {f.name: f.type for f in one.fields} for one in first}
    after = {one.name: {f.name: f.type for f in one.fields} for one in second}
    kept = before.keys() & after.keys()
    assert len(after) - len(kept) == 50
    assert sum(len(after[name].keys() - before[name].keys()) == 2 for name in kept) == 100
    assert sum(len(before[name].keys() - after[name].keys()) == 1 for name in kept) == 10
    assert sum(before[n][f] != after[n][f] for n in kept for f in before[n].keys() & after[n].keys()) == 20


@pytest.mark.parametrize("size", [None, 10])
def test_previews(tmp_path: Path, size: int | None) -> None:
    if size is None:
        write_typical(tmp_path)
    else:
        write_workspace(tmp_path, size, 1)
    done = dbgen("preview", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    counts = json.loads(done.stdout)["counts"]
    assert (counts["tables"], counts["columns"]) == ((3, 20) if size is None else (10, 120))


def test_report_has_every_figure_and_the_ratios() -> None:
    rows = [
        Row(size, kind, name, Figures(wall * size, wall, 40_000_000))
        for size in (10, 100)
        for kind, name, wall in (("dbgen", "generate", 0.5), ("dbgen", "generate --no-verify", 0.25))
    ]
    page = markdown(rows, {"Python": "3"}, ("migra",))
    assert "| dbgen | generate | 5.00 | 0.50 | 40 |" in page
    assert "| `generate` to `generate --no-verify` | 2.00 | 2.00 | 1.00 |" in page
    assert "left out: migra" in page
    picture = svg(rows, "Seconds")
    assert picture.count("<circle") == 4
    assert "generate --no-verify" in picture
