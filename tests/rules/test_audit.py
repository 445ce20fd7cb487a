"""includeAudit: who and when, as each role, and a log that tells it and that nobody else writes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.rules.house import API_ROLES, UUID, A, B, House, house

NOTES: dict[str, Any] = {
    "id": UUID,
    "title": {"type": "string"},
    "card": {"type": "string", "sensitive": True},
}
ENTITIES: dict[str, Any] = {"Note": NOTES}
ONE, TWO = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
STAMPS = "created_by, updated_by, created_at = now(), updated_at = now()"


@pytest.fixture
def home(database_url: str, tmp_path: Path) -> Iterator[House]:
    with house(database_url, tmp_path, ENTITIES, includeAudit=True, apiAccess="anon") as made:
        yield made


def stamps(home: House, key: str = ONE) -> tuple[Any, ...]:
    """created_by, updated_by, and whether the two times are this transaction's."""
    ((created, updated, *times),) = home.rows(f"SELECT {STAMPS} FROM public.notes WHERE id = '{key}'")
    return (created and str(created), updated and str(updated), *times)


def entries(home: House) -> list[tuple[Any, ...]]:
    """What the log has, told by the owner: operation, actor, role, old title and new, old card and new."""
    rows = "old_row ->> 'title', new_row ->> 'title', old_row ->> 'card', new_row ->> 'card'"
    return home.rows(f"SELECT operation, actor::text, db_role, {rows} FROM public.audit_log ORDER BY id")


@pytest.mark.parametrize(("role", "user"), [("anon", None), ("authenticated", A), ("authenticated", B)])
def test_a_client_is_who_it_is(home: House, role: str, user: str | None) -> None:
    forged = f"'{ONE}', 'one', '{TWO}', '{TWO}', '1999-01-01', '1999-01-01'"
    columns = "id, title, created_by, updated_by, created_at, updated_at"
    with home.as_role(role, user):
        home.rows(f"INSERT INTO public.notes ({columns}) VALUES ({forged})")
        assert stamps(home) == (user, user, True, True)
    with home.as_role("authenticated", TWO):
        home.rows(f"UPDATE public.notes SET created_by = '{TWO}', created_at = '1999-01-01', title = 'two'")
        assert stamps(home) == (user, TWO, False, True)
        home.rows(f"UPDATE public.notes SET updated_by = '{A}', updated_at = '1999-01-01'")
        assert stamps(home) == (user, TWO, False, True)
    assert home.one("SELECT created_at > '2000-01-01' AND created_at < updated_at FROM public.notes")


@pytest.mark.parametrize("role", ["service_role", "postgres"])
def test_the_server_may_say_who_and_when(home: House, role: str) -> None:
    with home.as_role(role):
        home.rows(f"INSERT INTO public.notes (id) VALUES ('{ONE}')")
        assert stamps(home) == (None, None, True, True)
        columns = "id, created_by, updated_by, created_at, updated_at"
        imported = f"'{TWO}', '{A}', '{B}', '1999-01-01', '1999-01-02'"
        home.rows(f"INSERT INTO public.notes ({columns}) VALUES ({imported})")
        assert stamps(home, TWO) == (A, B, False, False)
        home.rows(f"UPDATE public.notes SET title = 'x' WHERE id = '{TWO}'")
        assert stamps(home, TWO) == (A, None, False, True)
        home.rows(f"UPDATE public.notes SET updated_at = '1999-01-03', created_by = '{B}' WHERE id = '{TWO}'")
        assert stamps(home, TWO) == (B, None, False, False)


def test_another_role_is_a_client(home: House) -> None:
    """Also one that has been given rights by hand."""
    home.rows("DROP ROLE IF EXISTS dbgen_test_clerk")
    home.rows("CREATE ROLE dbgen_test_clerk; GRANT dbgen_test_clerk TO postgres")
    home.rows("GRANT INSERT, SELECT ON public.notes TO dbgen_test_clerk")
    try:
        with home.as_role("dbgen_test_clerk", A):
            home.rows(f"INSERT INTO public.notes (id, created_by) VALUES ('{ONE}', '{B}')")
        assert stamps(home)[:2] == (A, A)
    finally:
        home.rows("DROP OWNED BY dbgen_test_clerk; DROP ROLE dbgen_test_clerk")


