"""Which database a run works on."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbgen.database.embedded import Embedded
from dbgen.database.targets import Target, opened, resolve
from dbgen.errors import DbgenError

URL = "postgresql://ann:s3cr3t@db.example.com/app"
OTHER = "postgresql://bob:s3cr3t@localhost/app"


def resolved(
    target: str = "auto",
    *,
    database_url: str = "",
    project_id: str = "",
    access_token: str = "",
    db_url: str | None = None,
) -> Target:
    return resolve(
        target=target,
        database_url=database_url,
        project_id=project_id,
        access_token=access_token,
        db_url=db_url,
    )


def test_auto_without_anything_is_the_embedded_one() -> None:
    assert resolved() == Target("embedded", "embedded PostgreSQL of this workspace", None, True)
    assert resolved(project_id="ref").kind == "embedded"


def test_auto_with_a_database_url() -> None:
    target = resolved(database_url=URL, project_id="ref", access_token="token")
    assert target == Target("postgres", "postgresql://ann:***@db.example.com/app", URL, False)
    assert "s3cr3t" not in repr(target)


@pytest.mark.parametrize("target", ["auto", "embedded", "postgres", "management-api"])
def test_db_url_wins(target: str) -> None:
    found = resolved(target, database_url=URL, db_url=OTHER)
    assert (found.kind, found.url, found.local) == ("postgres", OTHER, True)


def test_embedded_beside_a_database_url() -> None:
    assert resolved("embedded", database_url=URL).url is None


@pytest.mark.parametrize("target", ["management-api", "postgres", "oracle"])
def test_a_target_that_cannot_be(target: str) -> None:
    with pytest.raises(DbgenError) as caught:
        resolved(target)
    assert (caught.value.code, caught.value.exit_status) == ("CONFIG_INVALID", 2)


def test_auto_with_project_and_token() -> None:
    target = resolved(project_id="abcdefghijklmnopqrst", access_token="sbp_s3cr3t")
    assert (target.kind, target.local) == ("management-api", False)
    assert target.server == ("api.supabase.com", 443, "abcdefghijklmnopqrst")
    assert "s3cr3t" not in repr(target)


@pytest.mark.parametrize(("project", "token"), [("", "sbp_x"), ("ref", ""), ("a/../b", "sbp_x")])
def test_the_management_api_needs_project_and_token(project: str, token: str) -> None:
    with pytest.raises(DbgenError) as caught:
        resolved("management-api", project_id=project, access_token=token)
    assert caught.value.code == "CONFIG_INVALID"
    assert token not in str(caught.value.hint).split()


def test_an_empty_db_url_is_no_way_to_the_config() -> None:
    with pytest.raises(DbgenError) as caught, opened(resolved(database_url=URL, db_url=""), Path()):
        pass
    assert caught.value.code == "CONNECTION_ERROR"


def test_opened_embedded(server: Embedded) -> None:
    with opened(resolved(), server.workspace, lock_timeout="7s") as connection, connection.transaction():
        assert connection.rows("select current_user::text, current_setting('lock_timeout')") == [
            ("postgres", "7s")
        ]
    assert connection.raw.closed


def test_opened_postgres(database_url: str, tmp_path: Path) -> None:
    with opened(resolved(db_url=database_url), tmp_path) as connection:
        assert connection.rows("select 1") == [(1,)]
    assert connection.raw.closed
