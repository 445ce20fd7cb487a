"""The types of a live database against `supabase gen types`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from dbgen.database.connection import connect
from dbgen.database.described import describe
from dbgen.database.embedded import Embedded
from dbgen.database.node_tree import parse
from dbgen.render.typescript import typescript
from dbgen.render.typescript_described import described_typescript
from tests import npm
from tests.render import samples
from tests.render.conftest import Build
from tests.render.test_typescript import SAMPLES, described

RICH = Path(__file__).with_name("rich.sql")


def _types(url: str) -> str:
    with connect(url) as connection:
        return described_typescript(describe(connection))


def _compare(url: str, folder: Path) -> str:
    cli, ours = npm.formatted(folder / "both", [npm.cli_types(url), _types(url)])
    assert described(ours) == described(cli)
    return described(ours)


@pytest.fixture
def rich(database_url: str) -> str:
    """A database with views, functions, partitions and types of every kind."""
    with psycopg.connect(database_url) as connection:
        connection.execute(RICH.read_bytes())
    return database_url


def test_a_database_that_holds_more_equals_the_cli(rich: str, tmp_path: Path) -> None:
    found = _compare(rich, tmp_path)
    for word in ("v_left", "parted_1", "f_clash", "mv_far", "profiles_of", "nested"):
        assert f"      {word}:" in found


FOREIGN = """
create foreign data wrapper nowhere;
create server far foreign data wrapper nowhere;
create foreign table public.far_away (id int not null, name text default 'x') server far;
alter foreign table public.far_away owner to postgres;
"""
FAR_AWAY = """
      far_away: {
        Row: {
          id: number;
          name: string | null;
        };
        ComputedFields: never;
        Insert: {
          id: number;
          name?: string | null;
        };
        Update: {
          id?: number;
          name?: string | null;
        };
        Relationships: [];
      };
"""


def test_a_foreign_table_is_a_table(server: Embedded, database_url: str) -> None:
    superuser = urlsplit(server.admin_url())._replace(path=urlsplit(database_url).path).geturl()
    with psycopg.connect(superuser) as connection:
        connection.execute(FOREIGN.encode())
    assert FAR_AWAY in _types(database_url)


def test_what_a_role_may_not_touch_is_not_there(rich: str, tmp_path: Path) -> None:
    with psycopg.connect(rich) as connection:
        connection.execute("create role visitor login password 'secret'")
        connection.execute("grant select (id, name) on accounts to visitor; grant select on multi to visitor")
        connection.execute("grant select on v_simple to visitor")
    parts = urlsplit(rich)
    visitor = parts._replace(netloc=f"visitor:secret@{parts.netloc.rpartition('@')[2]}").geturl()
    try:
        found = _compare(visitor, tmp_path)
    finally:
        with psycopg.connect(rich) as connection:
            connection.execute("revoke all on all tables in schema public from visitor; drop role visitor")
    assert "multi: {" in found
    assert "nests: {" not in found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_database_that_holds_a_snapshot_has_its_types(name: str, build: Build) -> None:
    schema = SAMPLES[name]()
    assert _types(build(schema)) == typescript(schema)


def test_types_are_read_in_a_transaction_too(build: Build) -> None:
    url = build(samples.accounts())
    with connect(url) as connection:
        connection.batch("BEGIN; SET LOCAL search_path = auth")
        inside = described_typescript(describe(connection))
        assert connection.rows("show search_path") == [("auth",)]
        connection.roll_back()
    assert inside == _types(url)


@pytest.mark.parametrize("text", ["", "{QUERY", ")", "{QUERY :a 1}}", "(a", "{}", "( i", "a b"])
def test_what_is_no_node_tree_is_refused(text: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        parse(text)


def test_a_node_tree_has_nodes_lists_words_and_nothing() -> None:
    tree = parse(r"({QUERY :a <> :b (i 1 2) :c 8 [ 1 0 ] :d x\ y :e {VAR :f () :g} :h \<>})")
    (node,) = tree
    assert (node.label, node.fields["a"], node.list("b"), node.number("c")) == ("QUERY", None, ["1", "2"], 8)
    assert (node.fields["d"], node.fields["e"].fields) == ("x y", {"f": [], "g": None})
    assert node.fields["h"] == "<>"
