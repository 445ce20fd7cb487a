"""Files appear all together or not at all, whatever happens in between."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dbgen.errors import InputError, WorkError
from dbgen.workspace.artifacts import (
    Artifacts,
    Intent,
    Retired,
    discard,
    pending,
    publish,
    retired,
    settle,
    stage,
)
from dbgen.workspace.history import list_history
from dbgen.workspace.identity import read_identity
from dbgen.workspace.paths import Layout
from dbgen.workspace.state import read_state

from .conftest import WORKSPACE, make_artifacts, make_layout, tree, version_of

Generated = Callable[[int], Layout]
Scenario = tuple[Artifacts | None, Intent]

#: Every call by which staging and publishing change the disk.
WRITES = ("replace", "fsync", "unlink", "mkdir", "rmdir")


def generate(layout: Layout) -> Scenario:
    made = make_artifacts(layout, 2, version_of(2), busm="{}\n")
    return made, Intent("generate", "run-x", 2, version_of(2), WORKSPACE)


def without_database(layout: Layout) -> Scenario:
    made = make_artifacts(layout, 2, version_of(2))
    return made, Intent("generate", "run-x", 2, version_of(2), WORKSPACE, awaits_commit=False)


def rollback(layout: Layout) -> Scenario:
    old = retired(layout, read_state(layout).migration(1))
    return None, Intent("rollback", "run-x", 1, version_of(1), WORKSPACE, retires=old)


def rollback_forgotten(layout: Layout) -> Scenario:
    old = retired(layout, read_state(layout).migration(1))
    return None, Intent("rollback", "run-x", 1, version_of(1), WORKSPACE, retires=old, keep_history=False)


def redo(layout: Layout) -> Scenario:
    old = retired(layout, read_state(layout).migration(1))
    made = make_artifacts(layout, 1, version_of(5), mark="b")
    return made, Intent("generate", "run-x", 1, version_of(5), WORKSPACE, retires=old, max_history=1)


SCENARIOS = (generate, without_database, rollback, rollback_forgotten, redo)


def prepared(root: Path) -> Layout:
    """Iteration 1 is there, and so are flags of BUSM that a run may replace."""
    layout = make_layout(root)
    intent = Intent("generate", "run-1", 1, version_of(1), WORKSPACE)
    publish(stage(layout, make_artifacts(layout, 1, version_of(1), busm="{1}\n"), intent))
    return layout


def whole_run(layout: Layout, scenario: Callable[[Layout], Scenario], ledger: Path) -> None:
    staged = stage(layout, *scenario(layout))
    ledger.touch()
    publish(staged)


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Whether the work, in a process of its own, was killed at its n-th write."""
    child = os.fork()
    if child == 0:
        left = [number]
        for name in WRITES:
            setattr(os, name, _deadly(getattr(os, name), left))
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _deadly(call: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def wrapped(*args: Any, **options: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **options)

    return wrapped


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(one, marks=pytest.mark.slow) if one in (without_database, rollback_forgotten) else one
        for one in SCENARIOS
    ],
)
def test_killed_at_any_moment(tmp_path: Path, scenario: Callable[[Layout], Scenario]) -> None:
    before = tree(prepared(tmp_path / "before").root)
    finished = prepared(tmp_path / "after")
    whole_run(finished, scenario, tmp_path / "after.ledger")
    after, number, seen = tree(finished.root), 0, set()
    assert before != after
    while True:
        number += 1
        layout, ledger = prepared(tmp_path / f"{number}"), tmp_path / f"{number}.ledger"
        if not killed_at(number, partial(whole_run, layout, scenario, ledger)):
            break
        left = pending(layout)
        must_ask = any(staged.asks_database for staged in left)
        for staged in left:
            assert settle(layout, staged, ledger.exists() if must_ask else False).endswith(".")
        assert pending(layout) == ()
        assert not any(layout.staging.iterdir())
        committed = ledger.exists() if scenario is not without_database else tree(layout.root) != before
        assert tree(layout.root) == (after if committed else before), number
        seen.add(committed)
    assert seen == {True, False}
    assert number > 10


