"""The ledger: empty, written, hidden."""

from __future__ import annotations

import hashlib

import pytest

from dbgen.database.connection import Connection, connect
from dbgen.database.embedded import Embedded
from dbgen.database.ledger import Digests, Ledger, read_ledger, read_recorded
from dbgen.database.throwaway import with_database
from dbgen.errors import WorkError
from dbgen.model.codec import decode
from dbgen.model.schema import Schema

from .steps import apply, step

ONE = step(1, "create table a (id integer)")
TWO = step(2, "create table b (id integer)")


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def test_a_database_that_dbgen_never_saw(connection: Connection) -> None:
    assert read_ledger(connection) == Ledger()
    assert read_ledger(connection).current == 0
    assert not connection.in_transaction


def test_rows_come_in_order_with_their_texts(connection: Connection) -> None:
    apply(connection, ONE)
    apply(connection, TWO)
    ledger = read_ledger(connection)
    assert (ledger.workspace_id, ledger.current) == ("w1", 2)
    assert ledger.versions == (ONE.version, TWO.version)
    assert [row.iteration for row in ledger.rows] == [1, 2]
    row = ledger.rows[0]
    assert (row.version, row.name, row.module) == (ONE.version, ONE.name, ONE.module)
    assert (row.generator, row.applied_by, row.summary) == ("dbgen 0.1.0", "ann@host", {"tables": 1})
    assert row.texts is not None
    assert (row.texts.migration, row.texts.rollback) == (ONE.migration, ONE.rollback)
    assert (row.texts.snapshot, row.texts.types) == (ONE.snapshot, ONE.types)


def test_the_last_one_leaves_its_catalog(connection: Connection) -> None:
    assert read_recorded(connection) is None
    apply(connection, ONE)
    last = apply(connection, TWO)
    recorded = read_recorded(connection)
    assert recorded is not None
    assert (recorded.iteration, recorded.snapshot) == (2, TWO.snapshot)
    assert decode(Schema, recorded.catalog) == last.schema


def test_without_texts_their_digests_remain(connection: Connection) -> None:
    apply(connection, ONE)
    (row,) = read_ledger(connection, texts=False).rows
    assert row.texts is None
    assert row.digests == Digests(md5(ONE.migration), md5(ONE.rollback), md5(ONE.snapshot), md5(ONE.types))


def test_inside_a_transaction_it_leaves_nothing_behind(connection: Connection) -> None:
    apply(connection, ONE)
    with connection.transaction():
        assert read_ledger(connection) == read_ledger(connection)
        assert connection.in_transaction
        assert connection.rows("select name from pg_cursors where name like 'dbgen%'") == []


def test_a_history_of_the_supabase_cli_alone(connection: Connection) -> None:
    connection.batch("""
        create schema supabase_migrations;
        create table supabase_migrations.schema_migrations (version text not null primary key);
        insert into supabase_migrations.schema_migrations values ('20250101000000'), ('20240101000000')""")
    assert read_ledger(connection) == Ledger(None, (), ("20240101000000", "20250101000000"))


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
def test_no_api_role_sees_it(connection: Connection, role: str) -> None:
    connection.rows(f"alter default privileges grant all on tables to {role}")
    connection.rows(f"alter default privileges grant usage on schemas to {role}")
    apply(connection, ONE)
    with connection.transaction():
        connection.rows(f"set local role {role}")
        assert read_ledger(connection).rows == ()
        assert read_ledger(connection).workspace_id is None
    for table in ("iterations", "workspace"):
        assert connection.rows(f"""
            select has_schema_privilege('{role}', 'dbgen', 'usage'),
                   has_table_privilege('{role}', 'dbgen.{table}', 'select, insert, update, delete')
            """) == [(False, False)]
    with pytest.raises(WorkError, match="permission denied"):
        connection.batch(f"begin; set local role {role}; select * from dbgen.iterations")


def test_who_may_not_look_sees_an_empty_ledger(connection: Connection, server: Embedded) -> None:
    apply(connection, ONE)
    name = connection.raw.info.dbname
    with connect(with_database(server.admin_url(), name)) as admin:
        admin.batch("begin; set local role supabase_auth_admin; savepoint s")
        assert read_ledger(admin) == Ledger()
        admin.roll_back()
        assert read_ledger(admin).current == 1
