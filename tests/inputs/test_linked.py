"""Where the database's URL comes from when the config does not name it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from dbgen.inputs.config import load_config

REF = "abcdefghijklmnopqrst"
HOST = "aws-0-eu-central-1.pooler.supabase.com"
PASSWORD = "p@ss/w:rd?#%+ é"
KEY = "SUPABASE_DB_PASSWORD"


def _linked(
    root: Path, url: str = f"postgresql://postgres.{REF}@{HOST}:6543/postgres", ref: str = REF
) -> Path:
    folder = root / "supabase" / ".temp"
    folder.mkdir(parents=True)
    (folder / "pooler-url").write_text(url + "\n", encoding="utf-8")
    (folder / "project-ref").write_text(ref, encoding="utf-8")
    return root


def test_without_a_config_the_names_are_still_read(tmp_path: Path) -> None:
    names = {
        "SUPABASE_URL": "https://r.supabase.co",
        "SUPABASE_ANON_KEY": "key",
        "SUPABASE_PROJECT_ID": "ref",
        "SUPABASE_ACCESS_TOKEN": "token",
        "SUPABASE_DB_URL": "postgresql://h/d",
    }
    config = load_config(tmp_path, names)
    found = (config.supabase_url, config.supabase_anon_key, config.project_id, config.access_token)
    assert (*found, config.database_url) == tuple(names.values())


def test_the_dotenv_file_gives_the_url_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SUPABASE_DB_URL='postgresql://a:p%40#x@h/d'\n", encoding="utf-8")
    assert load_config(tmp_path, {}).database_url == "postgresql://a:p%40#x@h/d"
    assert load_config(tmp_path, {"SUPABASE_DB_URL": "postgresql://h/e"}).database_url == "postgresql://h/e"


def test_a_key_of_the_config_wins(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/dbgen.yaml").write_text("prototype: {databaseUrl: 'postgresql://h/c'}\n")
    names = {"SUPABASE_DB_URL": "postgresql://h/d", KEY: "x"}
    assert load_config(_linked(tmp_path), names).database_url == "postgresql://h/c"


@pytest.mark.parametrize("mark", ["", ":[YOUR-PASSWORD]"])
def test_a_linked_project_and_its_password_make_the_session_poolers_url(tmp_path: Path, mark: str) -> None:
    _linked(tmp_path, f"postgresql://postgres.{REF}{mark}@{HOST}:6543/postgres")
    parts = urlsplit(load_config(tmp_path, {KEY: PASSWORD}).database_url)
    assert (parts.scheme, parts.hostname, parts.port, parts.path) == ("postgresql", HOST, 5432, "/postgres")
    assert (parts.username, unquote(parts.password or "")) == (f"postgres.{REF}", PASSWORD)


def test_the_password_may_stand_in_the_dotenv_file(tmp_path: Path) -> None:
    (_linked(tmp_path) / ".env").write_text(f"{KEY}=secret\n", encoding="utf-8")
    assert ":secret@" in load_config(tmp_path, {}).database_url


def test_a_url_that_is_given_wins_over_the_linked_project(tmp_path: Path) -> None:
    names = {KEY: "x", "SUPABASE_DB_URL": "postgresql://h/d"}
    assert load_config(_linked(tmp_path), names).database_url == "postgresql://h/d"


@pytest.mark.parametrize(
    ("url", "ref", "password"),
    [
        (f"postgresql://postgres.{REF}@{HOST}:6543/postgres", REF, ""),
        (f"postgresql://postgres.{REF}@{HOST}:6543/postgres", "z" * 20, "x"),
        ("", REF, "x"),
        ("no url", REF, "x"),
        (f"https://{REF}.supabase.co", REF, "x"),
        ("postgresql://postgres@[::1", REF, "x"),
    ],
)
def test_what_is_no_use_is_not_used(tmp_path: Path, url: str, ref: str, password: str) -> None:
    assert load_config(_linked(tmp_path, url, ref), {KEY: password}).database_url == ""


def test_no_secret_is_in_the_repr(tmp_path: Path) -> None:
    assert "hidden" not in repr(load_config(_linked(tmp_path), {KEY: "hidden"}))
