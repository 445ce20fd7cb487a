"""Drift: what dbgen recorded is missing or differs; what others added stays."""

from __future__ import annotations

import pytest

from dbgen.commands import apply, generate, rollback, status
from dbgen.commands.questions import Questions
from dbgen.errors import Declined, WorkError
from tests.commands.conftest import Shop


class Unwilling(Questions):
    """Is asked about the repair, and says no."""

    def __init__(self) -> None:
        self.steps: tuple[str, ...] = ()

    def repair(self, steps: tuple[str, ...], target: str) -> bool:
        self.steps = steps if target else ()
        return False


@pytest.fixture
def made(shop: Shop) -> Shop:
    shop.entity("Account", name={"type": "text", "required": True}, phone="phone")
    shop.entity("Contact", accountId={"type": "uuid", "foreignKey": "Account.id"})
    shop.generate()
    shop.fill("accounts", 2, name="'a'", phone="'123'")
    return shop


def drift(shop: Shop) -> None:
    shop.sql("alter table accounts alter phone type text, alter name drop not null")
    shop.sql(
        "alter table contacts drop constraint fk_contacts_account_id;"
        "revoke insert on contacts from authenticated"
    )


DIFFERENCES = [
    "accounts.name: nullable is yes, should be no",
    "accounts.phone: type is text, should be character varying(20)",
    "contacts.fk_contacts_account_id: foreign key is missing",
    "contacts: authenticated lacks INSERT",
]


def test_every_command_that_changes_stops_and_names_each_difference(made: Shop) -> None:
    drift(made)
    made.entity("Account", extra="text")
    before = made.files()
    for call in (
        lambda: made.generate(),
        lambda: apply(made.world, yes=True),
        lambda: rollback(made.world, yes=True),
    ):
        with pytest.raises(WorkError) as raised:
            call()
        assert raised.value.code == "DRIFT"
        assert raised.value.details["differences"] == DIFFERENCES
    assert made.files() == before
    assert made.sql("select count(*) from pg_attribute where attname = 'extra'") == [0]


def test_status_names_it(made: Shop) -> None:
    assert status(made.world).findings == ()
    drift(made)
    assert list(status(made.world).findings) == DIFFERENCES


def test_what_others_added_is_a_notice_and_stays(made: Shop) -> None:
    made.sql("alter table accounts add own text, enable row level security")
    made.sql("create policy p on accounts using (true); create index i on accounts (own)")
    made.sql("grant select on accounts to anon; create table theirs (id int)")
    made.sql("create function noop() returns trigger language plpgsql as 'begin return new; end'")
    made.sql("create trigger t before insert on accounts for each row execute function noop()")
    seen = status(made.world)
    assert seen.findings == ()
    said = "\n".join(seen.notices)
    for one in (
        "accounts.own: column",
        "accounts.p: policy",
        "accounts.i: index",
        "grant to anon",
        "ENABLE ROW",
        "trigger t",
    ):
        assert one in said
    assert "theirs" not in said
    made.entity("Account", extra="text")
    made.generate()
    rollback(made.world, yes=True)
    assert made.sql("select count(*) from pg_policies where policyname = 'p'") == [1]


def test_a_missing_table_and_column(made: Shop) -> None:
    made.sql("drop table contacts; alter table accounts drop phone")
    assert list(status(made.world).findings) == ["accounts.phone: column is missing", "contacts: is missing"]
    result = made.generate(repair_drift=True)
    assert (result.changed, result.iteration) == (False, 1)
    assert status(made.world).findings == ()
    assert made.sql("select count(*) from accounts") == [2]


def test_repair_goes_back_and_then_on(made: Shop) -> None:
    drift(made)
    made.entity("Account", extra="text")
    result = made.generate(repair_drift=True)
    assert result.iteration == 2
    assert any("phone" in line for line in result.repaired)
    assert status(made.world).findings == ()
    assert made.sql("select phone from accounts") == ["123", "123"]


def test_repair_is_shown_first(made: Shop) -> None:
    drift(made)
    person = Unwilling()
    with pytest.raises(Declined):
        generate(made.asked(person), repair_drift=True, verify=False)
    assert any("phone" in line for line in person.steps)
    assert list(status(made.world).findings) == DIFFERENCES


