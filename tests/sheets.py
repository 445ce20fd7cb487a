"""Expected texts of stories: written with `pytest --update`, compared without."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from dbgen.commands.results import Generated
from dbgen.errors import DbgenError, Problem


def said(result: Generated) -> str:
    """What a person is told beside the SQL: notices, and what BUSM should learn."""
    lines = []
    for notice in result.warnings:
        words = [notice.level, notice.code, notice.place and f"({notice.place})"]
        lines.append(f"{' '.join(filter(None, words))}: {notice.message}")
    if result.busmUpdates:
        lines.append("for BUSM: " + json.dumps(result.busmUpdates, indent=2, ensure_ascii=False))
    return "\n".join(lines) + "\n" if lines else ""


def refused(error: DbgenError) -> str:
    """All of an error: code and exit status, then each mistake with place, line and hint."""
    problems = error.problems or (Problem(error.message, error.hint, error.place),)
    parts = [f"{error.code}, exit status {error.exit_status}"]
    for problem in problems:
        place = problem.place
        parts.append(f"\n{place}" if place else "\n(no place)")
        if place is not None and place.text is not None:
            parts.append(f"    {place.text[:100].rstrip()}")
        parts.append(problem.message)
        if problem.hint:
            parts.append(f"hint: {problem.hint}")
    return "\n".join(parts) + "\n"


def compare(folder: Path, texts: Mapping[str, str], update: bool) -> None:
    """Compares the texts with the folder's files of these names, byte for byte; an empty text has no file."""
    wanted = {name: text for name, text in texts.items() if text}
    if update:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        for name, text in wanted.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
    found = {path.name: path.read_bytes().decode() for path in folder.iterdir()} if folder.exists() else {}
    assert wanted == found, f"{folder} is another: read the difference, then pytest --update"
