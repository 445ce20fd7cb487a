"""The catalog reader, against databases made by hand-written SQL."""

from __future__ import annotations

import time

import pytest

from dbgen.database.catalog import Extra, read_extras, read_schema
from dbgen.database.connection import Connection
from dbgen.model.codec import decode, encode
from dbgen.model.schema import (
    Check,
    Column,
    EnumType,
    ForeignKey,
    Grant,
    Index,
    PrimaryKey,
    Schema,
    Table,
    Unique,
)

ID = Column("id", "uuid", False, "gen_random_uuid()")
KEY = PrimaryKey("t_pkey", ("id",))


def only_table(connection: Connection) -> Table:
    (table,) = read_schema(connection).tables
    return table


def extras(connection: Connection) -> list[tuple[str, str, str]]:
    return [(extra.kind, extra.name, extra.definition) for extra in read_extras(connection)]


def test_an_empty_database(connection: Connection) -> None:
    assert read_schema(connection) == Schema()
    assert read_extras(connection) == ()


def test_a_table_without_columns(connection: Connection) -> None:
    connection.rows("create table t ()")
    assert read_schema(connection) == Schema((Table("t", ()),))


def test_everything_that_hangs_on_a_table(connection: Connection) -> None:
    connection.batch("""
        create table users (id uuid default gen_random_uuid() not null, primary key (id));
        create table t (
            id uuid default gen_random_uuid() not null,
            name character varying(100) not null,
            code text,
            owner_id uuid,
            auth_id uuid,
            constraint t_pkey primary key (id),
            constraint uq_t_name unique (name, code),
            constraint ck_t_name check (length(name) > 3 and code <> 'x;''y'),
            constraint fk_t_owner foreign key (owner_id) references users (id) on delete set null,
            constraint fk_t_auth foreign key (auth_id) references auth.users (id) on delete cascade
        );
        create index idx_t_owner_id on t (owner_id);
        create unique index idx_t_code on t (code, name) where code is not null;
        comment on table t is 'It''s "a" table; really';
        comment on column t.name is 'ünïcode 🎉';
        revoke all on t from anon, authenticated, service_role;
        grant select, insert, update, delete on t to authenticated;
        grant select on t to anon""")
    users = Table("users", (ID,), PrimaryKey("users_pkey", ("id",)))
    table = Table(
        "t",
        (
            ID,
            Column("name", "character varying(100)", False, comment="ünïcode 🎉"),
            Column("code", "text"),
            Column("owner_id", "uuid"),
            Column("auth_id", "uuid"),
        ),
        KEY,
        (Unique("uq_t_name", ("name", "code")),),
        (Check("ck_t_name", "((length((name)::text) > 3) AND (code <> 'x;''y'::text))", ("code", "name")),),
        (
            ForeignKey("fk_t_owner", ("owner_id",), "users", ("id",), "SET NULL"),
            ForeignKey("fk_t_auth", ("auth_id",), "users", ("id",), "CASCADE", "auth"),
        ),
        (
            Index("idx_t_owner_id", ("owner_id",)),
            Index("idx_t_code", ("code", "name"), True, "btree", "(code IS NOT NULL)"),
        ),
        (
            Grant("anon", ("SELECT",)),
            Grant("authenticated", ("SELECT", "INSERT", "UPDATE", "DELETE")),
        ),
        'It\'s "a" table; really',
    )
    found = read_schema(connection)
    assert found == Schema((users, table))
    assert [column.name for column in found.table("t").in_order] == [
        "id",
        "name",
        "code",
        "owner_id",
        "auth_id",
    ]
    assert read_extras(connection) == ()
    assert decode(Schema, encode(found)) == found


def test_odd_names(connection: Connection) -> None:
    connection.batch('''
        create type "Order" as enum ('b', 'A', 'it''s', '');
        create type "öd;d ""x""" as enum ('1');
        create table "select" ("user" integer not null, "A b" "Order", "c""d" "öd;d ""x"""[], e "Order"[],
            constraint "Select; pkey" primary key ("user"), constraint "Üq" unique ("A b", "c""d"));
        create index "Idx a" on "select" using btree ("A b");
        create table "Ünï" ("select" integer references "select" ("user"))''')
    assert read_schema(connection) == Schema(
        (
            Table(
                "select",
                (
                    Column("user", "integer", False),
                    Column("A b", 'public."Order"'),
                    Column('c"d', 'public."öd;d ""x"""[]'),
                    Column("e", 'public."Order"[]'),
                ),
                PrimaryKey("Select; pkey", ("user",)),
                (Unique("Üq", ("A b", 'c"d')),),
                indexes=(Index("Idx a", ("A b",)),),
            ),
            Table(
                "Ünï",
                (Column("select", "integer"),),
                foreign_keys=(ForeignKey("Ünï_select_fkey", ("select",), "select", ("user",)),),
            ),
        ),
        (EnumType("Order", ("b", "A", "it's", "")), EnumType('öd;d "x"', ("1",))),
    )
    assert read_extras(connection) == ()


