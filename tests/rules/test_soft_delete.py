"""includeSoftDelete: what API roles delete stays and comes back, and what the owner deletes goes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rules.house import API_ROLES, UUID, A, B, House, house

ONE, TWO = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
ENTITIES: dict[str, Any] = {
    "Shelf": {"id": UUID, "name": {"type": "string", "unique": True}},
    "Book": {
        "id": UUID,
        "shelfId": {"type": "uuid", "foreignKey": "Shelf.id", "onDelete": "cascade"},
    },
}
BOTH = {"includeAudit": True, "includeSoftDelete": True, "apiAccess": "anon"}


@pytest.fixture
def home(database_url: str, tmp_path: Path) -> Iterator[House]:
    with house(database_url, tmp_path, ENTITIES, **BOTH) as made:
        made.rows(f"INSERT INTO public.shelves (id, name) VALUES ('{ONE}', 'a'), ('{TWO}', 'b')")
        made.rows(f"INSERT INTO public.books (shelf_id) VALUES ('{ONE}'), ('{TWO}')")
        made.rows("DELETE FROM public.audit_log")
        yield made


def gone(home: House, table: str = "shelves") -> list[bool]:
    """Of each row that is there, whether it is marked."""
    return [one for (one,) in home.rows(f"SELECT deleted_at IS NOT NULL FROM public.{table} ORDER BY id")]


@pytest.mark.parametrize("role", API_ROLES)
def test_an_api_role_deletes_softly(home: House, role: str) -> None:
    with home.as_role(role, A):
        home.rows(f"DELETE FROM public.shelves WHERE id = '{ONE}'")
        assert home.one(f"SELECT deleted_at = now() FROM public.shelves WHERE id = '{ONE}'")
        assert home.one(f"SELECT updated_by FROM public.shelves WHERE id = '{ONE}'").hex == A.replace("-", "")
    assert gone(home) == [True, False]
    assert gone(home, "books") == [False, False]
    assert home.rows("SELECT table_name, operation, actor::text, db_role FROM public.audit_log") == [
        ("shelves", "SOFT_DELETE", A, role)
    ]


def test_who_deletes_again_changes_nothing(home: House) -> None:
    with home.as_role("service_role"):
        home.rows("DELETE FROM public.shelves")
    first = home.rows("SELECT deleted_at, updated_at FROM public.shelves")
    with home.as_role("authenticated", B):
        home.rows("DELETE FROM public.shelves")
    assert home.rows("SELECT deleted_at, updated_at FROM public.shelves") == first
    assert home.one("SELECT count(*) FROM public.audit_log") == 2


def test_the_owner_deletes_and_cascades(home: House) -> None:
    home.rows(f"DELETE FROM public.shelves WHERE id = '{ONE}'")
    assert gone(home) == [False]
    assert gone(home, "books") == [False]
    told = home.rows("SELECT table_name, operation FROM public.audit_log ORDER BY 1")
    assert told == [("books", "DELETE"), ("shelves", "DELETE")]


def test_a_cascade_under_an_api_role_really_deletes(home: House) -> None:
    """It runs as the owner, whoever began it: else rows would be left that point to nothing."""
    home.rows("CREATE TABLE public.rooms (id integer PRIMARY KEY)")
    home.rows("ALTER TABLE public.shelves ADD room integer REFERENCES public.rooms ON DELETE CASCADE")
    home.rows("GRANT SELECT, DELETE ON public.rooms TO authenticated")
    home.rows(f"INSERT INTO public.rooms VALUES (1); UPDATE public.shelves SET room = 1 WHERE id = '{ONE}'")
    with home.as_role("authenticated", A):
        home.rows("DELETE FROM public.rooms")
    assert gone(home) == [False]
    assert gone(home, "books") == [False]


def test_a_row_comes_back_by_its_key(home: House) -> None:
    with home.as_role("authenticated", A):
        home.rows("DELETE FROM public.shelves")
    key = f'{{"id": "{ONE}"}}'
    assert home.one(f"SELECT dbgen.restore_row('shelves', '{key}')") is True
    assert gone(home) == [False, True]
    assert home.one(f"SELECT dbgen.restore_row('public.shelves', '{key}')") is False
    told = home.rows("SELECT operation, row_key FROM public.audit_log ORDER BY id DESC LIMIT 1")
    assert told == [("RESTORE", {"id": ONE})]
    assert (
        home.one(
            "SELECT dbgen.restore_row('shelves', row_key) FROM public.audit_log "
            f"WHERE operation = 'SOFT_DELETE' AND row_key ->> 'id' = '{TWO}'"
        )
        is True
    )
    assert gone(home) == [False, False]


@pytest.mark.parametrize(
    ("call", "state"),
    [
        ("'shelves', '{}'", "22023"),
        ("'shelves', '{\"nothing\": 1}'", "42703"),
        ("'pg_class', '{\"oid\": 1}'", "42703"),
    ],
)
def test_what_cannot_be_restored_is_refused(home: House, call: str, state: str) -> None:
    assert home.refused(f"SELECT dbgen.restore_row({call})") == state


def test_restoring_obeys_what_must_be_unique(home: House) -> None:
    home.rows("ALTER TABLE public.shelves DROP CONSTRAINT uq_shelves_name")
    home.rows("CREATE UNIQUE INDEX ON public.shelves (name) WHERE deleted_at IS NULL")
    with home.as_role("authenticated", A):
        home.rows(f"DELETE FROM public.shelves WHERE id = '{ONE}'")
        home.rows("INSERT INTO public.shelves (name) VALUES ('a')")
    assert home.refused(f"SELECT dbgen.restore_row('shelves', '{{\"id\": \"{ONE}\"}}')") == "23505"


@pytest.mark.parametrize("role", API_ROLES)
def test_no_api_role_calls_the_functions(home: House, role: str) -> None:
    with home.as_role(role, A):
        assert home.refused(f"SELECT dbgen.restore_row('shelves', '{{\"id\": \"{ONE}\"}}')") == "42501"
        assert home.refused("SELECT dbgen.actor()") == "42501"
        made = "CREATE TEMP TABLE t (id uuid); CREATE TRIGGER x BEFORE DELETE ON t"
        assert home.refused(f"{made} FOR EACH ROW EXECUTE FUNCTION dbgen.soft_delete('id')") == "42501"


def test_row_level_security_does_not_refuse_what_it_hides_afterwards(home: House) -> None:
    """An UPDATE as the visitor is refused, for nobody may make a row that the SELECT policy hides."""
    home.rows("ALTER TABLE public.shelves ENABLE ROW LEVEL SECURITY")
    home.rows("CREATE POLICY see ON public.shelves FOR SELECT TO authenticated USING (deleted_at IS NULL)")
    home.rows("CREATE POLICY edit ON public.shelves FOR UPDATE TO authenticated USING (deleted_at IS NULL)")
    home.rows("CREATE POLICY cut ON public.shelves FOR DELETE TO authenticated USING (name = 'a')")
    with home.as_role("authenticated", A):
        assert home.refused(f"UPDATE public.shelves SET deleted_at = now() WHERE id = '{ONE}'") == "42501"
        home.rows("DELETE FROM public.shelves")
        assert home.rows("SELECT name FROM public.shelves") == [("b",)]
    assert gone(home) == [True, False]


def test_the_server_restores_by_hand(home: House) -> None:
    with home.as_role("authenticated", A):
        home.rows("DELETE FROM public.shelves")
    with home.as_role("service_role"):
        home.rows("UPDATE public.shelves SET deleted_at = NULL")
    assert gone(home) == [False, False]


def test_an_applications_deletes_are_soft(database_url: str, tmp_path: Path) -> None:
    with house(database_url, tmp_path, ENTITIES, **BOTH, rlsIdentity="app.user_id") as home:
        home.rows(f"INSERT INTO public.shelves (id) VALUES ('{ONE}'), ('{TWO}')")
        home.rows("CREATE TABLE public.rooms (id integer PRIMARY KEY)")
        home.rows("ALTER TABLE public.shelves ADD room integer REFERENCES public.rooms ON DELETE CASCADE")
        home.rows(
            f"INSERT INTO public.rooms VALUES (1); UPDATE public.shelves SET room = 1 WHERE id = '{ONE}'"
        )
        with home.as_app(A):
            home.rows("DELETE FROM public.shelves")
            assert gone(home) == [True, True]
            home.rows("DELETE FROM public.rooms")
        assert gone(home) == [True]
        home.rows("UPDATE public.shelves SET deleted_at = NULL")
        with home.as_role("authenticated"):
            home.rows("DELETE FROM public.shelves")
        assert gone(home) == [True]
        home.rows("DELETE FROM public.shelves")
        assert gone(home) == []


ODD: dict[str, Any] = {
    'We "quote"': {
        'first "key"': {"type": "text", "primaryKey": True},
        "second\\key %s": {"type": "integer", "primaryKey": True},
        "point": {"type": "point"},
    }
}


def test_odd_names_and_keys(database_url: str, tmp_path: Path) -> None:
    rules = {"columnNamePattern": "camelCase", "tableNamePattern": "PascalCase"}
    with house(database_url, tmp_path, ODD, **rules, includeSoftDelete=True) as home:
        (table,) = home.tables()
        home.rows(f"INSERT INTO {table} VALUES ('a', 1), ('a', 2), ('A', 1)")
        with home.as_role("authenticated", A):
            home.rows(f"DELETE FROM {table} WHERE ctid = '(0,2)'")
        (key,) = home.rows(
            f"SELECT to_jsonb(t) - '{{deletedAt,point}}'::text[] FROM {table} AS t "
            'WHERE "deletedAt" IS NOT NULL'
        )
        assert list(key[0].values()) == ["a", 2]
        restore = "SELECT dbgen.restore_row(%s, %s)"
        assert home.session.execute(restore, (table, json.dumps(key[0]))).fetchall() == [(True,)]
        assert home.rows(f'SELECT 1 FROM {table} WHERE "deletedAt" IS NOT NULL') == []
