"""Drift that was found before is given again only while nothing was written to the catalog."""

from __future__ import annotations

from typing import NoReturn

import pytest

from dbgen.commands import seen_drift, status
from dbgen.commands.results import Status
from tests.commands.conftest import Shop

CACHE = ".pipeline/database/.cache/drift.json"
CHANGES = [
    "alter table accounts alter phone type text",
    "alter table accounts alter name drop not null",
    "alter table accounts alter name set default 'x'",
    "alter table accounts rename column phone to mobile",
    "alter table accounts rename to customers",
    "alter table contacts drop constraint fk_contacts_account_id",
    "alter index idx_contacts_account_id rename to other",
    "drop index idx_contacts_account_id",
    "drop table contacts",
    "revoke insert on contacts from authenticated",
    "grant select (name) on accounts to anon",
    "comment on table accounts is 'theirs'",
    "comment on column accounts.name is 'theirs'",
    "alter table accounts enable row level security",
    "create policy p on accounts using (true)",
    "create index i on accounts (name)",
    "create rule r as on delete to accounts do instead nothing",
    "alter table accounts add own text",
    "alter table accounts add check (name <> '')",
    "create publication p for table accounts",
    "create function f() returns trigger language plpgsql as 'begin return new; end';"
    "create trigger t before insert on accounts for each row execute function f()",
]


@pytest.fixture
def made(shop: Shop) -> Shop:
    shop.entity("Account", name={"type": "text", "required": True}, phone="phone")
    shop.entity("Contact", accountId={"type": "uuid", "foreignKey": "Account.id"})
    shop.generate()
    return shop


def never(_: object) -> NoReturn:
    raise AssertionError("the catalog was read")


def afresh(shop: Shop) -> Status:
    (shop.root / CACHE).unlink()
    return status(shop.world)


def test_an_unchanged_catalog_is_not_read_again(made: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    made.sql("create index i on accounts (name)")
    first = status(made.world)
    assert any("index that others added" in notice for notice in first.notices)
    monkeypatch.setattr(seen_drift, "find_drift", never)
    made.fill("accounts", 2, name="'a'")
    assert status(made.world) == first
    made.sql("create index j on accounts (name)")
    with pytest.raises(AssertionError, match="the catalog was read"):
        status(made.world)


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_others_change_is_seen(made: Shop, change: str) -> None:
    before = status(made.world)
    assert (made.root / CACHE).is_file()
    made.sql(change)
    seen = status(made.world)
    assert seen == afresh(made)
    assert (seen.findings, seen.notices) != (before.findings, before.notices)


def test_drift_is_looked_at_each_time(made: Shop) -> None:
    made.sql("alter table accounts alter phone type text")
    assert status(made.world).findings
    assert not (made.root / CACHE).exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"stamp": 1}', "\xff"])
def test_a_damaged_cache_is_none(made: Shop, text: str) -> None:
    before = status(made.world)
    (made.root / CACHE).write_bytes(text.encode("latin-1"))
    assert status(made.world) == before
    assert (made.root / CACHE).with_name(".gitignore").read_text() == "*\n"