def test_repair_loses_no_value(made: Shop) -> None:
    made.sql("alter table accounts alter phone type text; update accounts set phone = repeat('9', 30)")
    with pytest.raises(WorkError) as raised:
        made.generate(repair_drift=True)
    assert raised.value.code == "DATA_CONFLICT"
    made.generate(repair_drift=True, on_conflict="fill")
    assert made.sql("select phone from accounts") == ["9" * 20] * 2
    assert made.sql("select rows from dbgen.archive where kind = 'values'") == [2]


def test_a_collation_that_somebody_changed(made: Shop) -> None:
    made.sql("update accounts set phone = id::varchar(20)")
    made.entity("Account", phone={"type": "phone", "unique": True, "default": "none"})
    made.generate()
    before = made.sql("select id, name, phone, xmin::text from accounts order by id")
    made.sql('alter table accounts alter name type text collate "C"')
    made.sql("alter table accounts alter phone type varchar(20) collate ucs_basic")
    said = [
        'accounts.name: collation is "C", should be the default',
        "accounts.phone: collation is ucs_basic, should be the default",
    ]
    assert list(status(made.world).findings) == said
    made.entity("Account", extra="text")
    for call in (
        lambda: made.generate(),
        lambda: apply(made.world, yes=True),
        lambda: rollback(made.world, yes=True),
    ):
        with pytest.raises(WorkError) as raised:
            call()
        assert (raised.value.code, raised.value.details["differences"]) == ("DRIFT", said)
    made.entity("Account", extra=None)
    done = made.generate(repair_drift=True)
    assert [line for line in done.repaired if "collation" in line] == [
        'alter column accounts.name: collation "C" to the default',
        "alter column accounts.phone: collation ucs_basic to the default",
    ]
    assert status(made.world).findings == ()
    # No row is written anew.
    assert made.sql("select id, name, phone, xmin::text from accounts order by id") == before


def test_a_type_and_a_collation_that_somebody_changed(made: Shop) -> None:
    made.sql("""alter table accounts alter phone type text collate "C", alter phone set default 'none'""")
    assert list(status(made.world).findings) == [
        "accounts.phone: type is text, should be character varying(20)",
        "accounts.phone: default is 'none', should be nothing",
        'accounts.phone: collation is "C", should be the default',
    ]
    made.generate(repair_drift=True)
    assert status(made.world).findings == ()
    assert made.sql("select phone from accounts") == ["123", "123"]


def test_a_collation_of_a_column_of_others_is_theirs(made: Shop) -> None:
    made.sql('alter table accounts add own text collate "C"')
    assert status(made.world).findings == ()


def test_a_collation_under_what_reads_the_column(shop: Shop) -> None:
    """PostgreSQL changes no type under a policy, and makes keys, checks and indexes anew."""
    code = {"type": "string", "required": True, "primaryKey": True, "constraints": {"minLength": 1}}
    owner = {"type": "string", "foreignKey": "User.id", "owner": True}
    shop.entity("User", id={"type": "string", "required": True, "primaryKey": True})
    shop.entity("Account", id=code, ownerId=owner)
    shop.rules(includeRLS=True, includeConstraints=True, includeIndexes="full", rlsIdentity="app.user_id")
    shop.generate()
    shop.sql("insert into users (id) values ('u')")
    shop.sql("insert into accounts (id, owner_id) values ('a', 'u'), ('b', 'u')")
    policies = """
        select format('create policy %I on accounts for %s to authenticated', policyname, cmd)
            || coalesce(' using (' || qual || ')', '') || coalesce(' with check (' || with_check || ')', ''),
            format('drop policy %I on accounts', policyname)
        from pg_policies where tablename = 'accounts'"""
    made, dropped = map("; ".join, zip(*shop.sql(policies), strict=True))
    change = 'alter id type varchar(255) collate "C", alter owner_id type varchar(255) collate "C"'
    shop.sql(f"{dropped}; alter table accounts {change}; {made}")
    assert status(shop.world).findings == (
        'accounts.id: collation is "C", should be the default',
        'accounts.owner_id: collation is "C", should be the default',
    )
    shop.generate(repair_drift=True)
    assert status(shop.world).findings == ()
    assert shop.sql("select id from accounts order by 1") == ["a", "b"]


