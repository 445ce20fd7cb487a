"""What others have on kept rows, or write while rows are being kept: it is lost as little as the rows are."""

from __future__ import annotations

from threading import Timer

import pytest

from dbgen.database.connection import Connection, connect
from dbgen.database.script import joined
from dbgen.model.schema import Check, Column, ForeignKey, PrimaryKey, Schema, Table, Unique
from dbgen.operations.base import sql_of
from tests.database.test_keeper import ID, PEOPLE, go, made, one, plan

OWNER = Column("owner", "uuid", position=1)
KEY = PrimaryKey("pets_pkey", ("id",))
PETS = Table("pets", (ID, OWNER), KEY)
CASCADE = ForeignKey("fk_pets_owner", ("owner",), "people", ("id",), on_delete="CASCADE")
OWNED = Table("pets", (ID, OWNER), KEY, foreign_keys=(CASCADE,))
UNIQUE = Table("people", PEOPLE.columns, PEOPLE.primary_key, (Unique("uq_people_phone", ("phone",)),))
TWICE = "INSERT INTO people (phone) VALUES ('1'), ('1')"


def test_a_long_name_of_wide_characters_goes_to_the_archive_twice(keeper: Connection) -> None:
    """PostgreSQL cuts names at 63 bytes, which are 21 of these characters."""
    name, phone = "名" * 21, Column("電話番号電話番号", "text", position=1)
    bare = Table(name, (ID,), PEOPLE.primary_key)
    old, gone = made(keeper, Table(name, (ID, phone), PEOPLE.primary_key)), Schema((bare,))
    keeper.batch(f"INSERT INTO \"{name}\" ({phone.name}) VALUES ('x')")
    go(keeper, plan(old, gone, 2).operations)
    go(keeper, plan(gone, old, 3).operations)
    keeper.batch(f"UPDATE \"{name}\" SET {phone.name} = 'y'")
    go(keeper, plan(old, gone, 4).operations)
    assert one(keeper, "SELECT max(octet_length(relation)) <= 63 FROM dbgen.archive") is True
    go(keeper, plan(old, gone, 4).backward)
    assert one(keeper, f'SELECT {phone.name} FROM "{name}"') == "y"


def test_a_row_that_comes_while_rows_are_moved_away_goes_with_them(
    keeper: Connection, database_url: str
) -> None:
    """Not by ON DELETE CASCADE, which keeps nothing: another session commits it in the middle."""
    old = made(keeper, PEOPLE, OWNED)
    keeper.batch(TWICE)
    step = plan(old, Schema((UNIQUE, OWNED)))
    with connect(database_url) as other:
        other.batch("BEGIN; INSERT INTO pets (owner) SELECT id FROM people")
        commit = Timer(1, other.batch, ["COMMIT"])
        commit.start()
        go(keeper, step.operations, "quarantine")
        commit.join()
    assert one(keeper, "SELECT count(*) FROM pets") == 1
    go(keeper, step.backward)
    assert one(keeper, "SELECT count(*) FROM pets") == 2


@pytest.mark.parametrize("mode", ["fill", "quarantine"])
def test_a_row_that_changes_while_others_are_filled_is_kept_too(
    keeper: Connection, database_url: str, mode: str
) -> None:
    old = made(keeper, PEOPLE)
    keeper.batch("INSERT INTO people (phone) VALUES ('10'), ('20'), ('3')")
    short = Check("ck_people_phone", "length(phone) < 2", ("phone",))
    checked = Table("people", PEOPLE.columns, PEOPLE.primary_key, checks=(short,))
    step = plan(old, Schema((checked,)))
    with connect(database_url) as other:
        other.batch("BEGIN; UPDATE people SET phone = '30' WHERE phone = '3'")
        commit = Timer(1, other.batch, ["COMMIT"])
        commit.start()
        go(keeper, step.operations, mode)
        commit.join()
    go(keeper, step.backward)
    assert keeper.rows("SELECT phone FROM people ORDER BY phone") == [("10",), ("20",), ("30",)]


def test_rows_of_another_schema_are_not_moved_away(keeper: Connection) -> None:
    """They are nobody's that dbgen answers for, and would come back to a table of `public`."""
    old = made(keeper, PEOPLE)
    keeper.batch(TWICE)
    keeper.batch("""
        CREATE SCHEMA crm; CREATE TABLE crm.people (id uuid PRIMARY KEY REFERENCES public.people);
        INSERT INTO crm.people SELECT id FROM public.people""")
    step = plan(old, Schema((UNIQUE,)))
    with keeper.transaction():
        keeper.batch("SET LOCAL dbgen.on_conflict = 'quarantine'")
        failure = keeper.script(joined(statement.sql for statement in sql_of(step.operations)))
        assert failure is not None
        assert failure.sqlstate == "DG001"
        assert "crm.people" in failure.message
        keeper.roll_back()
    assert one(keeper, "SELECT count(*) FROM crm.people") == 2


