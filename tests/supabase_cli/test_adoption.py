"""An existing Supabase project with three tables and rows, taken over by dbgen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dbgen.commands import apply, generate, rollback, status
from dbgen.database.embedded import create_throwaway, drop_throwaway
from dbgen.errors import InputError, WorkError
from tests.supabase_cli.projects import Project, rows

#: As people write it in a project of 2025: every API role may do everything, and nobody comments.
EXISTING = """
create table public.accounts (
    id uuid primary key default gen_random_uuid(),
    name varchar(255) not null,
    email varchar(255) constraint uq_accounts_email unique,
    user_id uuid constraint fk_accounts_user_id references auth.users (id)
);
create index idx_accounts_user_id on public.accounts (user_id);
create table public.orders (
    total numeric(12,2) default 0,
    id uuid primary key default gen_random_uuid(),
    account_id uuid not null constraint fk_orders_account_id references public.accounts (id)
);
create index idx_orders_account_id on public.orders (account_id);
create table public.items (
    id uuid primary key default gen_random_uuid(),
    order_id uuid constraint fk_items_order_id references public.orders (id),
    note text
);
create index idx_items_order_id on public.items (order_id);
grant all on public.accounts, public.orders, public.items to anon, authenticated, service_role;
alter table public.accounts enable row level security;
create policy mine on public.accounts for select to authenticated using (user_id = auth.uid());
"""
FILLED = """
insert into public.accounts (name) values ('ann'), ('bob');
insert into public.orders (account_id, total) select id, 10 from public.accounts;
insert into public.items (order_id, note) select id, 'x' from public.orders;
"""
TABLES = ("accounts", "orders", "items")
ALL = ("Account", "Order", "Item")
#: Where rows lie, and which transaction wrote each: the same only when nobody touched them.
_ROWS = " union all ".join(f"select '{t}', id::text, xmin::text, ctid::text from public.{t}" for t in TABLES)
_SHAPE = """
select c.relname, c.oid::text, c.relacl::text, c.relrowsecurity::text, a.attname, a.attnum::text
  from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i') order by 1, 6
"""


@pytest.fixture
def existing(database_url: str) -> str:
    """The project's database."""
    rows(database_url, EXISTING + FILLED)
    return database_url


