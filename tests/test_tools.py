"""What judges the tests is there, or a run says so: skipped on a desk, a failure in CI."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import bouncer, npm

NEEDED: dict[str, tuple[Callable[[], object], str]] = {
    "npm": (npm.modules, npm.MISSING),
    "pgbouncer": (bouncer.program, bouncer.MISSING),
}


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A machine with none of the tools."""
    monkeypatch.setattr(npm, "HERE", tmp_path)
    monkeypatch.delenv("DBGEN_NPM_MODULES", raising=False)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    return monkeypatch


@pytest.mark.parametrize("name", NEEDED)
def test_without_a_tool_ci_fails(name: str, bare: pytest.MonkeyPatch) -> None:
    find, words = NEEDED[name]
    bare.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"install|npm ci") as caught:
        find()
    assert words in str(caught.value)


@pytest.mark.parametrize("name", NEEDED)
def test_without_a_tool_others_skip_and_say_why(name: str, bare: pytest.MonkeyPatch) -> None:
    find, words = NEEDED[name]
    bare.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception) as caught:
        find()
    assert words in str(caught.value)