def test_killed_while_settling(tmp_path: Path) -> None:
    finished = prepared(tmp_path / "after")
    whole_run(finished, redo, tmp_path / "after.ledger")
    for number in range(1, 100):
        layout = prepared(tmp_path / f"{number}")
        staged = stage(layout, *redo(layout))
        if not killed_at(number, partial(settle, layout, staged, True)):
            break
        for left in pending(layout):
            settle(layout, left, True)
        assert tree(layout.root) == tree(finished.root)
    assert number > 10


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, name: str, number: int, code: int) -> Iterator[list[int]]:
    calls, real = [0], getattr(os, name)

    def wrapped(*args: Any, **options: Any) -> Any:
        calls[0] += 1
        if calls[0] == number:
            raise OSError(code, os.strerror(code))
        return real(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, name, wrapped)
        yield calls


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("name", ["fsync", "replace", "mkdir"])
def test_disk_full_while_staging(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    layout = prepared(tmp_path / "shop")
    before = tree(layout.root)
    with failing(monkeypatch, name, 0, code) as calls:
        staged = stage(layout, *generate(layout))
        writes = calls[0]
    discard(staged)
    assert writes > 0
    for number in range(1, writes + 1):
        with failing(monkeypatch, name, number, code), pytest.raises(WorkError) as caught:
            stage(layout, *generate(layout))
        assert caught.value.code == "MIGRATION_FAILED"
        assert "nothing was changed" in caught.value.message
        assert (code == errno.EIO) != ("Free some space" in (caught.value.hint or ""))
        assert tree(layout.root) == before
        assert pending(layout) == ()


def test_disk_full_while_publishing_is_finished_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = prepared(tmp_path / "shop")
    staged = stage(layout, *generate(layout))
    with failing(monkeypatch, "replace", 3, errno.ENOSPC), pytest.raises(WorkError) as caught:
        publish(staged)
    assert caught.value.code == "STATE_MISMATCH"
    assert "Free some space" in (caught.value.hint or "")
    (left,) = pending(layout)
    assert not left.asks_database
    assert "Iteration 2" in settle(layout, left, committed=False)
    assert read_state(layout).current == 2


def test_folder_on_another_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = prepared(tmp_path / "shop")
    real = os.replace

    def across(source: Any, target: Any) -> None:
        if ".staging" in str(source) and ".staging" not in str(target):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real(source, target)

    monkeypatch.setattr(os, "replace", across)
    whole_run(layout, generate, tmp_path / "ledger")
    assert read_state(layout).iterations == (1, 2)
    assert not [name for name in tree(layout.root) if "dbgen-part" in name]


def test_nothing_is_visible_before_publish(generated: Generated) -> None:
    layout = generated(1)
    before = tree(layout.root)
    staged = stage(layout, *generate(layout))
    assert {name for name in tree(layout.root) if ".staging" not in name} == set(before)
    assert pending(layout) == (staged,)
    assert staged.asks_database
    discard(staged)
    assert tree(layout.root) == before


def test_pending_run_says_which_database_to_ask(layout: Layout) -> None:
    intent = Intent("apply", "run", 1, version_of(1), WORKSPACE, target="fingerprint")
    staged = stage(layout, None, intent)
    (left,) = pending(layout)
    assert left == staged
    assert left.manifest is not None
    assert (left.manifest.run, left.manifest.target) == ("run", "fingerprint")


def test_publish_twice(generated: Generated) -> None:
    layout = generated(1)
    staged = stage(layout, *generate(layout))
    publish(staged)
    after = tree(layout.root)
    publish(staged)
    assert tree(layout.root) == after


def test_first_run_brings_the_identity(generated: Generated) -> None:
    layout = generated(0)
    assert read_identity(layout) is None
    whole_run(layout, lambda at: (make_artifacts(at, 1, version_of(1)), intent_of(1)), layout.root / "ledger")
    assert read_identity(layout) == WORKSPACE


def intent_of(n: int, run: str = "run") -> Intent:
    return Intent("generate", run, n, version_of(n), WORKSPACE)


def test_flags_that_are_gone_go(generated: Generated, tmp_path: Path) -> None:
    layout = generated(1)
    whole_run(layout, generate, tmp_path / "ledger")
    assert layout.busm_updates.read_text() == "{}\n"
    publish(stage(layout, make_artifacts(layout, 3, version_of(3)), intent_of(3)))
    assert not layout.busm_updates.exists()


def test_rollback_moves_to_history_and_bounds_it(generated: Generated) -> None:
    layout = generated(4)
    for n in (4, 3, 2):
        old = retired(layout, read_state(layout).migration(n))
        intent = Intent("rollback", f"back-{n}", n, version_of(n), WORKSPACE, retires=old, max_history=2)
        staged = stage(layout, None, intent)
        assert "in the history" in settle(layout, staged, committed=True)
    assert read_state(layout).current == 1
    entries = list_history(layout)
    assert [entry.iteration for entry in entries] == [3, 2]
    assert len(entries[1].files) == 4


def test_same_iteration_twice_in_history(generated: Generated) -> None:
    layout = generated(1)
    for run in ("a", "b"):
        old = retired(layout, read_state(layout).migration(1))
        intent = Intent("rollback", run, 1, version_of(1), WORKSPACE, retires=old)
        publish(stage(layout, None, intent))
        publish(stage(layout, make_artifacts(layout, 1, version_of(1)), intent_of(1)))
    assert [entry.version for entry in list_history(layout)] == [version_of(1)] * 2


def test_without_history_files_are_deleted(generated: Generated, tmp_path: Path) -> None:
    layout = generated(1)
    whole_run(layout, rollback_forgotten, tmp_path / "ledger")
    assert list_history(layout) == ()
    assert read_state(layout).current == 0


def test_changed_staged_file_is_not_published(generated: Generated) -> None:
    layout = generated(1)
    staged = stage(layout, *generate(layout))
    assert staged.manifest is not None
    (staged.folder / staged.manifest.renames[0].source).write_text("drop schema public cascade;")
    with pytest.raises(WorkError) as caught:
        publish(staged)
    assert caught.value.code == "STATE_CORRUPT"


@pytest.mark.parametrize(
    ("key", "value"),
    [("removes", ["../../victim"]), ("renames", [{"from": "../x", "to": "y", "sha256": ""}])],
)
def test_planted_manifest_does_nothing(generated: Generated, tmp_path: Path, key: str, value: Any) -> None:
    layout = generated(1)
    staged = stage(layout, *generate(layout))
    path = staged.folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
    (tmp_path / "victim").touch()
    (left,) = pending(layout)
    settle(layout, left, committed=True)
    assert (tmp_path / "victim").exists()
    assert pending(layout) == ()


def test_paths_that_lead_out_are_refused(generated: Generated, tmp_path: Path) -> None:
    layout = generated(1)
    old = Retired(1, version_of(1), (tmp_path / "victim",))
    with pytest.raises(InputError):
        stage(layout, None, Intent("rollback", "run", 1, version_of(1), WORKSPACE, retires=old))
    assert pending(layout) == ()


def test_folder_in_the_way_is_found_before_the_commit(generated: Generated) -> None:
    layout = generated(1)
    layout.types(2).mkdir()
    with pytest.raises(WorkError, match="in the way") as caught:
        stage(layout, *generate(layout))
    assert caught.value.code == "MIGRATION_FAILED"
    assert pending(layout) == ()


def test_read_only_folder_is_found_before_the_commit() -> None:
    """In a process that is no superuser, for whom nothing is read-only."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        layout = prepared(Path(folder) / "shop")
        for path in (layout.root, *layout.root.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
        layout.migrations_folder.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IROTH | stat.S_IXOTH)
        child = os.fork()
        if child == 0:
            os._exit(_refused_as_nobody(layout))
        _, status = os.waitpid(child, 0)
        layout.migrations_folder.chmod(0o755)
        assert os.waitstatus_to_exitcode(status) == 0
        assert pending(layout) == ()


def _refused_as_nobody(layout: Layout) -> int:
    if os.getuid() == 0:
        os.setuid(65534)
    try:
        stage(layout, *generate(layout))
    except WorkError as error:
        good = error.code == "MIGRATION_FAILED" and "writable" in (error.hint or "")
        return 0 if good and str(layout.migrations_folder) in error.message else 2
    return 1


def test_half_a_surrogate_pair(generated: Generated) -> None:
    layout = generated(1)
    made = make_artifacts(layout, 2, version_of(2), busm='"\ud800"')
    with pytest.raises(InputError, match="surrogate"):
        stage(layout, made, intent_of(2))
    assert pending(layout) == ()


def test_a_staged_run_is_not_overwritten(generated: Generated) -> None:
    layout = generated(1)
    staged = stage(layout, *generate(layout))
    with pytest.raises(ValueError, match="already"):
        stage(layout, *generate(layout))
    assert pending(layout) == (staged,)


def test_run_id_is_no_path(layout: Layout) -> None:
    with pytest.raises(ValueError, match="run id"):
        stage(layout, None, intent_of(1, "../x"))
