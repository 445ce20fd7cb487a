"""Asking the Data API whether it shows a table: what it may say, and that nothing of it is a failure."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from dbgen.database.data_api import is_there, unanswered
from dbgen.model.requests import Notice
from tests.postgrest import (
    BAD_KEY,
    BROKEN,
    FORBIDDEN,
    FOUND,
    NOT_JSON,
    UNKNOWN,
    PostgRest,
    key_of,
    postgrest,
)

SIGNED_IN = ("authenticated", "service_role")
ANYONE = ("anon", *SIGNED_IN)


@pytest.fixture
def api() -> Iterator[PostgRest]:
    with postgrest() as served:
        yield served


def _ask(
    api: PostgRest, tables: dict[str, tuple[str, ...]], key: str = ""
) -> tuple[tuple[Notice, ...], list[float]]:
    slept: list[float] = []
    return unanswered(api.url, key or key_of("anon"), tables, sleep=slept.append), slept


def test_a_table_that_answers_is_not_spoken_of(api: PostgRest) -> None:
    assert _ask(api, {"accounts": ANYONE}) == ((), [])
    ((table, headers, query),) = api.asked
    assert table == "accounts"
    assert headers["apikey"] == key_of("anon")
    assert "limit=0" in query


@pytest.mark.parametrize("name", ["order", "Odd name", "a?b#c", "ä", "50%", "a%20b"])
def test_a_table_is_asked_for_by_its_name(api: PostgRest, name: str) -> None:
    assert _ask(api, {name: ANYONE})[0] == ()
    assert [table for table, *_ in api.asked] == [name]


@pytest.mark.parametrize(
    ("key", "readers", "fine"),
    [
        (key_of("anon"), SIGNED_IN, True),
        (key_of("anon"), ANYONE, False),
        (key_of("service_role"), SIGNED_IN, False),
        ("sb_publishable_abc", SIGNED_IN, True),
        ("sb_publishable_abc", ANYONE, False),
        ("sb_secret_abc", SIGNED_IN, False),
    ],
)
def test_a_refusal_is_an_answer_where_the_key_has_no_right(
    api: PostgRest, key: str, readers: tuple[str, ...], fine: bool
) -> None:
    api.default = FORBIDDEN
    told, _ = _ask(api, {"accounts": readers}, key)
    assert (told == ()) == fine
    for notice in told:
        assert (notice.code, notice.level, notice.details) == ("DATA_API", "warning", (("accounts", ""),))
        assert "accounts" in notice.message
        assert key not in notice.message


def test_a_name_that_the_package_cannot_ask_for_is_said(api: PostgRest) -> None:
    (notice,) = _ask(api, {"a/b": ANYONE})[0]
    assert "slash" in notice.message
    assert api.asked == []


def test_a_table_that_comes_with_the_next_reload_is_waited_for(api: PostgRest) -> None:
    api.answers = {"late": [UNKNOWN, UNKNOWN, FOUND]}
    told, slept = _ask(api, {"early": ANYONE, "late": ANYONE})
    assert told == ()
    assert len(slept) == 2
    assert [table for table, *_ in api.asked] == ["early", "late", "late", "late"]


def test_tables_that_stay_unknown_are_one_warning(api: PostgRest) -> None:
    api.default = UNKNOWN
    told, slept = _ask(api, {f"t{n:02}": ANYONE for n in range(12)})
    (notice,) = told
    assert "t09" in notice.message
    assert "and 2 more" in notice.message
    assert len(notice.details) == 12
    assert sum(slept) < 5


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (BAD_KEY, "supabaseAnonKey"),
        (BROKEN, "out of order"),
        (NOT_JSON, "accounts"),
        ((200, {}), "no Data API"),
    ],
)
def test_what_else_goes_wrong_is_one_warning(api: PostgRest, said: tuple[int, object], words: str) -> None:
    api.default = said
    told, _ = _ask(api, {"accounts": ANYONE})
    (notice,) = told
    assert words in notice.message
    assert key_of("anon") not in notice.message


def test_what_cannot_be_reached_is_one_warning() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        (notice,) = unanswered(url, key_of("anon"), {"a": ANYONE, "b": ANYONE})
    assert "cannot be reached" in notice.message


@pytest.mark.parametrize("url", ["nonsense", "ftp://x", "http://[::1", "http://", "http://exa mple.com:x/"])
def test_an_address_that_is_none_is_one_warning(url: str) -> None:
    (notice,) = unanswered(url, key_of("anon"), {"a": ANYONE})
    assert notice.level == "warning"


@pytest.mark.parametrize("key", ["", "not a key", "a.b.c", "a.e30.c", "eyJ.W10.x", "sb_secret_\n"])
def test_a_key_that_is_none_is_no_failure(api: PostgRest, key: str) -> None:
    unanswered(api.url, key, {"a": ANYONE}, sleep=lambda _: None)


def test_there_is_an_end_to_asking(api: PostgRest) -> None:
    times = iter((0.0, 1.0, 31.0, 32.0))
    told = unanswered(
        api.url, key_of("anon"), dict.fromkeys("abc", ANYONE), clock=lambda: next(times), sleep=lambda _: None
    )
    assert [notice.details for notice in told] == [(("b", ""), ("c", ""))]


@pytest.mark.parametrize(
    ("url", "local", "there"),
    [
        ("http://127.0.0.1:54321", True, True),
        ("http://localhost:54321/", True, True),
        ("https://ref.supabase.co", True, False),
        ("https://ref.supabase.co", False, True),
        ("http://127.0.0.1:54321", False, False),
    ],
)
def test_an_address_elsewhere_says_nothing_of_a_database_here(url: str, local: bool, there: bool) -> None:
    assert is_there(url, local=local) == there
