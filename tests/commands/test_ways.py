"""Ways that files and database can part, and how they come together again."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dbgen.commands import apply, generate, history, rollback, status, undoing
from dbgen.commands.taking_back import take_back
from dbgen.database.embedded import tool
from dbgen.database.urls import psql_environment
from dbgen.errors import WorkError
from dbgen.model.requests import Notice
from tests.commands.conftest import Shop


def clone(shop: Shop, to: Path) -> Shop:
    """A colleague's working copy: what version control has."""
    shutil.copytree(
        shop.root, to, ignore=shutil.ignore_patterns(".staging", ".lock", ".targets.json", "history")
    )
    return replace(shop, root=to, entities={k: dict(v) for k, v in shop.entities.items()})


@pytest.fixture
def made(shop: Shop) -> Shop:
    """Two iterations with rows."""
    shop.entity("Account", name="text")
    shop.generate()
    shop.fill("accounts", 2, name="'n'")
    shop.entity("Account", phone="phone")
    shop.generate()
    shop.sql("update accounts set phone = '1'")
    return shop


def by_hand(shop: Shop, iteration: int) -> None:
    script = shop.root / f".pipeline/database/rollbacks/prototype/rollback-iteration-{iteration}.sql"
    words = [str(tool("psql")), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-f", str(script)]
    subprocess.run(words, env=psql_environment(shop.url), check=True, timeout=60)


def test_a_key_s_name_that_an_old_index_holds_is_no_other_name(shop: Shop) -> None:
    shop.sql("create table accounts (id uuid primary key); alter table accounts rename to clients")
    shop.entity("Account", name="text")
    with pytest.raises(WorkError) as raised:
        shop.generate()
    assert (raised.value.code, raised.value.details) == ("TABLE_EXISTS", {"keys": ["accounts_pkey"]})
    shop.sql("alter index accounts_pkey rename to clients_pkey")
    shop.generate()
    key = "select conname::text from pg_constraint where contype = 'p' and conrelid = 'accounts'::regclass"
    assert shop.sql(key) == ["accounts_pkey"]


def test_a_database_that_went_another_way_is_switched(made: Shop, tmp_path: Path) -> None:
    other = clone(made, tmp_path.parent / "other")
    made.entity("Account", email="email")
    made.entity("Note", body="text")
    made.generate()
    made.sql("update accounts set email = 'a@b'")
    made.fill("notes", 3, body="'kept'")
    other.entity("Account", email="email")
    other.entity("Note", body="text", title="text")
    later = replace(other.world, now=other.world.now + timedelta(days=1))
    generate(later, yes=True, apply=False, verify=False)
    with pytest.raises(WorkError) as raised:
        apply(other.world, yes=True)
    assert (raised.value.code, raised.value.details["iterations"]) == ("STATE_MISMATCH", [3])
    assert "apply --switch" in (raised.value.hint or "")
    result = apply(other.world, yes=True, switch=True, verify=False)
    assert [step.iteration for step in result.undone] == [3]
    assert [step.iteration for step in result.steps] == [3]
    assert made.sql("select distinct email from accounts") == ["a@b"]
    assert made.sql("select count(*) from notes where body = 'kept' and title is null") == [3]
    assert status(other.world).findings == ()
    assert history(other.world).entries[2].applied_by


def test_a_rollback_of_another_story_keeps_the_files(made: Shop, tmp_path: Path) -> None:
    other = clone(made, tmp_path.parent / "parted")
    made.entity("Account", email="email")
    made.generate()
    other.entity("Account", fax="phone")
    later = replace(other.world, now=other.world.now + timedelta(days=1))
    generate(later, yes=True, apply=False, verify=False)
    before = other.files()
    assert rollback(other.world, yes=True).iteration == 2
    assert other.files() == before
    assert [step.iteration for step in apply(other.world, yes=True, verify=False).steps] == [3]
    assert other.sql("select count(*) from accounts where fax is null") == [2]


def test_another_story_of_the_same_second_is_another_story(made: Shop, tmp_path: Path) -> None:
    other = clone(made, tmp_path.parent / "same")
    made.entity("Account", email="email")
    made.generate()
    other.entity("Account", fax="phone")
    generate(other.world, yes=True, apply=False, verify=False)
    migrations = "migrations/prototype"
    (theirs,) = (made.root / ".pipeline/database" / migrations).glob("*_iter3_*")
    (ours,) = (other.root / ".pipeline/database" / migrations).glob("*_iter3_*")
    assert theirs.name == ours.name
    with pytest.raises(WorkError) as raised:
        apply(other.world, yes=True)
    assert (raised.value.code, raised.value.details["iterations"]) == ("STATE_MISMATCH", [3])
    result = apply(other.world, yes=True, switch=True, verify=False)
    assert ([step.iteration for step in result.undone], result.iteration) == ([3], 3)


def test_a_database_that_is_ahead_is_switched_back(made: Shop, tmp_path: Path) -> None:
    other = clone(made, tmp_path.parent / "behind")
    made.entity("Account", email="email")
    made.generate()
    result = apply(other.world, yes=True, switch=True)
    assert ([step.iteration for step in result.undone], result.steps, result.iteration) == ([3], (), 2)
    assert other.generate().changed is False


def test_switch_where_nothing_parted_is_an_apply(made: Shop) -> None:
    assert apply(made.world, yes=True, switch=True).undone == ()


@pytest.mark.parametrize("hint", [None, "Look."])
def test_a_rollback_says_where_it_stopped(
    made: Shop, monkeypatch: pytest.MonkeyPatch, hint: str | None
) -> None:
    def refuse(*arguments: Any, **more: Any) -> tuple[Notice, ...]:
        if arguments[4] == 1:
            raise WorkError("MIGRATION_FAILED", "no", hint=hint)
        return take_back(*arguments, **more)

    monkeypatch.setattr(undoing, "take_back", refuse)
    with pytest.raises(WorkError) as raised:
        rollback(made.world, to=0, yes=True)
    said = (raised.value.hint or "").removeprefix("Look. ")
    assert said == "Stopped at iteration 1; those after it are rolled back."


def test_a_version_is_later_than_all_in_the_database_s_history(made: Shop) -> None:
    """A colleague's migration may be there that the files do not have."""
    made.sql("insert into supabase_migrations.schema_migrations (version) values ('20981231235959')")
    made.entity("Account", email="email")
    made.generate()
    assert made.sql("select max(version) from dbgen.iterations") == ["20990101000000"]


def test_files_follow_what_was_rolled_back_by_hand(made: Shop) -> None:
    by_hand(made, 2)
    assert made.sql("select max(iteration) from dbgen.iterations") == [1]
    assert made.sql("select count(*) from supabase_migrations.schema_migrations") == [1]
    seen = status(made.world)
    assert (seen.iteration, seen.database_iteration, seen.findings) == (1, 1, ())
    assert any("rolled back by its script" in line for line in seen.recovered)
    assert not any("iter2" in name or "iteration-2" in name for name in made.files())
    assert list((made.root / ".pipeline/database/history").iterdir())
    assert status(made.world).recovered == ()
    assert made.generate().iteration == 2
    assert made.sql("select phone from accounts") == ["1", "1"]


def test_generate_follows_too(made: Shop) -> None:
    by_hand(made, 2)
    by_hand(made, 1)
    result = made.generate()
    assert result.iteration == 1
    assert len(result.recovered) == 2
    assert made.sql("select count(*) from accounts where phone is null") == [2]


def test_a_colleagues_iteration_is_no_iteration_rolled_back(made: Shop) -> None:
    made.entity("Account", email="email")
    generate(made.world, yes=True, apply=False, verify=False)
    seen = status(made.world)
    assert (seen.iteration, seen.database_iteration, seen.recovered) == (3, 2, ())
    assert [step.iteration for step in apply(made.world, yes=True, verify=False).steps] == [3]


def test_what_dbgen_rolled_back_can_be_applied_again(made: Shop, tmp_path: Path) -> None:
    other = clone(made, tmp_path.parent / "again")
    rollback(made.world, yes=True)
    assert made.sql("select count(*) from dbgen.undone") == [0]
    assert [step.iteration for step in apply(other.world, yes=True, verify=False).steps] == [2]


def test_a_lost_folder_comes_back_byte_for_byte(made: Shop) -> None:
    before = made.files()
    shutil.rmtree(made.root / ".pipeline/database")
    seen = status(made.world, restore=True)
    assert made.files() == before
    assert len(seen.restored) == 9
    assert (seen.iteration, seen.findings) == (2, ())
    assert status(made.world, restore=True).restored == ()


def test_edited_and_single_lost_files_come_back(made: Shop) -> None:
    before = made.files()
    home = made.root / ".pipeline/database"
    (home / "state/prototype/iteration-1-schema.json").unlink()
    edited = home / "rollbacks/prototype/rollback-iteration-2.sql"
    edited.write_text("-- mine\n")
    assert len(status(made.world, restore=True).restored) == 2
    assert made.files() == before
    assert (home / "backups/rollback-iteration-2.sql").read_text() == "-- mine\n"


def test_a_database_of_another_workspace_restores_nothing(made: Shop) -> None:
    shutil.rmtree(made.root / ".pipeline/database")
    made.entity("Account", other="text")
    generate(made.world, yes=True, apply=False, verify=False)
    with pytest.raises(WorkError) as raised:
        status(made.world, restore=True)
    assert raised.value.code == "STATE_MISMATCH"
