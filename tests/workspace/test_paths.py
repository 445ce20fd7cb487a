"""Where a workspace is, and that nothing leads out of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dbgen.errors import InputError
from dbgen.workspace.paths import Layout, describe, find_root

from .conftest import make_layout


@pytest.mark.parametrize("marker", ["config/dbgen.yaml", ".pipeline/modules/x.yaml"])
def test_root_is_the_nearest_directory_upwards(tmp_path: Path, marker: str) -> None:
    for root in (tmp_path, tmp_path / "inner"):
        (root / marker).parent.mkdir(parents=True)
        (root / marker).touch()
    deep = tmp_path / "inner" / "a" / "b"
    deep.mkdir(parents=True)
    assert find_root(deep, None) == tmp_path / "inner"
    assert find_root(tmp_path, None) == tmp_path


def test_root_named_outright_needs_no_config(tmp_path: Path) -> None:
    assert find_root(Path("/"), tmp_path) == tmp_path


@pytest.mark.parametrize("project", [None, "nowhere"])
def test_no_root_names_init(tmp_path: Path, project: str | None) -> None:
    with pytest.raises(InputError) as caught:
        find_root(tmp_path, tmp_path / project if project else None)
    assert caught.value.code == "CONFIG_INVALID"
    assert "dbgen init" in (caught.value.hint or "")


def test_places(layout: Layout) -> None:
    home = layout.root / ".pipeline" / "database"
    assert layout.migration("20260102030405", 3, "account-management") == (
        home / "migrations/prototype/20260102030405_iter3_account_management.sql"
    )
    assert layout.rollback(3) == home / "rollbacks/prototype/rollback-iteration-3.sql"
    assert layout.snapshot(3) == home / "state/prototype/iteration-3-schema.json"
    assert layout.types(3) == home / "types/database-types-iter3.ts"
    assert layout.name(layout.busm_updates) == ".pipeline/database/busm-updates.json"


@pytest.mark.parametrize("text", ["../elsewhere", "/etc", "a/../../b", "loop", "link/state"])
def test_configured_path_that_leads_out(tmp_path: Path, text: str) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    (root / "loop").symlink_to("loop")
    (root / "link").symlink_to(tmp_path)
    with pytest.raises(InputError) as caught:
        Layout.of(root, migrations="m", state=text, rollbacks="r", types="t")
    assert caught.value.code == "INPUT_INVALID"


@pytest.mark.parametrize(
    "place",
    [
        lambda layout: layout.staging,
        lambda layout: layout.lock_file,
        lambda layout: layout.snapshot(1),
        lambda layout: layout.migration("1", 1, "x"),
    ],
)
def test_link_that_leads_out(layout: Layout, tmp_path: Path, place: Callable[[Layout], Path]) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (layout.root / ".pipeline").symlink_to(outside)
    with pytest.raises(InputError) as caught:
        place(layout)
    assert caught.value.code == "INPUT_INVALID"


def test_link_of_one_file_that_leads_out(layout: Layout, tmp_path: Path) -> None:
    layout.state_folder.mkdir(parents=True)
    (layout.state_folder / "iteration-1-schema.json").symlink_to(tmp_path / "secret")
    with pytest.raises(InputError, match="leads out"):
        layout.snapshot(1)


def test_link_within_the_workspace_and_a_linked_workspace(tmp_path: Path) -> None:
    real = tmp_path / "real"
    (real / "elsewhere").mkdir(parents=True)
    (real / ".pipeline").symlink_to("elsewhere")
    (tmp_path / "alias").symlink_to(real)
    layout = make_layout(tmp_path / "alias")
    assert layout.root == real
    assert layout.snapshot(1).is_relative_to(real)


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        (("account-management",), "account_management"),
        (("accountManagement", "Billing 2"), "account_management_billing_2"),
        (("Größe",), "große".replace("ß", "").replace("ö", "o")),
        (("../../etc/passwd",), "etc_passwd"),
        (("модуль",), "changes"),
        ((), "changes"),
    ],
)
def test_describe(names: tuple[str, ...], slug: str) -> None:
    assert describe(names) == slug


def test_describe_is_short_and_two_long_ones_differ() -> None:
    one, other = describe(["a" * 100]), describe(["a" * 101])
    assert len(one) <= 60
    assert one != other
    assert describe([one]) == one
