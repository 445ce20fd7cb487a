"""The README is true: its story runs as written, its tables say what the code says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dbgen import errors
from dbgen.inputs.config import Config, every_key
from dbgen.inputs.config_keys import PROTOTYPE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>sh|yaml)\n(?P<text>.*?)```", re.DOTALL)
_RAISED = re.compile(r'(?:InputError|WorkError|DbgenError)(?:\.of)?\(\s*"([A-Z_]+)"')


def _story() -> list[tuple[str | None, str]]:
    """The blocks from the story on: a file with its text, or a script."""
    start = README.index("## Three iterations")
    return [(found["file"], found["text"]) for found in _BLOCK.finditer(README, start)]


def _section(title: str) -> str:
    return README.split(f"\n{title}\n", 1)[1].split("\n#", 1)[0]


def _rows(section: str) -> list[list[str]]:
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The shipped example as a clone has it, and `dbgen` on the path."""
    for name in ("config", ".pipeline/modules", ".pipeline/factory-tools"):
        shutil.copytree(ROOT / name, tmp_path / "clone" / name)
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "dbgen"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dbgen "$@"\n')
    program.chmod(0o755)
    return tmp_path / "clone"


@pytest.mark.slow
def test_story_runs(workspace: Path) -> None:
    path = f"{workspace.parent / 'bin'}:{os.environ['PATH']}"
    variables = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "PAGER": "cat"}
    said = []
    for file, text in _story():
        if file is not None:
            (workspace / file).write_text(text, encoding="utf-8")
            continue
        words = ["sh", "-eu", "-c", text]
        done = subprocess.run(
            words, cwd=workspace, env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        said.append(done.stdout)
    assert "accounts_pkey" in said[1]
    assert "Iteration 3" in said[3]
    assert said[4].count("Rolled back to") == 3
    assert "the empty database" in said[4]
    renamed = next(text for text in said if "rename column accounts.name to display_name" in text)
    assert "Iteration 2 is applied" in renamed
    assert any("ada@example.org" in text for text in said)
    *_, grown, hardened, back = said
    assert "Iteration 3 is applied" in grown
    assert "Iteration 4 is applied" in hardened
    assert "Rolled back to iteration 3." in back
    assert re.search(r"Ada +\| Berlin +\| Grace Hopper", back)


def test_first_module_is_the_shipped_one() -> None:
    file, text = _story()[0]
    assert file is not None
    assert (ROOT / file).read_text(encoding="utf-8") == text


def test_commands_of_the_first_screen() -> None:
    blocks = [found["text"] for found in _BLOCK.finditer(README) if found["kind"] == "sh"][:2]
    assert blocks[0].rstrip().endswith(".venv/bin/dbgen generate --yes")
    assert ".venv/bin/python -m pytest -n 2" in blocks[1]
    assert README.index(blocks[1]) < README.index("## ")


def test_config_table() -> None:
    rows = {key.strip("`"): default.strip("`") for key, default, *_ in _rows(_section("## Config"))}
    assert list(rows) == [*(k for k in PROTOTYPE if not isinstance(PROTOTYPE[k], dict)), *_grouped()]
    for name, key in every_key().items():
        expected = _default(name, key.attribute)
        if rows[name].startswith("${"):
            assert expected == ""
            continue
        assert rows[name] == (str(expected).lower() if isinstance(expected, bool) else str(expected)), name


def _grouped() -> list[str]:
    return [f"{group}.{k}" for group, keys in PROTOTYPE.items() if isinstance(keys, dict) for k in keys]


def _default(name: str, attribute: str) -> Any:
    config = Config()
    group = name.partition(".")[0]
    return getattr({"paths": config.paths, "rules": config.rules}.get(group, config), attribute)


def test_error_codes() -> None:
    told = {row[0].strip("`"): row[1] for row in _rows(_section("### Error codes"))}
    raised = {
        code
        for path in (ROOT / "dbgen").rglob("*.py")
        for code in _RAISED.findall(path.read_text(encoding="utf-8"))
    }
    assert raised - set(told) == set()
    tree = errors.__doc__ or ""
    inputs, work = (set(re.findall(r"[A-Z]+_[A-Z_]+|LOCKED|DRIFT", part)) for part in tree.split("WorkError"))
    for code, status in told.items():
        if code in inputs | work:
            assert status == ("2" if code in inputs else "1"), code
    assert set(told) - inputs - work == {"DECLINED", "INTERRUPTED", "INTERNAL_ERROR"}


def test_every_dependency_is_explained() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[\[<>=]", one)[0] for one in project["dependencies"]}
    assert {row[0] for row in _rows(_section("## What it stands on"))} == wanted
