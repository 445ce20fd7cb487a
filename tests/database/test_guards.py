"""Policies, row security, triggers and functions, read from databases made by hand-written SQL."""

from __future__ import annotations

import pytest

from dbgen.database.catalog import read_extras, read_schema
from dbgen.database.connection import Connection
from dbgen.model.schema import Function, Policy, Trigger

_NOTE = """
    create schema dbgen;
    create function dbgen.note() returns trigger language plpgsql set search_path = ''
        as $$begin return new; end$$;
    comment on function dbgen.note() is 'notes';
    create table t (id integer primary key, a text, "Odd" text);
    create table u (id integer, t_id integer);
"""


@pytest.fixture
def made(connection: Connection) -> Connection:
    connection.batch(_NOTE)
    return connection


def test_row_security_and_policies(made: Connection) -> None:
    made.batch("""
        alter table t enable row level security;
        create policy everything on t;
        create policy "Own" on t for update to authenticated, anon
            using ("Odd" = 'x') with check (exists (select from u where u.t_id = t.id))""")
    table = read_schema(made).table("t")
    assert table.row_security
    exists = """(EXISTS ( SELECT
   FROM public.u
  WHERE (u.t_id = t.id)))"""
    reads = (("t", "Odd"), ("t", "id"), ("u", "t_id"))
    assert table.policies == (
        Policy("Own", "UPDATE", ("anon", "authenticated"), "(\"Odd\" = 'x'::text)", exists, reads),
        Policy("everything"),
    )
    assert not read_schema(made).table("u").row_security
    assert read_extras(made) == ()


def test_triggers(made: Connection) -> None:
    made.batch("""
        create trigger a before insert or update or delete on t for each row execute function dbgen.note();
        create trigger "B" after update on t for each row when (old.a is distinct from new.a)
            execute function dbgen.note('it''s', '', 'ü')""")
    assert read_schema(made).table("t").triggers == (
        Trigger("B", "AFTER", ("UPDATE",), "note", ("it's", "", "ü"), "(old.a IS DISTINCT FROM new.a)"),
        Trigger("a", "BEFORE", ("DELETE", "INSERT", "UPDATE"), "note"),
    )
    assert read_extras(made) == ()


@pytest.mark.parametrize(
    "definition",
    [
        "before update of a on t for each row execute function dbgen.note()",
        "before update on t for each statement execute function dbgen.note()",
        "before truncate on t execute function dbgen.note()",
        "before insert or truncate on t execute function dbgen.note()",
        "after update on t referencing old table as o for each row execute function dbgen.note()",
        "before update on t for each row execute function public.theirs()",
    ],
)
def test_a_trigger_with_more_to_it_is_an_extra(made: Connection, definition: str) -> None:
    made.batch(f"""
        create function theirs() returns trigger language plpgsql as 'begin return new; end';
        create trigger odd {definition}""")
    assert read_schema(made).table("t").triggers == ()
    assert [(extra.kind, extra.name) for extra in read_extras(made)] == [("trigger", "odd")]


def test_a_trigger_that_was_turned_off_is_an_extra(made: Connection) -> None:
    made.batch("""
        create trigger off before update on t for each row execute function dbgen.note();
        alter table t disable trigger off""")
    assert read_schema(made).table("t").triggers == ()
    (extra,) = read_extras(made)
    assert extra.definition.endswith("EXECUTE FUNCTION dbgen.note() (tgenabled = D)")


def test_functions(made: Connection) -> None:
    made.batch("""
        create function dbgen.seen(source regclass, at timestamptz default now(), text default 'a, b')
            returns setof bigint language sql stable security definer set search_path = ''
            as $$select 1::bigint$$;
        comment on function dbgen.seen is 'sees';
        revoke all on function dbgen.seen from public;
        grant execute on function dbgen.seen to authenticated, service_role;
        create function dbgen.keeps() returns void language sql set search_path = '' as '';
        create function public.theirs() returns void language sql set search_path = '' as '';
        comment on function public.theirs is 'theirs'""")
    assert read_schema(made).functions == (
        Function("note", "trigger", "begin return new; end", execute=("PUBLIC",), comment="notes"),
        Function(
            "seen",
            "SETOF bigint",
            "select 1::bigint",
            (
                "source regclass",
                "at timestamp with time zone DEFAULT now()",
                "text DEFAULT 'a, b'::text",
            ),
            "sql",
            "STABLE",
            definer=True,
            execute=("authenticated", "service_role"),
            comment="sees",
        ),
    )


@pytest.mark.parametrize(
    "change",
    [
        "alter function dbgen.note() reset search_path",
        "alter function dbgen.note() set search_path = public",
        "alter function dbgen.note() set work_mem = '1MB'",
        "alter function dbgen.note() strict",
    ],
)
def test_a_function_with_more_to_it_is_left_out(made: Connection, change: str) -> None:
    made.batch(change)
    assert read_schema(made).functions == ()