@pytest.fixture
def empty_url(server_url: str) -> Iterator[str]:
    """A database without these tables."""
    url = create_throwaway(server_url)
    yield url
    drop_throwaway(url)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Its folder, where a module names all three tables."""
    made = Project(tmp_path)
    made.names(*ALL)
    return made


def _state(url: str) -> tuple[object, object]:
    return rows(url, _ROWS), rows(url, _SHAPE)


def test_tables_that_equal_the_plan_are_taken_over_untouched(project: Project, existing: str) -> None:
    before = _state(existing)
    made = generate(project.world(existing), yes=True, adopt=True)
    assert made.applied
    assert _state(existing) == before
    assert rows(existing, "select obj_description('public.accounts'::regclass)") == [(None,)]
    (said,) = [notice for notice in made.warnings if notice.code == "ADOPTED"]
    assert {name for name, _ in said.details} == set(TABLES)
    seen = status(project.world(existing))
    assert (seen.database_iteration, seen.findings, seen.pending) == (1, (), {})
    versions = project.listed(existing)
    assert len(versions) == 1
    assert versions[0][0] == versions[0][1]


def test_the_rollback_leaves_them_in_place(project: Project, existing: str) -> None:
    before = _state(existing)
    generate(project.world(existing), yes=True, adopt=True)
    rollback(project.world(existing), yes=True)
    assert _state(existing) == before
    assert project.listed(existing) == []
    generate(project.world(existing), yes=True, adopt=True)
    assert _state(existing) == before


def test_what_comes_after_works_on_them_and_goes_back(project: Project, existing: str) -> None:
    before = rows(existing, _SHAPE)
    generate(project.world(existing), yes=True, adopt=True)
    project.names(*ALL, fields="fields: {Item: [id, orderId, note, {name: size, type: INTEGER}]}\n")
    assert generate(project.world(existing), yes=True).iteration == 2
    assert rows(existing, "select note, size from public.items") == [("x", None), ("x", None)]
    rollback(project.world(existing), to=0, yes=True)
    assert [row for row in rows(existing, _SHAPE) if "pg.dropped" not in str(row[4])] == before
    assert rows(existing, "select count(*) from public.items") == [(2,)]


def test_tables_beside_them_are_made_and_dropped(project: Project, existing: str) -> None:
    rows(existing, "drop table public.items")
    generate(project.world(existing), yes=True, adopt=True)
    found = "select to_regclass('public.items') is null, count(*) from public.orders"
    assert rows(existing, found) == [(False, 2)]
    rollback(project.world(existing), yes=True)
    assert rows(existing, found) == [(True, 2)]


def test_the_same_files_make_them_where_they_are_missing(
    project: Project, existing: str, empty_url: str
) -> None:
    generate(project.world(existing), yes=True, adopt=True)
    project.push(empty_url)
    rows(empty_url, FILLED)
    apply(project.world(empty_url), yes=True)
    columns = "select table_name, column_name, data_type, is_nullable from information_schema.columns"
    where = " where table_schema = 'public' order by 1, 2"
    assert rows(empty_url, columns + where) == rows(existing, columns + where)
    keys = "select conname from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'"
    assert sorted(rows(empty_url, keys)) == sorted(rows(existing, keys))
    rollback(project.world(empty_url), yes=True)
    assert rows(empty_url, "select count(*) from public.items") == [(2,)]


def test_they_go_to_a_database_that_has_them_too(project: Project, existing: str, empty_url: str) -> None:
    generate(project.world(existing), yes=True, adopt=True)
    rows(empty_url, EXISTING + FILLED)
    before = _state(empty_url)
    apply(project.world(empty_url), yes=True)
    assert _state(empty_url) == before


def test_they_do_not_go_to_a_database_whose_tables_differ(
    project: Project, existing: str, empty_url: str
) -> None:
    generate(project.world(existing), yes=True, adopt=True)
    rows(empty_url, EXISTING + "alter table public.items drop column note")
    with pytest.raises(WorkError, match="items: column note is not in the database") as caught:
        apply(project.world(empty_url), yes=True)
    assert caught.value.code == "TABLE_EXISTS"
    assert rows(empty_url, "select to_regclass('dbgen.iterations')") == [(None,)]


def test_push_after_the_projects_own_migration_changes_nothing(
    project: Project, existing: str, empty_url: str
) -> None:
    project.put("supabase/migrations/20250101000000_init.sql", EXISTING)
    project.push(empty_url)
    generate(project.world(existing), yes=True, adopt=True)
    before = _state(empty_url)
    project.push(empty_url)
    assert _state(empty_url) == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("add column size integer", "items: column size is in the database alone"),
        ("drop column note", "items: column note is not in the database"),
        (
            "alter note type varchar(50)",
            "items: column note: type is character varying(50) in the database, text in the plan",
        ),
        (
            'alter note type text collate "C"',
            'items: column note: collation is "C" in the database, the default in the plan',
        ),
        (
            "alter note set not null",
            "items: column note: nullable is False in the database, True in the plan",
        ),
        (
            "rename constraint fk_items_order_id to theirs",
            "items: foreign key theirs is in the database alone",
        ),
    ],
)
def test_where_they_differ_it_says_in_what(project: Project, existing: str, change: str, words: str) -> None:
    rows(existing, f"alter table public.items {change}")
    before = _state(existing)
    with pytest.raises(WorkError) as caught:
        generate(project.world(existing), yes=True, adopt=True)
    assert caught.value.code == "TABLE_EXISTS"
    assert words in caught.value.details["differences"]
    assert words in caught.value.message
    assert _state(existing) == before
    assert project.migrations == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("revoke update on public.items from authenticated", "items: grant to authenticated"),
        ("drop index public.idx_items_order_id", "items: index idx_items_order_id is not in the database"),
        ("drop table public.items; create view public.items as select 1 as a", "items is no table"),
    ],
)
def test_what_else_may_differ(project: Project, existing: str, change: str, words: str) -> None:
    rows(existing, change)
    with pytest.raises(WorkError) as caught:
        generate(project.world(existing), yes=True, adopt=True)
    assert caught.value.code == "TABLE_EXISTS"
    assert words in caught.value.message


def test_enums_of_theirs_are_taken_over_too(tmp_path: Path, database_url: str) -> None:
    project = Project(tmp_path, config="prototype: {rules: {enumStyle: native}}\n")
    field = "{name: mood, type: enum, values: [good, bad]}"
    project.names("Item", fields=f"fields: {{Item: [id, {field}]}}\n")
    rows(
        database_url,
        "create type public.item_mood as enum ('good', 'bad'); create table public.items "
        "(id uuid primary key default gen_random_uuid(), mood public.item_mood);"
        "grant all on public.items to service_role, authenticated",
    )
    made = generate(project.world(database_url), yes=True, adopt=True)
    assert made.applied
    assert "item_mood" in made.migration_sql
    rollback(project.world(database_url), yes=True)
    rows(
        database_url,
        "drop table public.items; drop type public.item_mood;"
        "create type public.item_mood as enum ('good'); create table public.items "
        "(id uuid primary key default gen_random_uuid(), mood public.item_mood)",
    )
    with pytest.raises(WorkError, match="item_mood: values"):
        generate(project.world(database_url), yes=True, adopt=True)


def test_without_the_flag_nothing_is_taken_over(project: Project, existing: str) -> None:
    with pytest.raises(WorkError) as caught:
        generate(project.world(existing), yes=True)
    assert caught.value.code == "TABLE_EXISTS"
    assert "--adopt" in (caught.value.hint or "")


def test_without_a_database_there_is_nothing_to_take_over(project: Project) -> None:
    with pytest.raises(InputError, match="--no-apply"):
        generate(project.world(None), yes=True, adopt=True, apply=False)


def test_with_nothing_there_the_flag_changes_nothing(
    project: Project, empty_url: str, tmp_path: Path
) -> None:
    made = generate(project.world(empty_url), yes=True, adopt=True)
    plain = Project(tmp_path / "other")
    plain.names(*ALL)
    expected = generate(plain.world(None), yes=True, apply=False)
    assert (made.migration_sql, made.rollback_sql) == (expected.migration_sql, expected.rollback_sql)
