"""A version is later than all that are taken, in both orders of the Supabase CLI."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbgen.errors import InputError
from dbgen.workspace.clock import next_version

NOW = datetime(2026, 11, 21, 4, 3, 8, 999_999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("taken", "version"),
    [
        ([], "20261121040308"),
        (["20250101000000"], "20261121040308"),
        (["20261121040308"], "20261121040309"),
        (["20261121040359"], "20261121040400"),
        (["20261121235959", "20250101000000"], "20261122000000"),
        (["20280228235959"], "20280229000000"),
        (["20991231235959"], "21000101000000"),
        (["20261399999999"], "20270101000000"),
        (["20261121040308123"], "20261121040309"),
        (["20261121"], "20261122000000"),
        (["2026"], "20270101000000"),
        (["0001", "1"], "20261121040308"),
        (["99999_draft", "init", "", "²"], "20261121040308"),
    ],
)
def test_next_version(taken: list[str], version: str) -> None:
    assert next_version(NOW, taken) == version


def test_time_is_utc() -> None:
    east = NOW.astimezone(timezone(timedelta(hours=9)))
    assert next_version(east, []) == "20261121040308"


def test_nothing_is_later_than_the_end_of_time() -> None:
    with pytest.raises(InputError, match="99999999999999"):
        next_version(NOW, ["99999999999999"])


@given(st.lists(st.text("0123456789", min_size=1, max_size=17).filter(lambda v: v < "9")))
def test_later_in_both_orders(taken: list[str]) -> None:
    version = next_version(NOW, taken)
    datetime.strptime(version, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    assert len(version) == 14
    assert all(version > v and f"{version}_a.sql" > f"{v}_z.sql" for v in taken)