def test_collations_other_than_the_types_own(connection: Connection) -> None:
    connection.batch("""
        create collation "My own" from "C";
        create domain d as text collate "C";
        create table t (a text collate "C", b varchar(9) collate ucs_basic, c text[] collate "My own",
            plain text collate "default", own name, d d, other d collate "POSIX", n integer)""")
    assert {column.name: column.collation for column in only_table(connection).columns} == {
        "a": '"C"',
        "b": "ucs_basic",
        "c": 'public."My own"',
        "plain": None,
        "own": None,
        "d": None,
        "other": '"POSIX"',
        "n": None,
    }
    assert read_extras(connection) == ()


def test_enum_values_keep_their_order(connection: Connection) -> None:
    connection.rows("create type e as enum ('a', 'z')")
    connection.rows("alter type e add value 'm' before 'z'")
    connection.rows("create type nothing as enum ()")
    assert read_schema(connection).enums == (EnumType("e", ("a", "m", "z")), EnumType("nothing", ()))


def test_composite_keys_cycles_and_self_references(connection: Connection) -> None:
    connection.batch("""
        create table a (x integer, y integer, parent_x integer, parent_y integer, b_id integer,
            primary key (y, x), foreign key (parent_x, parent_y) references a (x, y) on delete restrict,
            unique (x, y));
        create table b (id integer primary key, ax integer, ay integer,
            constraint b_a foreign key (ay, ax) references a (y, x) on delete set default);
        alter table a add constraint a_b foreign key (b_id) references b (id)""")
    schema = read_schema(connection)
    assert schema.table("a").primary_key == PrimaryKey("a_pkey", ("y", "x"))
    assert schema.table("a").foreign_keys == (
        ForeignKey("a_b", ("b_id",), "b", ("id",)),
        ForeignKey("a_parent_x_parent_y_fkey", ("parent_x", "parent_y"), "a", ("x", "y"), "RESTRICT"),
    )
    assert schema.table("b").foreign_keys == (
        ForeignKey("b_a", ("ay", "ax"), "a", ("y", "x"), "SET DEFAULT"),
    )
    assert read_extras(connection) == ()


