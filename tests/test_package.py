"""What an installed dbgen has beside its code: all that stands in the repository, hidden folders too."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_wheel_has_every_file(tmp_path: Path) -> None:
    source = tmp_path / "source"
    # A build leaves files beside what it builds.
    words = ["git", "clone", "-q", "--no-hardlinks", "--depth", "1", f"file://{ROOT}", str(source)]
    subprocess.run(words, check=True, timeout=60)
    words = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(source)]
    subprocess.run(words, check=True, timeout=300, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("dbgen/")}
    files = (path for path in (source / "dbgen").rglob("*") if path.is_file())
    assert packed == {path.relative_to(source).as_posix() for path in files}
