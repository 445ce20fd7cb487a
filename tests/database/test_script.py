"""A script as its statements."""

from __future__ import annotations

import pytest

from dbgen.database.failures import Failure
from dbgen.database.script import joined, locate, split


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("", ()),
        ("  ;; \n;", ()),
        ("-- only a comment\n", ()),
        ("select 1", ("select 1",)),
        ("-- why\nselect 1;\nselect 2;\n", ("-- why\nselect 1", "select 2")),
        ("select 1 -- a; b\n, 2; select 3", ("select 1 -- a; b\n, 2", "select 3")),
        ("select /* a; /* b; */ c; */ 1; select 2", ("select /* a; /* b; */ c; */ 1", "select 2")),
        ("select 'a;''b;'; select 2", ("select 'a;''b;'", "select 2")),
        (r"select 'a\'; select 2", (r"select 'a\'", "select 2")),
        (r"select E'a\';'; select 2", (r"select E'a\';'", "select 2")),
        (r"select U&'a\'; select 2", (r"select U&'a\'", "select 2")),
        ('select 1 as "a;""b;"; select 2', ('select 1 as "a;""b;"', "select 2")),
        ("do $$ begin; end $$; select 2", ("do $$ begin; end $$", "select 2")),
        ("do $a$ $$; $b$; $a$; select 2", ("do $a$ $$; $b$; $a$", "select 2")),
        ("select a$b$ from t; select 2 as c$b$", ("select a$b$ from t", "select 2 as c$b$")),
        ("select 'é;ü'; select \"ö;\"", ("select 'é;ü'", 'select "ö;"')),
    ],
)
def test_split(text: str, statements: tuple[str, ...]) -> None:
    assert split(text) == statements


def test_joined_is_split_again() -> None:
    statements = ("select 1 -- comment", "do $$ begin null; end $$", "select ';'")
    assert split(joined(statements)) == statements


def test_locate_by_count_and_by_place() -> None:
    text = "select 1; select 2; selekt 3"
    assert locate(Failure("m", "42P01", index=1), text).statement == "select 2"
    found = locate(Failure("m", "42601", index=0, position=text.index("selekt") + 1), text)
    assert (found.index, found.statement) == (2, "selekt 3")