DEFAULTS = [
    ("varchar(50)", "'Pending'", "'Pending'"),
    ("text", "'it''s'", "'it''s'"),
    ("text", r"E'a\\b\n'", "E'a\\\\b\n'"),
    ("text", "''", "''"),
    ("text", "null", None),
    ("varchar(9)", "null", None),
    ("char(3)", "'ab'", "'ab'"),
    ("integer", "0", "0"),
    ("integer", "-1", "-1"),
    ("smallint", "-5", "-5"),
    ("bigint", "-9223372036854775808", "-9223372036854775808"),
    ("bigint", "5000000000", "5000000000"),
    ("numeric(12,2)", "-1", "-1"),
    ("numeric(12,2)", "0.00", "0.00"),
    ("numeric", "-1.50", "-1.50"),
    ("numeric", "'NaN'", "'NaN'"),
    ("double precision", "1.5", "1.5"),
    ("double precision", "'-1.5'", "-1.5"),
    ("real", "'0.1'", "0.1"),
    ("boolean", "true", "true"),
    ("boolean", "'no'", "false"),
    ("date", "'2024-02-29'", "'2024-02-29'"),
    ("timestamptz", "'2024-02-29 12:00+02'", "'2024-02-29 10:00:00+00'"),
    ("timestamptz", "now()", "now()"),
    ("timestamptz", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
    ("date", "CURRENT_DATE", "CURRENT_DATE"),
    ("time", "'10:00'", "'10:00:00'"),
    ("interval", "'1 day 2 hours'", "'1 day 02:00:00'"),
    ("interval(3)", "'1 day'", "'1 day'"),
    ("jsonb", """'{"a": [1, null]}'""", """'{"a": [1, null]}'"""),
    ("text[]", "'{}'", "'{}'"),
    ("text[]", "array['a']", "ARRAY['a'::text]"),
    ("varchar(5)[]", "'{a,b}'", "'{a,b}'"),
    ("uuid", "gen_random_uuid()", "gen_random_uuid()"),
    ("uuid", "auth.uid()", "auth.uid()"),
    ("uuid", "'00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000001'"),
    ("bytea", r"'\x00ff'", r"E'\\x00ff'"),
    ("bit(3)", "B'101'", "'101'"),
    ("bit varying(5)", "'101'", "'101'"),
    ("inet", "'10.0.0.1/8'", "'10.0.0.1/8'"),
    ("point", "'(1,2)'", "'(1,2)'"),
    ("public.mood", "'sad'", "'sad'"),
    ("public.mood[]", "'{sad}'", "'{sad}'"),
    ("text", "'sad'::public.mood::text", "('sad'::public.mood)::text"),
    ("text", "upper('a' || 'b')", "upper(('a'::text || 'b'::text))"),
    ("integer", "1 + 2", "(1 + 2)"),
]


def test_defaults_of_every_type_come_in_their_normal_form(connection: Connection) -> None:
    connection.rows("create type mood as enum ('sad', 'ok')")
    columns = [f"c{i:02} {kind} default {default}" for i, (kind, default, _) in enumerate(DEFAULTS)]
    connection.rows(f"create table t ({', '.join(columns)})")
    found = {column.name: column.default for column in only_table(connection).columns}
    assert found == {f"c{i:02}": expected for i, (_, _, expected) in enumerate(DEFAULTS)}


def test_normal_forms_make_the_same_defaults_again(connection: Connection) -> None:
    connection.rows("create type mood as enum ('sad', 'ok')")
    columns = [f"c{i:02} {kind} default {normal}" for i, (kind, _, normal) in enumerate(DEFAULTS) if normal]
    connection.rows(f"create table t ({', '.join(columns)})")
    found = {column.name: column.default for column in only_table(connection).columns}
    assert found == {f"c{i:02}": expected for i, (_, _, expected) in enumerate(DEFAULTS) if expected}


def test_printing_does_not_depend_on_the_session(connection: Connection) -> None:
    connection.rows("create table t (a timestamptz default '2024-02-29 10:00+00', b text default 'x\\y')")
    expected = read_schema(connection)
    connection.batch("""
        set "TimeZone" = 'Asia/Tokyo'; set "DateStyle" = 'German'; set search_path = public;
        set quote_all_identifiers = on; set standard_conforming_strings = off""")
    assert read_schema(connection) == expected
    assert connection.rows("show search_path") == [("public",)]
    with connection.transaction():
        assert read_schema(connection) == expected
        assert connection.rows("show search_path") == [("public",)]
        assert connection.in_transaction


def test_types_come_as_format_type_spells_them(connection: Connection) -> None:
    connection.rows("""
        create table t (a varchar(50), b timestamptz(3), c numeric(10), d float4, e int[], f char, g time,
                        h varchar[], i "char")""")
    assert [column.type for column in only_table(connection).in_order] == [
        "character varying(50)",
        "timestamp(3) with time zone",
        "numeric(10,0)",
        "real",
        "integer[]",
        "character(1)",
        "time without time zone",
        "character varying[]",
        '"char"',
    ]


def test_identity_and_dropped_columns(connection: Connection) -> None:
    connection.batch("""
        create table t (gone integer, id bigint generated by default as identity primary key, b text);
        alter table t drop column gone""")
    table = only_table(connection)
    assert table.columns == (Column("b", "text"), Column("id", "bigint", False, None, True))
    assert [column.position for column in table.in_order] == [1, 2]
    assert extras(connection) == []


def test_index_methods(connection: Connection) -> None:
    connection.batch("""
        create table t (a jsonb, b text[], c text);
        create index g on t using gin (a);
        create index h on t using hash (c);
        create index i on t using gin (b) where c = 'x'""")
    assert only_table(connection).indexes == (
        Index("g", ("a",), method="gin"),
        Index("h", ("c",), method="hash"),
        Index("i", ("b",), method="gin", where="(c = 'x'::text)"),
    )


def test_an_index_on_an_expression(connection: Connection) -> None:
    connection.batch("""
        create table t (a text, b text, gone text, "Odd" text);
        alter table t drop column gone;
        create index e on t ((a || b)) where "Odd" is null;
        create index f on t using gin (to_tsvector('simple', "Odd"));
        create unique index u on t (lower(b))""")
    assert only_table(connection).indexes == (
        Index("e", ("a", "b"), where='("Odd" IS NULL)', expression="(a || b)"),
        Index("f", ("Odd",), method="gin", expression="to_tsvector('simple'::regconfig, \"Odd\")"),
        Index("u", ("b",), unique=True, expression="lower(b)"),
    )


@pytest.mark.parametrize(
    "definition",
    [
        "(lower(a), lower(a))",
        "(b, lower(a))",
        '(lower(a) collate "C")',
        "(lower(a) text_pattern_ops)",
        "(b desc)",
        "(b nulls first)",
        "(b) include (a)",
        "(a text_pattern_ops)",
        '(a collate "C")',
        "(b) with (fillfactor = 50)",
    ],
)
def test_an_index_with_more_to_it_is_an_extra(connection: Connection, definition: str) -> None:
    connection.batch(f"create table t (a text, b integer); create index i on t {definition}")
    assert only_table(connection).indexes == ()
    ((kind, name, said),) = extras(connection)
    assert (kind, name) == ("index", "i")
    assert said.startswith("CREATE INDEX i ON public.t USING btree (")


@pytest.mark.parametrize(
    ("kind", "definition"),
    [
        ("unique", "unique (a) deferrable"),
        ("unique", "unique nulls not distinct (a)"),
        ("unique", "unique (a) include (b)"),
        ("foreign key", "foreign key (a) references target (id) on update cascade"),
        ("foreign key", "foreign key (a) references target (id) match full"),
        ("foreign key", "foreign key (a) references target (id) deferrable initially deferred"),
        ("foreign key", "foreign key (a) references target (id) not valid"),
        ("foreign key", "foreign key (a, b) references target (id, x) on delete set null (a)"),
        ("check", "check (a > 0) not valid"),
        ("check", "check (a > 0) no inherit"),
        ("exclusion", "exclude using btree (a with =)"),
    ],
)
def test_a_constraint_with_more_to_it_is_an_extra(connection: Connection, kind: str, definition: str) -> None:
    connection.batch(f"""
        create table target (id integer primary key, x integer, unique (id, x));
        create table t (a integer, b integer);
        alter table t add constraint odd {definition}""")
    table = read_schema(connection).table("t")
    assert (table.uniques, table.checks, table.foreign_keys, table.indexes) == ((), (), (), ())
    assert [found[:2] for found in extras(connection)] == [(kind, "odd")]


def test_what_others_hang_on_a_table(connection: Connection) -> None:
    connection.batch("""
        create function f() returns trigger language plpgsql as 'begin return new; end';
        create table t (id integer primary key, a text, up text generated always as (upper(a)) stored,
                        n bigint generated always as identity);
        create trigger tr before insert on t for each row execute function f();
        alter table t enable row level security;
        create policy p on t as restrictive for select to authenticated, anon using (a = 'x');
        alter table t force row level security;
        create view v as select 1 as id;
        grant select (a) on t to anon;
        grant select on t to authenticator, public;
        alter publication supabase_realtime add table t""")
    assert read_schema(connection).table("t").column("up") == Column("up", "text")
    assert read_extras(connection) == (
        Extra("t", "column grant", "a", "SELECT TO anon"),
        Extra("t", "generated column", "up", "upper(a)"),
        Extra("t", "grant", "PUBLIC", "SELECT"),
        Extra("t", "grant", "authenticator", "SELECT"),
        Extra("t", "identity", "n", "GENERATED ALWAYS AS IDENTITY"),
        Extra("t", "policy", "p", "RESTRICTIVE FOR SELECT TO anon, authenticated USING ((a = 'x'::text))"),
        Extra("t", "publication", "supabase_realtime", "FOR TABLE"),
        Extra("t", "row security", "t", "FORCE ROW LEVEL SECURITY"),
        Extra(
            "t",
            "trigger",
            "tr",
            "CREATE TRIGGER tr BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.f()",
        ),
        Extra("v", "view", "v", " SELECT 1 AS id;"),
    )


def test_other_schemas_and_other_kinds_of_tables_stay_out(connection: Connection) -> None:
    connection.batch("""
        create schema other; create table other.t (id integer);
        create table parts (id integer) partition by range (id);
        create table part partition of parts default;
        create temporary table gone (id integer)""")
    assert read_schema(connection) == Schema()
    assert read_schema(connection, "other") == Schema((Table("t", (Column("id", "integer"),)),))
    assert extras(connection) == [("partitioned table", "parts", "")]


def test_a_thousand_tables_are_read_in_one_go(connection: Connection) -> None:
    columns = ", ".join(f"c{i} varchar(50) default 'x' not null" for i in range(11))
    tables = (f"create table t{i} (id uuid primary key, {columns})" for i in range(1000))
    assert connection.script(";".join(tables)) is None
    before = time.monotonic()
    schema = read_schema(connection)
    print(f"read in {time.monotonic() - before:.2f} s")
    assert len(schema.tables) == 1000
    assert {len(table.columns) for table in schema.tables} == {12}
