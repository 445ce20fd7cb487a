"""Migrations that the Supabase CLI takes, and a ledger that catches up with what the CLI applied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dbgen.commands import apply, generate, rollback, status
from dbgen.database.embedded import create_throwaway, drop_throwaway
from dbgen.errors import WorkError
from tests.supabase_cli.projects import Project, history, rows

CATALOG = """
select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
 where table_schema = 'public' order by 1, 2
"""
LEDGER = (
    "select iteration, version, name, module, md5(migration), md5(rollback), catalog from dbgen.iterations"
)


@pytest.fixture
def other_url(server_url: str) -> Iterator[str]:
    """A second project's database."""
    url = create_throwaway(server_url)
    yield url
    drop_throwaway(url)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A Supabase project whose module asks for one table."""
    made = Project(tmp_path)
    made.names("Account")
    return made


def _made(project: Project, url: str | None, *entities: str) -> str:
    """One more iteration, of these entities; without a URL not applied. Gives its version."""
    project.names(*entities)
    done = generate(project.world(url), yes=True, apply=url is not None, verify=False)
    assert done.changed
    return project.migrations[-1].name.partition("_")[0]


def test_push_applies_what_generate_wrote(project: Project, database_url: str) -> None:
    version = _made(project, None, "Account", "Order")
    project.push(database_url)
    assert [name for name, *_ in rows(database_url, CATALOG)].count("accounts") == 4
    assert project.listed(database_url) == [(version, version)]


def test_history_is_what_the_cli_writes_for_the_same_files(
    project: Project, database_url: str, other_url: str
) -> None:
    _made(project, database_url, "Account")
    _made(project, database_url, "Account", "Order")
    project.put(
        ".pipeline/modules/shop-phase1.yaml",
        "module: shop\nphase: 1\nentities: [Account]\nfields:\n  Account: [id, {name: name, type: TEXT}]\n",
    )
    generate(project.world(database_url), yes=True, verify=False, no_renames=True)
    project.push(other_url)
    assert len(history(database_url)) == 3
    assert history(database_url) == history(other_url)
    assert rows(database_url, CATALOG) == rows(other_url, CATALOG)


def test_every_migration_ends_with_a_statement(project: Project, database_url: str) -> None:
    _made(project, database_url, "Account")
    last = project.migrations[-1].read_text(encoding="utf-8").rstrip()
    assert last.endswith(";")
    assert not last.splitlines()[-1].startswith("--")


def test_list_is_in_step_after_generate_and_after_rollback(project: Project, database_url: str) -> None:
    first = _made(project, database_url, "Account")
    second = _made(project, database_url, "Account", "Order")
    assert project.listed(database_url) == [(first, first), (second, second)]
    rollback(project.world(database_url), yes=True)
    assert project.listed(database_url) == [(first, first)]
    rollback(project.world(database_url), yes=True)
    assert project.listed(database_url) == []


def test_a_migration_of_the_cli_beside_it_stays_in_order(project: Project, database_url: str) -> None:
    _made(project, database_url, "Account")
    later = project.put(
        "supabase/migrations/20991231235959_views.sql", "create view public.v as select 1 as a;\n"
    )
    project.push(database_url)
    version = _made(project, database_url, "Account", "Order")
    assert version > later.name.partition("_")[0]
    project.push(database_url)
    assert all(local == remote for local, remote in project.listed(database_url))


def test_a_migration_that_was_not_pushed_is_named(project: Project, database_url: str) -> None:
    _made(project, database_url, "Account")
    project.put("supabase/migrations/20261102000130_views.sql", "create view public.v as select 1 as a;\n")
    project.names("Account", "Order")
    made = generate(project.world(database_url), yes=True, verify=False)
    (said,) = [notice for notice in made.warnings if notice.code == "NOT_PUSHED"]
    assert said.details == (("20261102000130", ""),)
    project.cli(database_url, "db", "push", "--yes", "--include-all")
    project.names("Account", "Order", "Item")
    again = generate(project.world(database_url), yes=True, verify=False)
    assert "NOT_PUSHED" not in {notice.code for notice in again.warnings}
    assert all(local == remote for local, remote in project.listed(database_url))


def test_what_push_applied_is_recognised(project: Project, database_url: str) -> None:
    _made(project, None, "Account")
    _made(project, None, "Account", "Order")
    project.push(database_url)
    seen = status(project.world(database_url))
    assert (seen.database_iteration, seen.findings) == (2, ())
    assert "iteration 1, 2" in seen.notices[0]
    assert rows(database_url, "select to_regclass('dbgen.iterations')") in (
        [(None,)],
        [("dbgen.iterations",)],
    )
    done = generate(project.world(database_url), yes=True, verify=False)
    assert (done.changed, done.iteration) == (False, 2)
    seen = status(project.world(database_url))
    assert (seen.database_iteration, seen.findings, seen.notices) == (2, (), ())


def test_the_ledger_then_is_as_if_dbgen_had_applied_it(
    project: Project, database_url: str, other_url: str
) -> None:
    _made(project, database_url, "Account")
    _made(project, database_url, "Account", "Order")
    project.push(other_url)
    before = history(other_url)
    assert apply(project.world(other_url), yes=True).steps == ()
    assert history(other_url) == before
    assert sorted(rows(other_url, LEDGER)) == sorted(rows(database_url, LEDGER))
    workspace = "select id from dbgen.workspace"
    assert rows(other_url, workspace) == rows(database_url, workspace)


def test_the_next_iteration_goes_on_from_there(project: Project, database_url: str) -> None:
    first = _made(project, None, "Account")
    project.push(database_url)
    second = _made(project, database_url, "Account", "Order")
    assert [iteration for iteration, *_ in sorted(rows(database_url, LEDGER))] == [1, 2]
    assert project.listed(database_url) == [(first, first), (second, second)]
    rollback(project.world(database_url), to=0, yes=True)
    assert project.listed(database_url) == []
    assert rows(database_url, CATALOG) == []


def test_apply_goes_on_where_push_stopped(project: Project, database_url: str) -> None:
    _made(project, None, "Account")
    project.push(database_url)
    _made(project, None, "Account", "Order")
    done = apply(project.world(database_url), yes=True, verify=False)
    assert [step.iteration for step in done.steps] == [2]
    assert all(local == remote for local, remote in project.listed(database_url))


def test_rollback_undoes_what_push_applied(project: Project, database_url: str) -> None:
    _made(project, None, "Account")
    project.push(database_url)
    rollback(project.world(database_url), yes=True)
    assert rows(database_url, CATALOG) == []
    assert project.listed(database_url) == []
    assert status(project.world(database_url)).iteration == 0


def test_a_dry_run_enters_nothing(project: Project, database_url: str) -> None:
    _made(project, None, "Account")
    project.push(database_url)
    planned = rollback(project.world(database_url), dry_run=True)
    assert [step.iteration for step in planned.steps] == [1]
    assert status(project.world(database_url)).notices != ()


def test_what_others_added_does_not_stand_in_the_way(project: Project, database_url: str) -> None:
    _made(project, None, "Account")
    project.push(database_url)
    rows(
        database_url,
        "alter table accounts add column theirs text; create index theirs on accounts (theirs);"
        "alter table accounts add constraint theirs check (theirs <> ''); create table other (id integer);"
        "grant truncate on accounts to authenticated; grant select on accounts to anon",
    )
    assert not generate(project.world(database_url), yes=True, verify=False).changed
    assert [iteration for iteration, *_ in rows(database_url, LEDGER)] == [1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("alter table accounts drop column email", "accounts: column email removed"),
        ("alter table accounts alter name type text", "accounts: column name: type changed"),
        ("revoke insert on accounts from authenticated", "accounts: grant to authenticated"),
        ("drop table accounts", "accounts: table removed"),
    ],
)
def test_a_catalog_that_does_not_agree_stops_and_says_in_what(
    project: Project, database_url: str, change: str, words: str
) -> None:
    version = _made(project, None, "Account")
    project.push(database_url)
    rows(database_url, change)
    for command in (apply, generate, rollback):
        with pytest.raises(WorkError) as caught:
            command(project.world(database_url), yes=True)
        assert caught.value.code == "DRIFT"
        assert words in caught.value.message
        assert version in (caught.value.hint or "")
    assert rows(database_url, "select to_regclass('dbgen.workspace')") == [(None,)]


def test_a_history_with_a_gap_stops(project: Project, database_url: str) -> None:
    first = _made(project, None, "Account")
    _made(project, None, "Account", "Order")
    project.push(database_url)
    rows(database_url, f"delete from supabase_migrations.schema_migrations where version = '{first}'")
    with pytest.raises(WorkError) as caught:
        apply(project.world(database_url), yes=True)
    assert caught.value.code == "STATE_MISMATCH"
    assert "not iteration 1" in caught.value.message
    assert status(project.world(database_url)).findings == (caught.value.message,)


def test_on_the_hosted_platform_the_way_back_is_entered_too(project: Project, database_url: str) -> None:
    _made(project, None, "Account")
    project.push(database_url)
    rows(database_url, "alter table supabase_migrations.schema_migrations add column rollback text[]")
    apply(project.world(database_url), yes=True)
    ((way_back,),) = rows(database_url, "select rollback from supabase_migrations.schema_migrations")
    assert any("DROP TABLE public.accounts" in statement or "accounts" in statement for statement in way_back)


def test_push_takes_functions_and_triggers(project: Project, database_url: str, other_url: str) -> None:
    """The CLI finds the ends of statements in functions' bodies too."""
    rules = "{includeRLS: true, includeAudit: true, includeSoftDelete: true, includeConstraints: true}"
    project.put("config/dbgen.yaml", f"prototype: {{rules: {rules}}}\n")
    _made(project, database_url, "Account", "Order")
    project.push(other_url)
    assert history(database_url) == history(other_url)
    assert rows(database_url, CATALOG) == rows(other_url, CATALOG)
    rollback(project.world(other_url), yes=True)
    assert rows(other_url, CATALOG) == []
    assert not rows(other_url, "select 1 from pg_trigger where not tgisinternal and tgname like 'dbgen%'")