def test_the_log_tells_each_change(home: House) -> None:
    with home.as_role("authenticated", A):
        home.rows(f"INSERT INTO public.notes (id, title, card) VALUES ('{ONE}', 'one', '4111')")
        home.rows("UPDATE public.notes SET title = 'two', card = '4222'")
        here = home.one("SELECT pg_current_xact_id()::text")
    with home.as_role("service_role"):
        home.rows("UPDATE public.notes SET card = NULL")
        home.rows("DELETE FROM public.notes")
    home.rows(f"INSERT INTO public.notes (id) VALUES ('{TWO}')")
    assert entries(home) == [
        ("INSERT", A, "authenticated", None, "one", None, "***"),
        ("UPDATE", A, "authenticated", "one", "two", "***", "***"),
        ("UPDATE", None, "service_role", "two", "two", "***", None),
        ("DELETE", None, "service_role", "two", None, None, None),
        ("INSERT", None, "postgres", None, None, None, None),
    ]
    assert "4111" not in home.one("SELECT string_agg(entry::text, '') FROM public.audit_log AS entry")
    keys = f"SELECT DISTINCT table_name, row_key ->> 'id' FROM public.audit_log WHERE transaction_id = {here}"
    assert home.rows(keys) == [("notes", ONE)]
    assert (
        home.one("SELECT count(*) FROM public.audit_log WHERE occurred_at > now() - interval '1 hour'") == 5
    )


def test_a_sensitive_key_is_masked_in_the_entrys_key_too(database_url: str, tmp_path: Path) -> None:
    key = {"type": "text", "required": True, "primaryKey": True, "sensitive": True}
    with house(database_url, tmp_path, {"Card": {"number": key}}, includeAudit=True) as home:
        home.rows("INSERT INTO public.cards (number) VALUES ('4111'); DELETE FROM public.cards")
        told = home.one("SELECT string_agg(entry::text, '') FROM public.audit_log AS entry")
    assert "***" in told
    assert "4111" not in told


def test_what_follows_a_foreign_key_is_logged_and_stamped(database_url: str, tmp_path: Path) -> None:
    """The cascade runs as the owner, and is still the work of who began it."""
    shelf = {"type": "uuid", "foreignKey": "Shelf.id", "onDelete": "set null"}
    entities = {"Shelf": {"id": UUID}, "Book": {"id": UUID, "shelfId": shelf}}
    with house(database_url, tmp_path, entities, includeAudit=True) as home:
        home.rows(f"INSERT INTO public.shelves VALUES ('{ONE}')")
        home.rows(f"INSERT INTO public.books (id, shelf_id) VALUES ('{TWO}', '{ONE}')")
        with home.as_role("authenticated", A):
            home.rows("DELETE FROM public.shelves")
            assert home.one("SELECT updated_by::text = '" + A + "' AND updated_at = now() FROM public.books")
        told = home.rows("SELECT table_name, operation, actor::text FROM public.audit_log ORDER BY id DESC")
    assert sorted(told[:2]) == [("books", "UPDATE", A), ("shelves", "DELETE", A)]


def test_nothing_is_logged_of_what_is_undone(home: House) -> None:
    with home.session.transaction(force_rollback=True):
        home.rows(f"INSERT INTO public.notes (id) VALUES ('{ONE}')")
    assert home.one("SELECT count(*) FROM public.audit_log") == 0


_TOUCH = {
    "SELECT": "SELECT * FROM public.audit_log",
    "INSERT": "INSERT INTO public.audit_log (table_name, row_key, operation, db_role, transaction_id) "
    "VALUES ('notes', '{}', 'UPDATE', 'x', 1)",
    "UPDATE": "UPDATE public.audit_log SET actor = NULL",
    "DELETE": "DELETE FROM public.audit_log",
    "TRUNCATE": "TRUNCATE public.audit_log",
    "prune": "SELECT dbgen.prune_audit_log(now())",
    "write": "SELECT dbgen.audit()",
}


@pytest.mark.parametrize(("role", "operation"), list(product(API_ROLES, _TOUCH)))
def test_no_api_role_touches_the_log(home: House, role: str, operation: str) -> None:
    home.rows(f"INSERT INTO public.notes (id) VALUES ('{ONE}')")
    with home.as_role(role, A):
        assert home.refused(_TOUCH[operation]) == "42501"


