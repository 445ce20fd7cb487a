"""The benchmarks measure the same schemas each time, and ones that dbgen takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.measure import Figures
from benchmarks.plot import svg
from benchmarks.report import Row, replace_part, rows_page, short, sizes_page
from benchmarks.rows import Pair
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


def _rows() -> list[Row]:
    said = (("dbgen", "generate", 0.5), ("dbgen", "generate --no-verify", 0.25), ("peer", "migra", 1.0))
    return [
        Row(size, kind, name, Figures(wall * size, wall, 40_000_000 + 70_000 * size))
        for size in (10, 100)
        for kind, name, wall in said
    ]


def test_report_has_every_figure_and_the_goals() -> None:
    page = sizes_page(_rows(), {"Python": "3"}, ("drizzle-kit, not installed",))
    assert "| dbgen | generate | 5.00 | 0.50 | 41 |" in page
    assert "| `generate` to `generate --no-verify` | 2.00 | 2.00 | 4 |" in page
    assert "| generate | 1.00 | **70.00** |" in page
    assert "Left out: drizzle-kit, not installed" in page
    assert "| migra | 10.00 | 100.00 |" in short(_rows(), {"When": "today"})
    picture = svg(_rows(), "Seconds")
    assert picture.count("<circle") == 6
    assert "generate --no-verify" in picture


def test_parts_of_a_page_are_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    begin, end = "<!-- rows: made by `python -m benchmarks` -->\n", "<!-- end of rows -->\n"
    page.write_text(f"before\n{begin}old\n{end}after\n")
    pair = Pair("rollback", Figures(3, 1, 0), Figures(2, 1, 0))
    replace_part(page, "rows", rows_page((pair,), 1000, {}))
    assert "| rollback | 3.00 | 2.00 | 1.50 |" in page.read_text()
    assert page.read_text().startswith(f"before\n{begin}")
    assert page.read_text().endswith(f"{end}after\n")
    with pytest.raises(ValueError, match="no place for sizes"):
        replace_part(page, "sizes", "")


@pytest.mark.parametrize("name", ["sizes", "rows"])
def test_pages_have_their_places(name: str, tmp_path: Path) -> None:
    copy = tmp_path / "page.md"
    for page, part in (("docs/benchmarks.md", name), ("README.md", "benchmarks")):
        copy.write_text((Path(__file__).parents[1] / page).read_text(encoding="utf-8"), encoding="utf-8")
        replace_part(copy, part, "")
