"""The workspace's id, and the databases that were confirmed."""

from __future__ import annotations

import uuid

import pytest

from dbgen.errors import WorkError
from dbgen.workspace.identity import (
    confirm,
    identity_text,
    is_confirmed,
    make_identity,
    read_identity,
    target_fingerprint,
)
from dbgen.workspace.leftovers import keep_text
from dbgen.workspace.paths import Layout


def test_id_comes_back(layout: Layout) -> None:
    assert read_identity(layout) is None
    made = make_identity()
    layout.identity.parent.mkdir(parents=True)
    layout.identity.write_text(identity_text(made))
    assert read_identity(layout) == str(uuid.UUID(made))


@pytest.mark.parametrize("text", ["", "{}", '{"id": 7}', '{"id": "x"}', "[]"])
def test_spoilt_id(layout: Layout, text: str) -> None:
    layout.identity.parent.mkdir(parents=True)
    layout.identity.write_text(text)
    with pytest.raises(WorkError) as caught:
        read_identity(layout)
    assert caught.value.code == "STATE_CORRUPT"


def test_confirmed_databases_are_remembered_as_hashes(layout: Layout) -> None:
    one = target_fingerprint("DB.example.com", 5432, "shop")
    other = target_fingerprint("db.example.com", 6543, "shop")
    assert one == target_fingerprint("db.example.com", 5432, "shop")
    assert not is_confirmed(layout, one)
    confirm(layout, one)
    confirm(layout, one)
    assert is_confirmed(layout, one)
    assert not is_confirmed(layout, other)
    assert "example" not in layout.targets.read_text()


@pytest.mark.parametrize("text", ["", "[]", '{"confirmed": 1}'])
def test_spoilt_targets_confirm_nothing(layout: Layout, text: str) -> None:
    layout.targets.parent.mkdir(parents=True)
    layout.targets.write_text(text)
    one = target_fingerprint("h", 1, "d")
    assert not is_confirmed(layout, one)
    confirm(layout, one)
    assert is_confirmed(layout, one)


def test_failed_sql_is_kept(layout: Layout) -> None:
    path = keep_text(layout, layout.failed, "iter3.sql", "select 1;\n")
    assert path == layout.failed / "iter3.sql"
    assert path.read_text() == "select 1;\n"
