"""What others built on what would go: named beforehand, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dbgen.commands import preview, rollback
from dbgen.errors import WorkError
from tests.commands.conftest import Shop

_OTHERS = {
    "view seen": "create view seen as select phone from accounts",
    "materialized view seen": "create materialized view seen as select phone from accounts",
    "policy p on table accounts": "create policy p on accounts using (phone = '1')",
    "trigger t on table accounts": (
        "create function noop() returns trigger language plpgsql as 'begin return new; end';"
        "create trigger t before update of phone on accounts for each row execute function noop()"
    ),
    "function phones()": (
        "create function phones() returns setof text language sql "
        "begin atomic select phone from accounts; end"
    ),
}
_KEY = "create table theirs (a uuid references notes (id))"
_ROWS = "create function all_notes() returns setof notes language sql as 'select * from notes'"


@pytest.fixture
def made(shop: Shop) -> Shop:
    shop.entity("Account", phone="phone", name="text")
    shop.entity("Note", accountId={"type": "uuid", "foreignKey": "Account.id"})
    shop.generate()
    return shop


@pytest.mark.parametrize("other", _OTHERS)
def test_a_column_that_others_use_is_not_dropped(made: Shop, other: str) -> None:
    made.sql(_OTHERS[other])
    made.entity("Account", phone=None)
    refused(made, lambda: made.generate(), other, "accounts.phone")


def test_a_column_that_a_view_shows_is_not_converted(made: Shop) -> None:
    made.sql(_OTHERS["view seen"])
    made.entity("Account", phone="text")
    refused(made, lambda: made.generate(), "view seen", "accounts.phone")


@pytest.mark.parametrize("change", ["type text", 'type varchar(20) collate "C"'])
def test_a_repair_converts_no_column_that_a_view_shows(made: Shop, change: str) -> None:
    made.sql(f"alter table accounts alter phone {change}")
    made.sql(_OTHERS["view seen"])
    refused(made, lambda: made.generate(repair_drift=True), "view seen", "accounts.phone")


def test_a_renamed_column_is_known_by_its_old_name(made: Shop) -> None:
    made.sql(_OTHERS["view seen"])
    made.entity("Account", phone=None, mobile="text")
    refused(made, lambda: made.generate(renames=("accounts.phone=mobile",)), "view seen", "accounts.phone")


@pytest.mark.parametrize(("sql", "what"), [(_KEY, "theirs_a_fkey"), (_ROWS, "function all_notes()")])
def test_a_table_that_others_point_to_is_not_rolled_back(made: Shop, sql: str, what: str) -> None:
    made.sql(sql)
    refused(made, lambda: rollback(made.world, yes=True), what, "notes")


def test_own_foreign_keys_do_not_stand_in_the_way(made: Shop) -> None:
    rollback(made.world, yes=True)
    assert made.sql("select to_regclass('public.accounts') is null") == [True]


def test_preview_tells_what_is_kept_and_what_is_in_the_way(made: Shop) -> None:
    made.fill("accounts", 1204, phone="n::text", name="'same'")
    made.sql("insert into notes select gen_random_uuid(), id from accounts limit 7")
    made.sql(_OTHERS["view seen"])
    made.sql("alter table accounts alter name type varchar(30)")
    made.entity("Account", phone=None, name={"type": "text", "unique": True})
    made.drop("Note")
    result = preview(made.world, with_database=True, no_renames=True)
    said = {(notice.code, notice.message) for notice in result.warnings}
    assert ("KEPT", "keeps 1,204 value(s) of accounts.phone") in said
    assert ("KEPT", "keeps 7 row(s) of notes") in said
    assert ("DEPENDENT_OBJECTS", "view seen hangs on accounts.phone") in said
    assert ("DRIFT", "accounts.name: type is character varying(30), should be text") in said
    assert any(code == "DATA_CONFLICT" and "1,203 row(s)" in message for code, message in said)


def refused(shop: Shop, call: Callable[[], object], what: str, on: str) -> None:
    before = shop.files()
    with pytest.raises(WorkError) as raised:
        call()
    assert raised.value.code == "DEPENDENT_OBJECTS"
    (found,) = raised.value.details["dependents"]
    assert what in found["object"]
    assert found["on"] == on
    assert shop.files() == before
    assert shop.sql("select max(iteration) from dbgen.iterations") == [1]