@pytest.mark.parametrize("parents", ["stay", "go"])
def test_a_foreign_key_of_others_does_not_reach_into_the_archive(keeper: Connection, parents: str) -> None:
    """Its ON DELETE CASCADE would delete kept rows; it comes back where the rows allow it."""
    old = made(keeper, PEOPLE, PETS)
    keeper.batch(f"""
        ALTER TABLE pets ADD CONSTRAINT others FOREIGN KEY (owner) REFERENCES people ON DELETE CASCADE;
        {TWICE}; INSERT INTO pets (owner) SELECT id FROM people""")
    step = plan(old, Schema((PEOPLE,)))
    go(keeper, step.operations)
    if parents == "go":
        keeper.batch("DELETE FROM people")
    go(keeper, step.backward)
    assert one(keeper, "SELECT count(*) FROM pets") == 2
    there = "SELECT count(*) FROM pg_constraint WHERE conname = 'others'"
    assert one(keeper, there) == (1 if parents == "stay" else 0)


def test_a_publication_shows_no_more_of_a_table_that_came_back(keeper: Connection) -> None:
    old, published = made(keeper, PEOPLE), "SELECT attnames, rowfilter FROM pg_publication_tables"
    keeper.batch(f"{TWICE}; CREATE PUBLICATION others FOR TABLE people (id) WHERE (id IS NOT NULL)")
    before, step = keeper.rows(published), plan(old, Schema())
    go(keeper, step.operations)
    go(keeper, step.backward)
    assert keeper.rows(published) == before


def test_a_policy_that_reads_what_is_gone_keeps_no_table_back(keeper: Connection) -> None:
    step = plan(made(keeper, PEOPLE), Schema())
    keeper.batch(f"""
        {TWICE}; CREATE TABLE members (id uuid);
        CREATE POLICY others ON people USING (EXISTS (SELECT FROM members m WHERE m.id = people.id))""")
    go(keeper, step.operations)
    keeper.batch("DROP TABLE members")
    go(keeper, step.backward)
    assert one(keeper, "SELECT count(*) FROM people") == 2


@pytest.mark.parametrize("after", [UNIQUE, None], ids=["rows moved away", "table kept"])
def test_each_trigger_is_put_back_as_it_was(keeper: Connection, after: Table | None) -> None:
    step = plan(made(keeper, PEOPLE), Schema((after,) if after else ()))
    states = {"origin": "", "off": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}
    keeper.batch(
        f"{TWICE}; CREATE FUNCTION new() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    )
    for name, state in states.items():
        keeper.batch(f"CREATE TRIGGER {name} BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION new()")
        keeper.batch(f"ALTER TABLE people {state} TRIGGER {name}" if state else "SELECT 1")
    found = "SELECT tgname::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
    before = keeper.rows(found)
    assert before == [("always", "A"), ("off", "D"), ("origin", "O"), ("replica", "R")]
    go(keeper, step.operations, "quarantine")
    assert keeper.rows(found) == (before if after else [])
    go(keeper, step.backward)
    assert keeper.rows(found) == before


def test_a_value_that_somebody_edited_since_it_was_filled_stays(keeper: Connection) -> None:
    short = Check("ck_people_phone", "length(phone) < 3", ("phone",))
    checked = Table("people", PEOPLE.columns, PEOPLE.primary_key, checks=(short,))
    step = plan(made(keeper, PEOPLE), Schema((checked,)))
    keeper.batch("INSERT INTO people (phone) VALUES ('edited'), ('left alone')")
    keeper.batch("CREATE TABLE noted AS SELECT * FROM people")
    go(keeper, step.operations, "fill")
    keeper.batch("UPDATE people p SET phone = '1' FROM noted n WHERE n.id = p.id AND n.phone = 'edited'")
    go(keeper, step.backward)
    assert keeper.rows("SELECT phone FROM people ORDER BY phone") == [("1",), ("left alone",)]
    kept = f"dbgen_archive.{one(keeper, 'SELECT relation FROM dbgen.archive')}"
    assert ("edited",) in keeper.rows(f"SELECT dbgen_original FROM {kept}")