#: Each takes something of dbgen's out of what a Schema can hold, and leaves its name.
CHANGED = {
    "a disabled trigger": (
        "alter table accounts disable trigger dbgen_audit",
        "accounts.dbgen_audit: trigger is no longer what dbgen made: CREATE TRIGGER",
    ),
    "a policy that restricts": (
        "drop policy accounts_select_owner on accounts; "
        "create policy accounts_select_owner on accounts as restrictive using (true)",
        "accounts.accounts_select_owner: policy is no longer what dbgen made: RESTRICTIVE FOR ALL",
    ),
    "an index with more in it": (
        "drop index idx_contacts_account_id; "
        "create index idx_contacts_account_id on contacts (account_id) include (id)",
        "contacts.idx_contacts_account_id: index is no longer what dbgen made: CREATE INDEX",
    ),
    "a foreign key that waits": (
        "alter table contacts alter constraint fk_contacts_account_id deferrable",
        "contacts.fk_contacts_account_id: foreign key is no longer what dbgen made: FOREIGN KEY",
    ),
    "a unique that waits": (
        "alter table accounts drop constraint uq_accounts_phone; "
        "alter table accounts add constraint uq_accounts_phone unique (phone) deferrable",
        "accounts.uq_accounts_phone: unique constraint is no longer what dbgen made: UNIQUE",
    ),
    "a key with more in it": (
        "alter table contacts drop constraint contacts_pkey; "
        "alter table contacts add constraint contacts_pkey primary key (id) deferrable",
        "contacts: primary key is nothing, should be id",
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_bears_a_name_of_dbgens_makes_way_for_the_repair(shop: Shop, name: str) -> None:
    shop.entity("User")
    shop.entity(
        "Account",
        phone={"type": "phone", "unique": True},
        ownerId={"type": "uuid", "foreignKey": "User.id", "owner": True},
    )
    shop.entity("Contact", accountId={"type": "uuid", "foreignKey": "Account.id"})
    shop.rules(includeRLS=True, includeAudit=True)
    shop.generate()
    before = status(shop.world)
    assert before.findings == ()
    change, words = CHANGED[name]
    shop.sql(change)
    seen = status(shop.world)
    assert words in "\n".join(seen.findings)
    assert len(seen.findings) == 1
    assert seen.notices == before.notices
    assert shop.generate(repair_drift=True).repaired
    assert status(shop.world) == before


_BY_HAND = (
    "create or replace function dbgen.stamp() returns trigger language plpgsql {} as 'begin return new; end'"
)
#: What a hand does to a function, and what is said of it.
FUNCTIONS = {
    "another body": (
        _BY_HAND.format("security definer set search_path = ''"),
        "body is no longer what dbgen made",
    ),
    "no search_path": (_BY_HAND.format(""), "function is no longer what dbgen made"),
    "no comment": ("comment on function dbgen.stamp() is null", "function is no longer what dbgen made"),
    "gone": ("drop function dbgen.stamp() cascade", "function is missing"),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_missing_or_another(shop: Shop, name: str) -> None:
    shop.entity("Account", name="text")
    shop.rules(includeAudit=True)
    shop.generate()
    before = status(shop.world)
    change, words = FUNCTIONS[name]
    shop.sql(change)
    (said,) = [line for line in status(shop.world).findings if line.startswith("dbgen.")]
    assert said == f"dbgen.stamp: {words}"
    with pytest.raises(WorkError) as raised:
        shop.generate()
    assert said in raised.value.message
    shop.generate(repair_drift=True)
    assert status(shop.world) == before


def test_status_tells_drift_from_other_findings(shop: Shop) -> None:
    shop.entity("Account", name="text")
    shop.generate()
    shop.sql("alter table accounts drop column name")
    seen = status(shop.world)
    assert seen.findings
    assert seen.drifted
    shop.generate(repair_drift=True)
    assert not status(shop.world).drifted
