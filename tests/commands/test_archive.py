"""What is kept: listed, brought back by hand, purged; and what is discarded on request."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dbgen.commands import archive_list, archive_purge, archive_restore, generate, rollback, status
from dbgen.commands.discarding import Backup
from dbgen.commands.questions import Questions
from dbgen.commands.results import Generated
from dbgen.database.embedded import tool
from dbgen.database.urls import psql_environment
from dbgen.errors import Declined, InputError, WorkError
from tests.commands.conftest import Shop


class Unwilling(Questions):
    """Says no to what goes for good, and remembers what it was."""

    def __init__(self) -> None:
        self.told: tuple[str, ...] = ()

    def purge(self, what: tuple[str, ...]) -> bool:
        self.told = what
        return False

    def somebody(self, what: str) -> None:
        """Somebody is."""

    def proceed(self, plan: Generated) -> bool:
        return plan.changed

    def discard(self, what: tuple[str, ...]) -> bool:
        self.told = what
        return False


@pytest.fixture
def kept(shop: Shop) -> Shop:
    """A table and a column that went with iteration 2, and rows that were quarantined."""
    shop.entity("Account", name="text", phone="phone")
    shop.entity("Note", body="text")
    shop.generate()
    shop.fill("accounts", 3, name="'same'", phone="'1' || n")
    shop.fill("notes", 4, body="'it''s ' || n")
    shop.entity("Account", name={"type": "text", "unique": True}, phone=None)
    shop.drop("Note")
    shop.generate(on_conflict="quarantine")
    return shop


def test_the_list(kept: Shop) -> None:
    entries = {entry.kind: entry for entry in archive_list(kept.world).entries}
    assert {kind: (e.table, e.columns, e.rows) for kind, e in entries.items()} == {
        "table": ("notes", (), 4),
        "columns": ("accounts", ("phone",), 1),
        "rows": ("accounts", (), 2),
    }
    for entry in entries.values():
        assert (entry.iteration, entry.direction) == (2, "forward")
        assert kept.sql(f"select count(*) from {entry.relation}") == [entry.rows]
    assert entries["rows"].reason == "accounts.uq_accounts_name"
    assert status(kept.world).archive == {"entries": 3, "quarantined": 2}


def test_before_a_day(kept: Shop) -> None:
    today = datetime.now(UTC).date()
    assert archive_list(kept.world, before=date(2020, 1, 1)).entries == ()
    assert len(archive_list(kept.world, before=today + timedelta(days=2)).entries) == 3


def number(shop: Shop, kind: str) -> int:
    return next(entry.id for entry in archive_list(shop.world).entries if entry.kind == kind)


def test_a_table_back_by_hand(kept: Shop) -> None:
    result = archive_restore(kept.world, number(kept, "table"), yes=True)
    assert result.returned == 4
    assert sorted(kept.sql("select body from notes")) == [f"it's {n}" for n in range(1, 5)]
    assert "table" not in {entry.kind for entry in archive_list(kept.world).entries}
    assert status(kept.world).findings == ()


def test_a_table_back_by_hand_is_closed_to_visitors(kept: Shop) -> None:
    """As older Supabase projects have it: whatever is made in public is open to the API's roles."""
    kept.sql(
        "alter default privileges in schema public grant all on tables to anon, authenticated, service_role"
    )
    archive_restore(kept.world, number(kept, "table"), yes=True)
    roles = "unnest(array['anon', 'authenticated', 'service_role']) role"
    assert (
        kept.sql(f"select role from {roles} where has_table_privilege(role, 'notes', 'select, insert')") == []
    )


def test_a_column_back_by_hand(kept: Shop) -> None:
    (entry,) = archive_restore(kept.world, number(kept, "columns"), yes=True).entries
    assert entry.rows == 1
    assert len(kept.sql("select phone from accounts where phone is not null")) == 1


def test_a_column_back_by_hand_takes_the_place_of_no_value(shop: Shop) -> None:
    """Neither the values that are there nor those that were kept are lost, however often it is tried."""
    shop.entity("Account", phone="phone", city="text")
    shop.generate()
    shop.fill("accounts", 4, phone="'old ' || n", city="case when n > 2 then 'old' end")
    shop.entity("Account", phone=None, city=None, name="text")
    shop.generate()
    shop.entity("Account", phone="phone", city="text")
    shop.generate()
    keys = shop.sql("select id from accounts order by id")
    shop.sql(f"update accounts set phone = 'later', city = 'later' where id = '{keys[0]}'")
    shop.sql(f"update accounts set city = 'later' where id = '{keys[1]}'")
    entry = number(shop, "columns")
    both = "select concat_ws(', ', phone, city) from accounts where id in ('{}', '{}') order by id"
    for _ in range(2):
        archive_restore(shop.world, entry, yes=True)
        assert shop.sql(both.format(*keys[:1], *keys[:1])) == ["later, later"]
        assert shop.sql("select count(*) from accounts where phone like 'old%'")[0] >= 2
        (kept,) = archive_list(shop.world).entries
        assert shop.sql(f"select count(*) from {kept.relation}") == [4]
    assert shop.sql(f"select city from accounts where id = '{keys[1]}'") == ["later"]


