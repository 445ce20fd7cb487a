"""Traps of PostgreSQL for whoever keeps rows, each tried by hand once: none of them loses any."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection
from dbgen.database.rows import Rows, read_rows
from dbgen.database.script import joined
from dbgen.model.requests import Decisions
from dbgen.model.schema import Column, EnumType, ForeignKey, Grant, PrimaryKey, Schema, Table, Unique
from dbgen.operations.base import Operation, sql_of
from dbgen.plan import Plan, make_plan
from dbgen.plan.edited_keys import edited_keys, edited_keys_back

ID = Column("id", "uuid", False, "gen_random_uuid()")
PHONE = Column("phone", "text", position=1)
PEOPLE = Table("people", (ID, PHONE), PrimaryKey("people_pkey", ("id",)))
BARE = Table("people", (ID,), PrimaryKey("people_pkey", ("id",)))
FIVE = "INSERT INTO people (phone) SELECT 'no ' || n FROM generate_series(1, 5) n"


def go(connection: Connection, steps: tuple[Operation, ...], mode: str = "stop") -> None:
    """Runs steps in a transaction of their own."""
    with connection.transaction():
        connection.batch(f"SET LOCAL dbgen.on_conflict = '{mode}'")
        script = joined(statement.sql for statement in sql_of(steps))
        failure = connection.script(script)
        assert failure is None, (failure, script)


def plan(old: Schema, new: Schema, iteration: int = 2, decisions: Decisions | None = None) -> Plan:
    return make_plan(old, new, decisions, iteration=iteration)


def made(connection: Connection, *tables: Table, enums: tuple[EnumType, ...] = ()) -> Schema:
    """A database that holds the tables."""
    schema = Schema(tables, enums)
    go(connection, make_plan(Schema(), schema).operations)
    return schema


def rows(connection: Connection) -> Rows:
    return read_rows(connection, read_schema(connection))


def one(connection: Connection, query: str) -> object:
    return connection.rows(query)[0][0]


def test_forced_row_security_hides_no_row_from_its_keeper(keeper: Connection) -> None:
    """An owner without BYPASSRLS sees none of the rows of a table with FORCE ROW LEVEL SECURITY."""
    old = made(keeper, PEOPLE)
    keeper.batch(f"{FIVE}; ALTER TABLE people ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    before = rows(keeper)
    keeper.batch("""
        CREATE ROLE plain_owner; GRANT plain_owner TO postgres;
        GRANT CREATE, USAGE ON SCHEMA public, dbgen, dbgen_archive TO plain_owner;
        GRANT ALL ON dbgen.archive TO plain_owner;
        GRANT USAGE ON SEQUENCE dbgen.archive_id_seq TO plain_owner;
        ALTER TABLE people OWNER TO plain_owner""")
    step = plan(old, Schema((BARE,)))
    try:
        keeper.batch("SET ROLE plain_owner")
        assert one(keeper, "SELECT count(*) FROM people") == 0
        go(keeper, step.operations)
        assert one(keeper, "SELECT rows FROM dbgen.archive") == 5
        go(keeper, step.backward)
    finally:
        keeper.batch("RESET ROLE")
        assert rows(keeper) == before
        keeper.batch("DROP OWNED BY plain_owner CASCADE; DROP ROLE plain_owner")


def test_a_trigger_that_makes_delete_an_update_keeps_no_row_back(keeper: Connection) -> None:
    unique = Table("people", PEOPLE.columns, PEOPLE.primary_key, (Unique("uq_people_phone", ("phone",)),))
    old = made(keeper, PEOPLE)
    keeper.batch("""
        INSERT INTO people (phone) VALUES ('1'), ('1'), ('2');
        CREATE FUNCTION soft() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN UPDATE people SET phone = phone || ''!'' WHERE id = OLD.id; RETURN NULL; END';
        CREATE TRIGGER soft BEFORE DELETE ON people FOR EACH ROW EXECUTE FUNCTION soft()""")
    before, step = rows(keeper), plan(old, Schema((unique,)))
    go(keeper, step.operations, "quarantine")
    assert one(keeper, "SELECT array_agg(phone ORDER BY phone) FROM people") == ["1", "2"]
    assert one(keeper, "SELECT tgenabled FROM pg_trigger WHERE tgname = 'soft'") == "O"
    go(keeper, step.backward)
    assert rows(keeper) == before


def test_the_archive_takes_two_tables_of_one_name(keeper: Connection) -> None:
    old, gone = made(keeper, PEOPLE), Schema()
    keeper.batch(FIVE)
    go(keeper, plan(old, gone, 2).operations)
    go(keeper, plan(gone, old, 3).operations)
    keeper.batch("INSERT INTO people (phone) VALUES ('second')")
    go(keeper, plan(old, gone, 4).operations)
    assert one(keeper, "SELECT count(DISTINCT relation) FROM dbgen.archive WHERE kind = 'table'") == 2
    go(keeper, plan(old, gone, 4).backward)
    assert one(keeper, "SELECT array_agg(phone) FROM people") == ["second"]
    go(keeper, plan(gone, old, 3).backward)
    go(keeper, plan(old, gone, 2).backward)
    assert one(keeper, "SELECT count(*) FROM people WHERE phone LIKE 'no %'") == 5


@pytest.mark.parametrize("whole", [True, False], ids=["table", "column"])
def test_kept_rows_do_not_hold_an_enum(keeper: Connection, whole: bool) -> None:
    mood = EnumType("mood", ("good", "bad"))
    table = Table("people", (ID, Column("mood", "public.mood")), PEOPLE.primary_key)
    old = made(keeper, table, enums=(mood,))
    keeper.batch("INSERT INTO people (mood) VALUES ('good'), ('bad'), (NULL)")
    before, step = rows(keeper), plan(old, Schema() if whole else Schema((BARE,)))
    go(keeper, step.operations)
    assert one(keeper, "SELECT to_regtype('public.mood')") is None
    go(keeper, step.backward)
    assert rows(keeper) == before
    kept = "SELECT count(*) FROM pg_type WHERE typnamespace = 'dbgen_archive'::regnamespace AND typtype = 'e'"
    assert one(keeper, kept) == 0


def test_a_kept_table_is_neither_granted_nor_published(keeper: Connection) -> None:
    granted = Table("people", PEOPLE.columns, PEOPLE.primary_key, grants=(Grant("anon", ("SELECT",)),))
    old = made(keeper, granted)
    keeper.batch(f"{FIVE}; CREATE PUBLICATION others FOR TABLE people; GRANT SELECT ON people TO pg_monitor")
    before, catalog, step = rows(keeper), read_schema(keeper), plan(old, Schema())
    go(keeper, step.operations)
    kept = f"dbgen_archive.{one(keeper, 'SELECT relation FROM dbgen.archive')}"
    assert one(keeper, f"SELECT count(*) FROM {kept}") == 5
    for role in ("anon", "authenticated", "service_role", "pg_monitor"):
        held = f"SELECT has_table_privilege('{role}', '{kept}', 'SELECT, INSERT, UPDATE, DELETE')"
        assert one(keeper, held) is False
        assert one(keeper, f"SELECT has_schema_privilege('{role}', 'dbgen_archive', 'USAGE')") is False
    assert keeper.rows("SELECT * FROM pg_publication_tables") == []
    go(keeper, step.backward)
    assert (rows(keeper), read_schema(keeper)) == (before, catalog)
    assert one(keeper, "SELECT tablename::text FROM pg_publication_tables") == "people"
    assert one(keeper, "SELECT has_table_privilege('pg_monitor', 'people', 'SELECT')") is True


@pytest.mark.parametrize("anew", [False, True], ids=["moved back", "copied back"])
def test_an_identity_goes_on_after_rows_that_came_back(keeper: Connection, anew: bool) -> None:
    number = Column("id", "bigint", False, identity=True)
    table = Table("people", (number, PHONE), PEOPLE.primary_key)
    old, step = made(keeper, table), plan(Schema((table,)), Schema())
    keeper.batch(FIVE)
    before = rows(keeper)
    go(keeper, step.operations)
    if anew:
        # Somebody else's row in a table of that name, with a key that is free.
        go(keeper, make_plan(Schema(), old).operations)
        keeper.batch("INSERT INTO people (id, phone) VALUES (99, 'other')")
        keeper.batch("SELECT dbgen.restore_table(2, 'forward', 'people'); DELETE FROM people WHERE id = 99")
    else:
        go(keeper, step.backward)
    assert rows(keeper) == before
    keeper.batch("INSERT INTO people (phone) VALUES ('next')")
    assert int(str(one(keeper, "SELECT max(id) FROM people"))) > 5


def test_a_natural_key_is_warned_of(keeper: Connection) -> None:
    """A value comes back on the row that has its key then: the key is all that is known."""
    natural = Table("people", (Column("id", "text", False), PHONE), PEOPLE.primary_key)
    bare = Table("people", (Column("id", "text", False),), PEOPLE.primary_key)
    old = made(keeper, natural)
    keeper.batch("INSERT INTO people VALUES ('a', 'of a'), ('b', 'of b')")
    step = plan(old, Schema((bare,)))
    said = [{"table": "people", "columns": "phone"}]
    assert [dict(notice.details) for notice in edited_keys(step)] == said
    assert [dict(notice.details) for notice in edited_keys_back(step)] == said
    by_uuid = plan(Schema((PEOPLE,)), Schema((BARE,)))
    assert (*edited_keys(by_uuid), *edited_keys_back(by_uuid)) == ()
    go(keeper, step.operations)
    # With a key that is gone its value stays.
    keeper.batch("UPDATE people SET id = 'c' WHERE id = 'a'")
    go(keeper, step.backward)
    assert keeper.rows("SELECT id, phone FROM people ORDER BY id") == [("b", "of b"), ("c", None)]
    left = (
        f"SELECT id, phone FROM dbgen_archive.{one(keeper, 'SELECT relation FROM dbgen.archive')} ORDER BY id"
    )
    assert keeper.rows(left) == [("a", "of a"), ("b", "of b")]


SWAP = """
    UPDATE people SET code = 'tmp' WHERE code = 'a';
    UPDATE people SET code = 'a' WHERE code = 'b';
    UPDATE people SET code = 'b' WHERE code = 'tmp'"""


@pytest.mark.parametrize("again", [False, True], ids=["rollback", "generate again"])
@pytest.mark.parametrize("key", ["code", "site code"])
@pytest.mark.parametrize(
    ("edit", "names"),
    [
        pytest.param("", ["Ada", None, "Cy", "Cy"], id="nothing"),
        pytest.param(SWAP, [None, "Ada", "Cy", "Cy"], id="keys swapped"),
        pytest.param(
            "UPDATE people SET name = 'Ada' WHERE code = 'b'; UPDATE people SET name = NULL WHERE code = 'a'",
            [None, "Ada", "Cy", "Cy"],
            id="all else swapped",
        ),
        pytest.param(
            f"{SWAP}; UPDATE people SET name = 'Bo' WHERE name IS NULL",
            ["Bo", "Ada", "Cy", "Cy"],
            id="keys swapped and rows edited",
        ),
        pytest.param("UPDATE people SET name = code", ["a", "b", "c", "d"], id="rows edited"),
    ],
)
def test_a_value_comes_back_on_the_row_that_has_its_natural_key_now(
    keeper: Connection, edit: str, names: list[str | None], key: str, again: bool
) -> None:
    """Swapped keys, and all else swapped under keys that stayed, leave the same rows: nothing that could be
    kept beside the key tells them apart, so that the key alone decides, and people are warned of it.
    """
    site, code = Column("site", "integer", False, "1"), Column("code", "text", False, position=1)
    rest = (site, code, Column("name", "text", position=2))
    by_key = PrimaryKey("people_pkey", tuple(key.split()))
    bare, whole = Table("people", rest, by_key), Table("people", (*rest, replace(PHONE, position=3)), by_key)
    made(keeper, whole)
    keeper.batch("INSERT INTO people (code, name) VALUES ('a', 'Ada'), ('b', NULL), ('c', 'Cy'), ('d', 'Cy')")
    keeper.batch("UPDATE people SET phone = 'of ' || code")
    old, new = Schema((bare if again else whole,)), Schema((whole if again else bare,))
    step = plan(old, new)
    go(keeper, step.backward if again else step.operations)
    keeper.batch(edit or "SELECT")
    go(keeper, step.operations if again else step.backward)
    found = keeper.rows("SELECT code, phone, name FROM people ORDER BY code")
    expected = [(code, f"of {code}", name) for code, name in zip("abcd", names, strict=True)]
    assert found == expected
    assert [notice.details for notice in edited_keys_back(step)] == [
        (("table", "people"), ("columns", "phone"))
    ]


@pytest.mark.parametrize("stays", ["one", "nobody"])
def test_what_others_hold_when_rows_come_back(keeper: Connection, stays: str) -> None:
    """Such a row stays in the archive; those that were moved with it come back, in whatever order they lie,
    and numbers that rows got meanwhile are none of theirs.
    """
    boss, number = Column("boss", "text", position=2), Column("number", "bigint", False, identity=True)
    phones = (Unique("people_phone_key", ("phone",)),)
    bosses = (ForeignKey("people_boss_fkey", ("boss",), "people", ("phone",)),)
    before = replace(PEOPLE, columns=(ID, PHONE, boss), uniques=phones, foreign_keys=bosses)
    after = replace(
        before, columns=(*before.columns, number), primary_key=PrimaryKey("numbered", ("number",))
    )
    old = made(keeper, before)
    keeper.batch(
        "INSERT INTO people (phone, boss)"
        " VALUES ('one', NULL), ('four', 'three'), ('three', 'two'), ('two', 'one')"
    )
    step = plan(old, Schema((after,)))
    go(keeper, step.operations)
    keeper.batch("UPDATE people SET id = (SELECT id FROM people WHERE phone = 'one') WHERE phone = 'two'")
    go(keeper, step.backward, "quarantine")
    assert keeper.rows("SELECT phone FROM people") == [("one",)]
    keeper.batch("INSERT INTO people (phone) VALUES ('two'), ('two and a half')")
    if stays == "nobody":
        keeper.batch("DELETE FROM people WHERE phone = 'one'")
    go(keeper, step.operations)
    found = keeper.rows("SELECT phone, boss FROM people WHERE phone <> 'one' ORDER BY phone")
    assert found == [("four", "three"), ("three", "two"), ("two", None), ("two and a half", None)]
    kept = keeper.rows("SELECT relation, rows, returned_rows FROM dbgen.archive WHERE kind = 'rows'")
    assert kept[0][1:] == (3, 2)
    assert ("two", "one") in keeper.rows(f'SELECT phone, boss FROM dbgen_archive."{kept[0][0]}"')


@pytest.mark.parametrize(
    ("made_by_others", "name"),
    [
        ("CREATE VIEW seen AS SELECT phone FROM people", "view public.seen"),
        ("CREATE TABLE theirs (a uuid REFERENCES people)", "constraint theirs_a_fkey on table public.theirs"),
        (
            "CREATE FUNCTION one() RETURNS people LANGUAGE sql AS 'SELECT * FROM people'",
            "function public.one()",
        ),
        (
            "CREATE FUNCTION many(people[]) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT ''; END",
            "function public.many(public.people[])",
        ),
        ("CREATE TABLE theirs (a people)", "table public.theirs"),
    ],
)
def test_what_hangs_on_a_table_stops_a_script_that_runs_by_itself(
    keeper: Connection, made_by_others: str, name: str
) -> None:
    old = made(keeper, PEOPLE)
    keeper.batch(f"SET search_path = public; {FIVE}; {made_by_others}")
    script = joined(statement.sql for statement in sql_of(plan(old, Schema()).operations))
    keeper.batch("BEGIN")
    failure = keeper.script(script)
    keeper.batch("ROLLBACK")
    assert failure is not None
    assert (failure.sqlstate, name in failure.message) == ("DG002", True), failure.message
