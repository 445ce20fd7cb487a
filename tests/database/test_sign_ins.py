"""People who sign in while dbgen works: an UPDATE on auth.users never waits longer than the lock timeout."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from dbgen.commands import generate, rollback
from dbgen.errors import WorkError
from tests.supabase_cli.projects import Project, rows

pytestmark = pytest.mark.slow

USERS = "insert into auth.users (id, email) values (gen_random_uuid(), 'ann'), (gen_random_uuid(), 'bob')"
SIGN_IN = "update auth.users set last_sign_in_at = now() where email = 'bob'"
TIMEOUT = 0.6
#: For the machine, on top of the timeout.
SLACK = 0.5


class Visitor(threading.Thread):
    """Signs in again and again; keeps the longest wait."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self._url = url
        self._leaving = threading.Event()
        self.count = 0
        self.longest = 0.0

    def run(self) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            while not self._leaving.is_set():
                before = time.monotonic()
                connection.execute(SIGN_IN)
                self.longest = max(self.longest, time.monotonic() - before)
                self.count += 1
                time.sleep(0.005)

    def leave(self) -> None:
        self._leaving.set()
        self.join(timeout=30)
        assert not self.is_alive()


@contextmanager
def visiting(url: str) -> Iterator[Visitor]:
    """Someone who signs in all the while."""
    visitor = Visitor(url)
    visitor.start()
    try:
        yield visitor
    finally:
        visitor.leave()


@pytest.fixture
def project(tmp_path: Path, database_url: str) -> Project:
    """A workspace whose module has a key to auth.users, and an impatient config."""
    rows(database_url, USERS)
    made = Project(
        tmp_path, supabase=False, config=f"prototype: {{timeouts: {{lock: {int(TIMEOUT * 1000)}ms}}}}\n"
    )
    made.names("Account", "Order", "Item")
    return made


def test_a_sign_in_beside_a_generate_and_a_rollback_hardly_waits(project: Project, database_url: str) -> None:
    with visiting(database_url) as visitor:
        generate(project.world(database_url), yes=True)
        rollback(project.world(database_url), yes=True)
    assert visitor.count > 20
    assert visitor.longest < TIMEOUT


def test_a_sign_in_behind_a_generate_that_waits_is_let_through_in_time(
    project: Project, database_url: str
) -> None:
    with psycopg.connect(database_url) as other, visiting(database_url) as visitor:
        other.execute("update auth.users set last_sign_in_at = now() where email = 'ann'")
        with pytest.raises(WorkError) as caught:
            generate(project.world(database_url), yes=True, verify=False)
        other.rollback()
    assert caught.value.code == "LOCKED"
    assert "3 tries" in caught.value.message
    assert "auth.users" in caught.value.message
    # Without a wait the timeout would not have been tried at all.
    assert TIMEOUT / 2 < visitor.longest < TIMEOUT + SLACK
    assert rows(database_url, "select to_regclass('accounts'), to_regclass('dbgen.iterations')") == [
        (None, None)
    ]


def test_a_generate_goes_through_when_the_other_session_is_done(project: Project, database_url: str) -> None:
    other = psycopg.connect(database_url)
    other.execute("update auth.users set last_sign_in_at = now() where email = 'ann'")
    ends = threading.Timer(TIMEOUT * 1.5, other.close)
    ends.start()
    assert generate(project.world(database_url), yes=True, verify=False).applied
    ends.join()


def test_keys_to_auth_users_come_last(project: Project, database_url: str) -> None:
    made = generate(project.world(database_url), yes=True, verify=False)
    changing = [step.kind for step in made.operations]
    assert changing[-1] == "add_foreign_key"
    assert made.operations[-1].object == "accounts.fk_accounts_user_id"
    text = made.migration_sql
    assert text.count("REFERENCES auth.users") == 1
    rest = text[text.index("REFERENCES auth.users") :]
    assert not [word for word in ("CREATE ", "ALTER ", "UPDATE ", "INSERT ", "GRANT ") if word in rest]


def test_a_sign_in_does_not_wait_for_what_a_rollback_waits_for(project: Project, database_url: str) -> None:
    project.names("Account", "Order", fields="fields: {Account: [id, name], Order: [id]}")
    generate(project.world(database_url), yes=True, verify=False)
    project.names("Account", "Order", fields="fields: {Account: [id, name, userId], Order: [id, total]}")
    generate(project.world(database_url), yes=True, verify=False)
    with psycopg.connect(database_url) as other, visiting(database_url) as visitor:
        other.execute("select from orders")
        with pytest.raises(WorkError) as caught:
            rollback(project.world(database_url), yes=True)
    assert caught.value.code == "LOCKED"
    assert "orders" in caught.value.message
    assert visitor.longest < TIMEOUT / 2


def test_a_key_to_auth_users_that_goes_goes_last(project: Project, database_url: str) -> None:
    generate(project.world(database_url), yes=True, verify=False)
    project.names("Account", "Order", fields="fields: {Account: [id, name, email], Order: [id]}")
    made = generate(project.world(database_url), yes=True, verify=False)
    kinds = [step.kind for step in made.operations]
    after = kinds[[step.object for step in made.operations].index("accounts.fk_accounts_user_id") :]
    assert after == ["drop_foreign_key", "unmend", "keep_columns", "drop_column"]
    text = made.rollback_sql
    assert text.index("ADD COLUMN account_id") < text.index("REFERENCES auth.users")
