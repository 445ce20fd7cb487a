"""One at a time, and the second one is told who the first is."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dbgen.errors import WorkError
from dbgen.workspace.lock import locked, signature
from dbgen.workspace.paths import Layout

HOLDER = """
import sys
from pathlib import Path
from dbgen.workspace.lock import locked
from dbgen.workspace.paths import Layout
layout = Layout.of(Path(sys.argv[1]), migrations="m", state="s", rollbacks="r", types="t")
with locked(layout, "anna, pid 4711, dbgen generate"):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(layout: Layout) -> subprocess.Popen[str]:
    here = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(layout.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=here,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_second_process_is_told_who_holds_it(layout: Layout) -> None:
    with holder(layout) as process:
        with pytest.raises(WorkError) as caught, locked(layout, "ben"):
            pass
        process.communicate()
    assert caught.value.code == "LOCKED"
    assert "anna, pid 4711, dbgen generate" in caught.value.message
    with locked(layout, "ben"):
        assert layout.lock_file.read_text() == "ben"
    assert layout.lock_file.read_text() == ""


def test_killed_holder_holds_nothing(layout: Layout) -> None:
    with holder(layout) as process:
        process.kill()
        process.wait()
    assert "anna" in layout.lock_file.read_text()
    with locked(layout, "ben"):
        assert layout.lock_file.read_text() == "ben"


def test_twice_in_one_process_and_after_an_error(layout: Layout) -> None:
    with locked(layout, "one"), pytest.raises(WorkError, match="one"), locked(layout, "two"):
        pass
    with pytest.raises(RuntimeError, match="inside"), locked(layout, "one"):
        raise RuntimeError("inside")
    with locked(layout, "three"):
        pass


def test_holder_that_has_not_said_who_it_is(layout: Layout) -> None:
    with locked(layout, ""), pytest.raises(WorkError, match="has not said"), locked(layout, "two"):
        pass


def test_folder_that_cannot_be_made(layout: Layout) -> None:
    (layout.root / ".pipeline").touch()
    with pytest.raises(WorkError) as caught, locked(layout, "one"):
        pass
    assert caught.value.code == "LOCKED"


def test_lock_is_ignored_by_git(layout: Layout) -> None:
    with locked(layout, "one"):
        pass
    subprocess.run(["git", "init", "-q", layout.root], check=True)
    (layout.root / ".pipeline/database/history").mkdir()
    (layout.root / ".pipeline/database/history/x").touch()
    (layout.root / ".pipeline/database/workspace.json").touch()
    status = subprocess.run(
        ["git", "-C", layout.root, "status", "--porcelain", "-uall"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert status.stdout.split() == [
        "??",
        ".pipeline/database/.gitignore",
        "??",
        ".pipeline/database/workspace.json",
    ]


def test_signature_names_user_process_command_and_time() -> None:
    text = signature("anna", "dbgen generate", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert text.startswith("anna, pid ")
    assert text.endswith(", dbgen generate, since 2026-01-02T03:04:05+00:00")