def test_quarantined_rows_back_by_hand(kept: Shop) -> None:
    kept.sql("alter table accounts drop constraint uq_accounts_name")
    assert archive_restore(kept.world, number(kept, "rows"), yes=True).returned == 2
    assert kept.sql("select count(*) from accounts") == [3]


def test_nothing_that_is_not_there(kept: Shop) -> None:
    with pytest.raises(InputError):
        archive_restore(kept.world, 4711, yes=True)


def test_purge_asks_and_lets_go(kept: Shop) -> None:
    person = Unwilling()
    with pytest.raises(Declined):
        archive_purge(kept.asked(person))
    assert len(person.told) == 3
    assert len(archive_list(kept.world).entries) == 3
    with pytest.raises(InputError):
        archive_purge(kept.world)
    assert archive_purge(kept.world, before=date(2020, 1, 1), yes=True).entries == ()
    assert len(archive_purge(kept.world, yes=True).entries) == 3
    assert archive_list(kept.world).entries == ()
    assert kept.sql("select count(*) from pg_class where relnamespace = 'dbgen_archive'::regnamespace") == [0]
    rollback(kept.world, yes=True)
    assert kept.sql("select count(*) from accounts") == [1]


def test_an_archive_that_never_was(shop: Shop) -> None:
    assert archive_list(shop.world).entries == ()
    assert archive_purge(shop.world, yes=True).entries == ()


@pytest.fixture
def going(shop: Shop) -> Shop:
    """A table and a column that are about to go."""
    shop.entity("Account", name="text", phone="phone")
    shop.entity("Note", body="text")
    shop.generate()
    shop.fill("accounts", 2, name="'n'", phone="nullif('1' || n, '12')")
    shop.fill("notes", 2, body="E'it''s \\\\\\\\ \\n' || n")
    shop.sql("alter table accounts enable row level security, force row level security")
    shop.entity("Account", phone=None)
    shop.drop("Note")
    return shop


def test_discarding_asks_once_more(going: Shop) -> None:
    person = Unwilling()
    with pytest.raises(Declined):
        generate(going.asked(person), verify=False, no_renames=True, discard_data=True)
    assert person.told == ("table notes", "accounts.phone")
    with pytest.raises(InputError):
        generate(going.world, verify=False, no_renames=True, discard_data=True)
    assert going.sql("select count(*) from notes") == [2]


