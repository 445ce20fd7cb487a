"""A guarded table that is dropped, or taken over: what dbgen's archive has of it, and what comes back how."""

from __future__ import annotations

from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection
from dbgen.database.script import joined
from dbgen.model.requests import Decisions
from dbgen.model.schema import Column, Function, Policy, PrimaryKey, Schema, Table, Trigger
from dbgen.operations.base import sql_of
from dbgen.operations.keeper import everything
from dbgen.plan import Plan, make_plan

REFUSE = Function("refuse", "trigger", "BEGIN RETURN NULL; END", comment="lets nobody write")
DOCS = Table(
    "docs",
    (Column("id", "integer", False), Column("title", "text")),
    PrimaryKey("docs_pkey", ("id",)),
    policies=(
        Policy("own", "SELECT", ("authenticated",), "(title = 'x'::text)", None, (("docs", "title"),)),
    ),
    triggers=(Trigger("refuse", "BEFORE", ("DELETE", "INSERT", "UPDATE"), "refuse"),),
    row_security=True,
)
GUARDED = Schema((DOCS,), functions=(REFUSE,))
_ON_KEPT = """
    select c.relrowsecurity, (select count(*) from pg_policy where polrelid = c.oid),
           (select count(*) from pg_trigger where tgrelid = c.oid)
      from pg_class c where c.relnamespace = 'dbgen_archive'::regnamespace and c.relkind = 'r'"""


def run(connection: Connection, plan: Plan, *, back: bool = False) -> None:
    steps = plan.backward if back else plan.operations
    connection.batch(joined(statement.sql for statement in sql_of(steps)))


def test_a_guarded_table_leaves_and_comes_back(connection: Connection) -> None:
    """Its rows, past a trigger that refuses them; its guards by steps of their own; those of others too."""
    connection.batch(everything())
    run(connection, make_plan(Schema(), GUARDED))
    connection.batch("""
        alter table docs disable trigger refuse;
        insert into docs values (1, 'x'), (2, null);
        alter table docs enable trigger refuse;
        create policy theirs on docs for delete using (true)""")
    before = read_schema(connection)
    plan = make_plan(GUARDED, Schema(), iteration=2)
    run(connection, plan)
    assert read_schema(connection) == Schema()
    assert connection.rows(_ON_KEPT) == [(False, 0, 0)]
    run(connection, plan, back=True)
    assert read_schema(connection) == before
    assert connection.rows("select * from docs order by id") == [(1, "x"), (2, None)]


def test_a_table_made_anew_meanwhile_gets_rows_past_its_trigger(connection: Connection) -> None:
    """Rows are back before the trigger is; none of them is refused."""
    connection.batch(everything())
    run(connection, make_plan(Schema(), GUARDED))
    connection.batch("""
        alter table docs disable trigger refuse;
        insert into docs values (1, 'x');
        alter table docs enable trigger refuse""")
    gone = make_plan(GUARDED, Schema(), iteration=2)
    run(connection, gone)
    # The kept table has another form now, so that its rows have to be copied.
    connection.batch("""
        do $$begin execute (select format('alter table dbgen_archive.%I add column more text', relation)
                              from dbgen.archive); end$$""")
    run(connection, gone, back=True)
    assert connection.rows("select * from docs") == [(1, "x")]
    assert read_schema(connection) == GUARDED


def test_guards_that_are_there_are_taken_over(connection: Connection) -> None:
    """Nothing is made twice, what is missing is made, and a rollback leaves all of it."""
    connection.batch(everything())
    run(connection, make_plan(Schema(), GUARDED))
    plan = make_plan(Schema(), GUARDED, Decisions(adopted=("docs",)), iteration=1)
    run(connection, plan)
    assert read_schema(connection) == GUARDED
    connection.batch("drop policy own on docs; drop trigger refuse on docs; drop function dbgen.refuse")
    connection.batch("alter table docs disable row level security")
    run(connection, plan)
    assert read_schema(connection) == GUARDED
    run(connection, plan, back=True)
    assert read_schema(connection) == GUARDED