@pytest.mark.parametrize("role", ["anon", "authenticated"])
def test_a_grant_by_mistake_shows_no_entry(home: House, role: str) -> None:
    home.rows(f"INSERT INTO public.notes (id) VALUES ('{ONE}')")
    home.rows(f"GRANT SELECT, DELETE ON public.audit_log TO {role}")
    with home.as_role(role, A):
        home.rows("DELETE FROM public.audit_log")
        assert home.rows("SELECT * FROM public.audit_log") == []
    assert len(entries(home)) == 1


def test_pruning_takes_what_is_older(home: House) -> None:
    home.rows(f"INSERT INTO public.notes (id) VALUES ('{ONE}'); DELETE FROM public.notes")
    home.rows("UPDATE public.audit_log SET occurred_at = '2020-01-01' WHERE operation = 'INSERT'")
    assert home.one("SELECT dbgen.prune_audit_log('2020-01-01')") == 0
    assert home.one("SELECT dbgen.prune_audit_log('2021-01-01')") == 1
    assert [operation for operation, *_ in entries(home)] == ["DELETE"]


def test_a_rows_story_is_found_by_an_index(home: House) -> None:
    home.rows("SET enable_seqscan = off")
    for where, index in (
        (f'row_key = \'{{"id": "{ONE}"}}\'', "idx_audit_log_row_key"),
        ("occurred_at < now()", "idx_audit_log_occurred_at"),
    ):
        plan = home.rows(f"EXPLAIN SELECT * FROM public.audit_log WHERE {where}")
        assert any(index in line for (line,) in plan), plan


def test_an_application_says_who_it_speaks_for(database_url: str, tmp_path: Path) -> None:
    rules = {"includeAudit": True, "rlsIdentity": "app.user_id"}
    with house(database_url, tmp_path, ENTITIES, **rules) as home:
        with home.as_app(A):
            home.rows(f"INSERT INTO public.notes (id) VALUES ('{ONE}')")
        with home.as_app(B):
            home.rows("UPDATE public.notes SET title = 'two'")
        with home.as_app("42"):
            home.rows("UPDATE public.notes SET title = 'three'")
        assert stamps(home)[:2] == (A, None)
        assert [actor for _, actor, *_ in entries(home)] == [A, B, None]


ODD: dict[str, Any] = {
    'We "quote"': {
        'first "key"': {"type": "text", "primaryKey": True},
        "second\\key": {"type": "integer", "primaryKey": True},
        "it's {odd}, %s": {"type": "json", "sensitive": True},
        "infinite": {"type": "timestamp"},
        "many": {"type": "array", "items": "inet"},
        "raw": {"type": "JSON"},
        "blob": {"type": "binary"},
        "where": {"type": "point"},
    }
}


def test_odd_names_and_types(database_url: str, tmp_path: Path) -> None:
    rules = {"includeAudit": True, "columnNamePattern": "camelCase", "tableNamePattern": "PascalCase"}
    with house(database_url, tmp_path, ODD, **rules) as home:
        log, table = home.tables()
        values = r"""'a\'"', 1, '{"deep": 1}', 'infinity', '{::1}', '{"b":1, "b":2}', '\x00', '(1,2)'"""
        home.rows(f"INSERT INTO {table} VALUES ({values})".replace(r"\'", r"\''"))
        home.rows(f"UPDATE {table} SET infinite = '-infinity'")
        home.rows(f"DELETE FROM {table}")
        wanted = 'operation, "tableName", "rowKey", "oldRow", "newRow"'
        told = home.rows(f"SELECT {wanted} FROM {log} ORDER BY id")
    assert [operation for operation, *_ in told] == ["INSERT", "UPDATE", "DELETE"]
    for _, name, key, old, new in told:
        assert f'public."{name}"' == table.replace('""', '"')
        assert sorted(map(str, key.values())) == ["1", "a\\'\""]
        assert all(key.items() <= (row or key).items() for row in (old, new))
    assert "deep" not in str(told)
    assert [("***" in str(old), "***" in str(new)) for *_, old, new in told] == [
        (False, True),
        (True, True),
        (True, False),
    ]