def _restored(shop: Shop, backup: str | None) -> None:
    """What the backup's first line says, done."""
    assert backup is not None
    words = [str(tool("psql")), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-f", str(shop.root / backup)]
    subprocess.run(words, env=psql_environment(shop.url), check=True, timeout=60)


def test_the_backup_brings_back_what_was_discarded(going: Shop) -> None:
    before = (
        sorted(going.sql("select body from notes")),
        sorted(going.sql("select coalesce(phone, '-') from accounts")),
    )
    result = generate(going.world, yes=True, verify=False, no_renames=True, discard_data=True)
    assert result.backup is not None
    assert archive_list(going.world).entries == ()
    assert going.sql("select to_regclass('public.notes') is null") == [True]
    _restored(going, result.backup)
    after = (
        sorted(going.sql("select body from notes")),
        sorted(going.sql("select coalesce(phone, '-') from accounts")),
    )
    assert after == before


def test_no_backup(going: Shop) -> None:
    result = generate(going.world, yes=True, verify=False, no_renames=True, discard_data=True, backup=False)
    assert result.backup is None
    assert not (going.root / ".pipeline/database/backups").exists()


def test_a_rollback_that_discards(going: Shop) -> None:
    going.sql("alter table accounts disable row level security, no force row level security")
    result = rollback(going.world, yes=True, discard_data=True)
    assert result.backup is not None
    assert "INSERT INTO public.accounts" in (going.root / result.backup).read_text()
    assert archive_list(going.world).entries == ()


def test_a_backup_goes_back_after_a_rollback_too(going: Shop) -> None:
    going.sql("alter table accounts disable row level security, no force row level security")
    result = generate(going.world, yes=True, verify=False, no_renames=True, discard_data=True)
    rollback(going.world, yes=True)
    assert going.sql("select count(*), (select count(phone) from accounts) from notes") == [(0, 0)]
    _restored(going, result.backup)
    assert going.sql("select count(*), (select count(phone) from accounts) from notes") == [(2, 1)]


def test_what_is_renamed_and_dropped_at_once_is_in_the_backup(shop: Shop) -> None:
    shop.entity("Account", name="text", phone="phone")
    shop.entity("Note", body="text")
    shop.generate()
    shop.fill("accounts", 2, name="'n'", phone="'1' || n")
    shop.fill("notes", 2, body="'b'")
    shop.drop("Account")
    shop.drop("Note")
    shop.entity("Client", title="text")
    renames = ("accounts=clients", "accounts.name=title")
    result = shop.generate(discard_data=True, renames=renames)
    _restored(shop, result.backup)
    assert sorted(shop.sql("select phone from clients")) == ["11", "12"]
    assert shop.sql("select body from notes") == ["b", "b"]


def test_a_rollback_over_a_rename_writes_all_into_the_backup(shop: Shop) -> None:
    shop.entity("Account", name="text")
    shop.generate()
    shop.entity("Account", phone="phone")
    shop.generate()
    shop.fill("accounts", 2, name="'n'", phone="'1' || n")
    shop.entities["Client"] = shop.entities.pop("Account")
    shop.write()
    shop.generate(renames=("accounts=clients",))
    shop.entity("Client", name=None, title="text")
    shop.generate(renames=("clients.name=title",))
    result = rollback(shop.world, yes=True, to=0, discard_data=True)
    assert archive_list(shop.world).entries == ()
    _restored(shop, result.backup)
    assert sorted(shop.sql("select name || phone from accounts")) == ["n11", "n12"]


def test_a_rollback_that_brings_back_and_then_discards_writes_a_backup(going: Shop) -> None:
    going.sql("alter table accounts disable row level security, no force row level security")
    going.generate()
    assert len(archive_list(going.world).entries) == 2
    result = rollback(going.world, yes=True, to=0, discard_data=True)
    assert archive_list(going.world).entries == ()
    _restored(going, result.backup)
    assert going.sql("select count(*), (select count(phone) from accounts) from notes") == [(2, 1)]


def test_a_backup_brings_its_types_and_goes_on_counting(shop: Shop) -> None:
    shop.rules(enumStyle="native", useUUIDs=False)
    level = {"type": "enum", "values": ["low", "it's"]}
    shop.entity("Account", name="text", level=level)
    shop.entities["Note"] = {"id": {"type": "bigint", "primaryKey": True}}
    shop.entity("Note", mood={"type": "enum", "values": ["good", "bad"]})
    shop.generate()
    shop.fill("accounts", 1, level="'it''s'")
    shop.sql("insert into notes (mood) values ('bad'), ('good')")
    shop.entity("Account", level=None)
    shop.drop("Note")
    result = shop.generate(discard_data=True)
    _restored(shop, result.backup)
    assert shop.sql("select level::text from accounts") == ["it's"]
    assert shop.sql("insert into notes (mood) values ('bad') returning id") == [3]


def test_a_backup_of_numbers_below_the_first_can_be_restored(shop: Shop) -> None:
    shop.rules(useUUIDs=False)
    shop.entity("Account", name="text")
    shop.entities["Note"] = {"id": {"type": "bigint", "primaryKey": True}}
    shop.entity("Note", mood="text")
    shop.generate()
    shop.sql("insert into notes (id) overriding system value values (-4)")
    shop.drop("Note")
    _restored(shop, shop.generate(discard_data=True).backup)
    assert shop.sql("insert into notes default values returning id") == [1]
    assert shop.sql("select id from notes order by id") == [-4, 1]


def test_a_backup_of_rows_that_point_to_each_other_can_be_restored_after_a_rollback(shop: Shop) -> None:
    shop.entity("Account", name="text")
    shop.entity("Node", next={"type": "uuid", "foreignKey": "Node.id"})
    shop.generate()
    one, two = (f"'00000000-0000-0000-0000-00000000000{n}'" for n in (1, 2))
    shop.sql(f"insert into nodes (id, next) values ({one}, {two}), ({two}, {one})")
    shop.drop("Node")
    backup = shop.generate(discard_data=True).backup
    rollback(shop.world, yes=True)
    _restored(shop, backup)
    assert shop.sql("select count(*) from nodes a join nodes b on a.next = b.id and b.next = a.id") == [2]


_ADD = Backup.add
WRITES = {
    "a row of a table": "insert into notes (id, body) values (gen_random_uuid(), 'late')",
    "a row with the column": "insert into accounts (id, name, phone) values (gen_random_uuid(), 'L', 'late')",
    "a value": "update accounts set phone = 'late'",
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_what_is_written_after_the_backup_is_not_discarded(
    going: Shop, monkeypatch: pytest.MonkeyPatch, write: str
) -> None:
    def add(self: Backup, *given: Any) -> None:
        _ADD(self, *given)
        going.sql(write)

    monkeypatch.setattr(Backup, "add", add)
    with pytest.raises(WorkError, match="written after the backup") as raised:
        going.generate(discard_data=True)
    assert raised.value.code == "LOCKED"
    notes = "select id::text, body from notes order by 1"
    accounts = "select id::text, phone from accounts order by 1"
    there = going.sql(notes), going.sql(accounts)
    assert "late" in str(there)
    monkeypatch.undo()
    _restored(going, going.generate(discard_data=True).backup)
    assert (going.sql(notes), going.sql(accounts)) == there


def test_a_rollback_discards_nothing_written_after_its_backup(
    going: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(self: Backup, *given: Any) -> None:
        _ADD(self, *given)
        going.sql("update accounts set name = name || ' late'")

    going.generate(discard_data=True)
    monkeypatch.setattr(Backup, "add", add)
    with pytest.raises(WorkError, match="written after the backup"):
        rollback(going.world, yes=True, to=0, discard_data=True)
    assert all("late" in name for name in going.sql("select name from accounts"))
    monkeypatch.undo()
    going.sql("delete from accounts where id = (select id from accounts limit 1)")
    assert rollback(going.world, yes=True, to=0, discard_data=True).backup


def test_making_anew_discards_nothing(going: Shop) -> None:
    with pytest.raises(InputError) as raised:
        going.generate(redo=True, discard_data=True)
    assert "--redo" in raised.value.message
    assert going.sql("select count(phone) from accounts") == [1]


def test_the_plan_says_that_it_keeps_nothing(going: Shop) -> None:
    result = going.generate(discard_data=True)
    by_object = {(step.kind, step.object): step for step in result.operations}
    assert by_object["drop_table", "notes"].reversibility == "lossy"
    assert by_object["drop_column", "accounts.phone"].reversibility == "lossy"
    words = [word for step in result.operations for word in (step.description, *step.warnings)]
    assert not [word for word in words if "keep" in word or "dbgen_archive" in word]
    back = rollback(going.world, yes=True, discard_data=True, dry_run=True)
    assert not [word for step in back.steps for word in step.description if "dbgen_archive" in word]
    kept = [word for step in rollback(going.world, dry_run=True).steps for word in step.description]
    assert "bring back the rows of notes that were kept, if any" in kept
    assert "let the rows of accounts go" in rollback(going.world, to=0, discard_data=True, dry_run=True).lost


def test_a_backup_never_takes_the_place_of_another(going: Shop) -> None:
    going.sql("alter table accounts disable row level security, no force row level security")
    first = going.generate(discard_data=True).backup
    assert first is not None
    before = (going.root / first).read_text()
    second = rollback(going.world, yes=True, to=0, discard_data=True).backup
    assert second != first
    assert (going.root / first).read_text() == before


def test_values_whose_key_goes_too_are_restored_beside_the_table(shop: Shop) -> None:
    shop.entity("Account", name="text", phone="phone")
    shop.generate()
    shop.fill("accounts", 2, name="'n' || n", phone="'1' || n")
    keys = sorted(shop.sql("select id from accounts"))
    uuid = {"type": "uuid", "required": True, "primaryKey": True}
    shop.entity("Account", id=None, phone=None, number=uuid)
    result = shop.generate(discard_data=True)
    _restored(shop, result.backup)
    assert sorted(shop.sql("select id from dbgen_archive.accounts_discarded")) == keys
    assert sorted(shop.sql("select phone from dbgen_archive.accounts_discarded")) == ["11", "12"]


def test_values_are_restored_by_the_key_that_stays(shop: Shop) -> None:
    shop.entity("Account", code={"type": "string", "required": True}, phone="phone")
    shop.generate()
    shop.fill("accounts", 2, code="'c' || n", phone="'1' || n")
    code = {"type": "string", "required": True, "primaryKey": True}
    shop.entity("Account", id=None, phone=None, code=code)
    result = shop.generate(discard_data=True)
    _restored(shop, result.backup)
    assert sorted(shop.sql("select code || phone from accounts")) == ["c111", "c212"]


def test_a_backup_opens_nothing_that_was_guarded(going: Shop) -> None:
    going.rules(includeRLS=True)
    going.entity("Note", body="text")
    going.generate()
    assert going.sql("select relrowsecurity from pg_class where oid = 'notes'::regclass") == [True]
    going.drop("Note")
    _restored(going, going.generate(discard_data=True).backup)
    assert going.sql("select count(*) from notes") == [2]
    assert going.sql("begin; set local role authenticated; select count(*) from notes") == [0]
    going.sql("rollback")
