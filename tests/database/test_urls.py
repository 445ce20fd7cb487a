"""Database URLs as text."""

from __future__ import annotations

import pytest

from dbgen.database.urls import is_local, refusal, secrets, without_password

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            f"postgresql://ann:{SECRET}@db.example.com:5432/app",
            "postgresql://ann:***@db.example.com:5432/app",
        ),
        (f"postgres://postgres.ref:{SECRET}@h:6543/postgres", "postgres://postgres.ref:***@h:6543/postgres"),
        (f"postgresql://h/app?user=ann&password={SECRET}", "postgresql://h/app?user=ann&password=***"),
        (
            f"postgresql://ann@h/app?sslpassword={SECRET}&port=1",
            "postgresql://ann@h/app?sslpassword=***&port=1",
        ),
        (f"host=h user=ann password={SECRET} dbname=app", "host=h user=ann password=*** dbname=app"),
        (f"host=h password = '{SECRET}\\' {SECRET}' user=ann", "host=h password = *** user=ann"),
        ("postgresql://ann@h/app", "postgresql://ann@h/app"),
    ],
)
def test_the_password_alone_is_hidden(url: str, shown: str) -> None:
    assert refusal(url) is None
    assert without_password(url) == shown


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ann:{SECRET}@{SECRET}@h/app",
        f"postgresql://ann:{SECRET}/{SECRET}@h/app",
        f"postgresql://ann:{SECRET}?{SECRET}@h@h/app",
        f"postgresql://ann:1/{SECRET}@h/app",
        f"postgresql://ann:{SECRET}%zz@h/app",
        f"https://ann:{SECRET}@ref.supabase.co",
        f"mysql://ann:{SECRET}@h/app",
        f"jdbc:postgresql://h/app?password={SECRET}",
        f"ann:{SECRET}@h/app",
        f"password='{SECRET}",
        "",
        "app",
    ],
)
def test_a_wrong_url_is_refused_and_shown_without_its_secret(url: str) -> None:
    hint = refusal(url)
    assert hint is not None
    assert SECRET not in hint
    assert SECRET not in without_password(url)


def test_hints_name_the_mistake() -> None:
    assert "connection string" in (refusal("https://ref.supabase.co") or "")
    assert "[YOUR-PASSWORD]" in (refusal("postgresql://postgres:[YOUR-PASSWORD]@h/postgres") or "")
    assert "%40" in (refusal("postgresql://ann:a@b@h/app") or "")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://localhost/app",
        "postgresql://127.0.0.1:5432/app",
        "postgresql://[::1]/app",
        "postgresql:///app",
        "postgresql://%2Fvar%2Frun/app",
        "host=/tmp dbname=app",
        "postgresql://localhost,127.0.0.2/app",
    ],
)
def test_local(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGHOST", raising=False)
    assert is_local(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://db.example.com/app",
        "postgresql://localhost,db.example.com/app",
        "postgresql://localhost/app?hostaddr=192.0.2.1",
        "postgresql://localhost/app?host=db.example.com",
        "postgresql://localhost.example.com/app",
        "postgresql:///app?service=live",
        "https://localhost",
        "nonsense",
    ],
)
def test_not_surely_local(url: str) -> None:
    assert not is_local(url)


def test_the_host_of_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example.com")
    assert not is_local("postgresql:///app")
    assert is_local("postgresql://localhost/app")


def test_secrets_are_decoded_and_spare_words_that_are_none() -> None:
    assert secrets("postgresql://ann:a%40b@h/app") == ("a@b",)
    assert secrets("postgresql://postgres:postgres@h/app") == ()


def test_a_port_that_is_none_is_named() -> None:
    said = refusal(f"postgresql://ann:{SECRET}@h:notaport/app")
    assert said is not None
    assert "port" in said
    assert SECRET not in said
    assert refusal("postgresql://ann@h1:5432,h2/app") is None
