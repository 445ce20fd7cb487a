"""What the files say, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dbgen.errors import InputError, WorkError
from dbgen.model.snapshot import Snapshot
from dbgen.workspace.paths import Layout
from dbgen.workspace.state import artifact_text, list_files, load_snapshot, read_state

from .conftest import version_of

Generated = Callable[[int], Layout]


def refusal(layout: Layout) -> WorkError:
    with pytest.raises(WorkError) as caught:
        read_state(layout)
    assert caught.value.code == "STATE_CORRUPT"
    return caught.value


def test_empty_workspace(layout: Layout) -> None:
    state = read_state(layout)
    assert (state.iterations, state.current, state.snapshot) == ((), 0, Snapshot())
    assert state.versions == ()


def test_three_iterations(generated: Generated) -> None:
    layout = generated(3)
    state = read_state(layout)
    assert (state.iterations, state.current, state.missing) == ((1, 2, 3), 3, ())
    assert [table.name for table in state.snapshot.schema.tables] == ["t1", "t2", "t3"]
    assert state.migration(2).version == version_of(2)
    assert load_snapshot(layout, 1).iteration == 1
    assert load_snapshot(layout, 0) == Snapshot()


def test_foreign_files_count_for_versions_alone(generated: Generated) -> None:
    layout = generated(1)
    for name in ("20300101000000_add_policy.sql", "seed.sql", "README.md", "2031_iterate_x.sql"):
        (layout.migrations_folder / name).touch()
    state = read_state(layout)
    assert state.current == 1
    assert set(state.versions) == {version_of(1), "20300101000000", "2031"}
    assert len(state.migrations) == 1


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_missing_snapshot_is_named(generated: Generated, lost: int) -> None:
    layout = generated(3)
    layout.snapshot(lost).unlink()
    error = refusal(layout)
    assert layout.name(layout.snapshot(lost)) in error.message
    assert "--restore" in (error.hint or "")
    assert list_files(layout).snapshots == {1, 2, 3} - {lost}


def test_missing_migration_is_named(generated: Generated) -> None:
    layout = generated(2)
    read_state(layout).migration(1).path.unlink()
    assert "_iter1_" in refusal(layout).message


def test_missing_rollback_and_types_are_reported(generated: Generated) -> None:
    layout = generated(2)
    layout.rollback(1).unlink()
    layout.types(2).unlink()
    state = read_state(layout)
    assert (state.current, state.iterations) == (2, ())
    assert state.missing == (layout.rollback(1), layout.types(2))


def test_two_migrations_of_one_iteration(generated: Generated) -> None:
    layout = generated(1)
    layout.migration("20300101000000", 1, "other").touch()
    assert "Two migrations claim iteration 1" in refusal(layout).message


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-40],
        lambda _: b"",
        lambda data: data.replace(b"uuid", b"text"),
        lambda data: data.replace(b"t1", b"t\xff"),
    ],
)
def test_spoilt_snapshot(generated: Generated, spoil: Callable[[bytes], bytes]) -> None:
    layout = generated(1)
    path = layout.snapshot(1)
    path.write_bytes(spoil(path.read_bytes()))
    assert layout.name(path) in refusal(layout).message


def test_snapshot_under_another_number(generated: Generated) -> None:
    layout = generated(2)
    layout.snapshot(2).write_bytes(layout.snapshot(1).read_bytes())
    assert "iteration 1" in refusal(layout).message


def test_only_the_last_snapshot_is_read(generated: Generated) -> None:
    layout = generated(2)
    layout.snapshot(1).write_text("spoilt")
    assert read_state(layout).current == 2


def test_checkout_with_crlf_is_no_edit(generated: Generated) -> None:
    layout = generated(2)
    before = read_state(layout)
    texts = [artifact_text(layout, m.path) for m in before.migrations]
    for path in layout.root.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_state(layout) == before
    assert [artifact_text(layout, m.path) for m in before.migrations] == texts


def test_link_that_leads_out(generated: Generated, tmp_path: Path) -> None:
    layout = generated(1)
    outside = tmp_path / "snapshot.json"
    layout.snapshot(1).replace(outside)
    (layout.state_folder / "iteration-1-schema.json").symlink_to(outside)
    with pytest.raises(InputError) as caught:
        read_state(layout)
    assert caught.value.code == "INPUT_INVALID"


def test_file_in_place_of_a_folder(layout: Layout) -> None:
    layout.state_folder.parent.mkdir(parents=True)
    layout.state_folder.touch()
    assert "cannot be read" in refusal(layout).message
