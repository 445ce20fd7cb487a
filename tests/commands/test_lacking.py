"""What the throwaway server lacks and the target has: judged there, in a transaction that is rolled back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbgen.commands import apply, generate, preview, rollback, status
from dbgen.database.embedded import create_throwaway, drop_throwaway
from dbgen.errors import InputError, WorkError
from tests.commands.conftest import Shop
from tests.runner import world_of
from tests.supabase_cli.projects import rows

#: Another server than the throwaway one: this database has a domain, a composite type and a function.
HELD = """
create schema other;
create domain public.email_address as text check (value like '%@%');
create type public.postal as (street text, city text);
create function other.token() returns text language sql volatile as $$ select 'token' $$;
"""
TREE = "select relname, relkind from pg_class where relnamespace = 'public'::regnamespace order by 1"


@pytest.fixture
def far(shop: Shop) -> Shop:
    """A workspace whose target has what the throwaway server lacks."""
    shop.sql(HELD)
    shop.entity("Account", name="text", mail="public.email_address", home="public.postal")
    shop.entity("Account", code={"type": "text", "default": {"sql": "other.token()"}})
    return shop


@pytest.fixture
def other_url(server_url: str) -> Iterator[str]:
    """A colleague's database with the same types."""
    url = create_throwaway(server_url)
    rows(url, HELD)
    yield url
    drop_throwaway(url)


def test_an_iteration_is_proven_on_the_target(far: Shop) -> None:
    made = generate(far.world, yes=True)
    assert made.applied
    assert made.proof is not None
    assert made.proof.startswith("forward, back and forward again on ")
    assert "in a transaction that was rolled back" in made.proof
    assert 'type "public.email_address" does not exist' in made.proof
    assert f"PostgreSQL {status(far.world).server_version}" in made.proof
    far.sql("insert into accounts (name, mail, home) values ('n', 'a@b', ('s', 'c'))")
    far.entity("Account", note="text", home=None)
    second = generate(far.world, yes=True)
    assert "rolled back" in (second.proof or "")
    rollback(far.world, yes=True)
    assert rows(far.url, "select mail, home::text, code from accounts") == [("a@b", "(s,c)", "token")]
    rollback(far.world, yes=True)
    assert rows(far.url, TREE) == [("postal", "c")]


def test_what_nobody_knows_is_refused_and_changes_nothing(far: Shop) -> None:
    far.entity("Account", shape="public.no_such_type")
    with pytest.raises(InputError) as caught:
        generate(far.world, yes=True)
    assert caught.value.code == "INPUT_INVALID"
    assert 'type "public.no_such_type" does not exist' in caught.value.message
    assert rows(far.url, TREE) == [("postal", "c")]
    assert rows(far.url, "select to_regnamespace('dbgen')") == [(None,)]


def test_a_way_back_that_fails_there_is_found_before(far: Shop) -> None:
    generate(far.world, yes=True)
    module = far.root / ".pipeline/modules/shop-phase1.yaml"
    name = "{name: name, type: integer, using: length(name), usingBack: other.no_such(name)}"
    module.write_text(
        f"module: shop\nentities: [Account]\nfields: {{Account: [id, {name}, mail, home, code]}}\n"
    )
    with pytest.raises(WorkError) as caught:
        generate(far.world, yes=True)
    assert caught.value.code == "PROOF_FAILED"
    assert "other.no_such" in caught.value.message
    assert status(far.world).database_iteration == 1


def test_rows_in_the_way_are_for_the_migration_to_say(far: Shop) -> None:
    generate(far.world, yes=True)
    far.sql("insert into accounts (name) values ('x'), ('x')")
    far.entity("Account", name={"type": "text", "unique": True})
    with pytest.raises(WorkError) as caught:
        generate(far.world, yes=True)
    assert caught.value.code == "DATA_CONFLICT"
    assert generate(far.world, yes=True, on_conflict="quarantine").applied


def test_it_is_made_anew(far: Shop) -> None:
    generate(far.world, yes=True)
    far.sql("insert into accounts (name) values ('kept')")
    far.entity("Account", further="public.postal")
    again = generate(far.world, yes=True, redo=True)
    assert again.redone
    assert "rolled back" in (again.proof or "")
    assert rows(far.url, "select name from accounts") == [("kept",)]


def test_a_preview_looks_there_when_it_may(far: Shop) -> None:
    with pytest.raises(InputError) as caught:
        preview(far.world, prove=True)
    assert "--no-verify" in (caught.value.hint or "")
    assert "rolled back" in (preview(far.world, prove=True, with_database=True).proof or "")
    assert rows(far.url, TREE) == [("postal", "c")]


def test_a_colleague_s_database_is_brought_up(far: Shop, other_url: str) -> None:
    generate(far.world, yes=True)
    done = apply(world_of(far.root, other_url), yes=True)
    assert [step.iteration for step in done.steps] == [1]
    (said,) = [notice for notice in done.notices if notice.code == "PROOF"]
    assert "Iteration 1: forward, back and forward again on " in said.message


def test_tables_that_are_there_are_taken_over(far: Shop, other_url: str) -> None:
    made = generate(far.world, yes=True)
    rows(other_url, made.migration_sql)
    rows(other_url, "insert into accounts (name, mail) values ('old', 'a@b')")
    there = world_of(_copied(far, "adopting"), other_url)
    assert generate(there, yes=True, adopt=True).applied
    assert rows(other_url, "select name from accounts") == [("old",)]
    assert rows(other_url, "select to_regnamespace('dbgen_aside')") == [(None,)]


def test_a_table_that_differs_is_not_taken_over(far: Shop, other_url: str) -> None:
    made = generate(far.world, yes=True)
    rows(other_url, made.migration_sql)
    rows(other_url, "alter table accounts alter mail type text")
    there = world_of(_copied(far, "differing"), other_url)
    with pytest.raises(WorkError) as caught:
        generate(there, yes=True, adopt=True)
    assert caught.value.code == "TABLE_EXISTS"
    assert "accounts: column mail: type" in caught.value.message
    assert rows(other_url, "select to_regclass('public.accounts') is null") == [(False,)]


def _copied(shop: Shop, name: str) -> Path:
    """The inputs alone, in a workspace of their own."""
    root = shop.root.parent / name
    for part in (".pipeline/modules", ".pipeline/factory-tools", "config"):
        if (shop.root / part).exists():
            shutil.copytree(shop.root / part, root / part)
    return root


PUSHED = """
create schema supabase_migrations;
create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
"""


@pytest.mark.parametrize("change", ["", "alter table accounts alter mail type text"])
def test_what_was_pushed_is_compared_there(far: Shop, change: str) -> None:
    made = generate(far.world, yes=True, apply=False, verify=False)
    version, _, name = Path(made.artifacts["migration"]).stem.partition("_")
    rows(far.url, PUSHED)
    insert = "insert into supabase_migrations.schema_migrations (version, name) values"
    rows(far.url, f"{insert} ('{version}', '{name}')")
    rows(far.url, made.migration_sql + change)
    if change:
        with pytest.raises(WorkError) as caught:
            apply(far.world, yes=True)
        assert caught.value.code == "DRIFT"
        assert "accounts: column mail: type changed" in caught.value.message
    else:
        apply(far.world, yes=True)
    ledger = "select to_regclass('dbgen.iterations') is not null"
    assert rows(far.url, ledger) == [(not change,)]
