"""What a proof ends with, kept on disk: the next one begins with it, and says the same."""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from dbgen.database import in_memory, templates
from dbgen.database.catalog import read_schema
from dbgen.database.connection import connect
from dbgen.database.embedded import Embedded
from dbgen.database.in_memory import Throwaway, throwaway_for
from dbgen.database.proof import Proof, prove
from dbgen.database.rows import PLENTY, read_rows
from dbgen.database.templates import make_room, template_of
from dbgen.errors import WorkError
from dbgen.model.schema import Column, EnumType, ForeignKey, PrimaryKey, Schema, Table
from dbgen.plan import make_plan
from dbgen.render.migration import Heading, migration, rollback

pytestmark = pytest.mark.skipif(
    in_memory._room() < 1_000_000_000, reason="files in memory need room in /dev/shm"
)
ID = Column("id", "uuid", False, "gen_random_uuid()")
#: The folder is that of all tests: each process has templates of its own.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
KIND = EnumType("kind", ("a", "b", WORKER))
PEOPLE = Table(
    "people",
    (ID, Column("name", "text", False, position=1), Column("kind", "public.kind", position=2)),
    PrimaryKey("people_pkey", ("id",)),
)
OWNED = ForeignKey("pets_person_fkey", ("person",), "people", ("id",))
PERSON = Column("person", "uuid", position=1)
PETS = Table("pets", (ID, PERSON), PrimaryKey("pets_pkey", ("id",)), foreign_keys=(OWNED,))
FIRST = Schema((PEOPLE, PETS), (KIND,))
#: `name` and a value that an enum has are dropped, which leaves something in the archive.
SECOND = Schema((replace(PEOPLE, columns=(ID, PEOPLE.column("kind"))), PETS), (KIND,))


@pytest.fixture(autouse=True, scope="module")
def _any_size() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_memory, "_MANY", 0)
        # The folder is that of all tests.
        patch.setattr(templates, "_AT_MOST", 50)
        yield


@pytest.fixture(scope="module")
def packed(_any_size: None, server: Embedded) -> bytes:
    """The template that the proof of `SECOND` leaves."""
    template = template_of(server, SECOND)
    with place(server, FIRST) as there:
        proven(there, FIRST, SECOND)
        there.keep(server, SECOND)
    deadline = time.monotonic() + 30
    while not template.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert template.stat().st_mode & 0o777 == 0o600
    return template.read_bytes()


@pytest.fixture
def template(server: Embedded, packed: bytes) -> Path:
    """That template, where it belongs."""
    file = template_of(server, SECOND)
    file.write_bytes(packed)
    return file


@contextmanager
def place(server: Embedded, before: Schema) -> Iterator[Throwaway]:
    with throwaway_for(server, 2, before) as ready:
        yield ready()


def proven(there: Throwaway, old: Schema, new: Schema) -> Proof:
    plan, heading = make_plan(old, new, iteration=1), Heading(1, "m", "dbgen", "iter1_m")
    texts = (migration(plan, heading), rollback(plan, heading))
    assert there.beside is not None
    with connect(there.url) as connection, connect(there.beside) as beside:
        return prove(connection, old, new, *texts, None, there.template is not None, beside, True)


@pytest.mark.usefixtures("template")
def test_the_next_proof_begins_with_the_tables_and_no_more(server: Embedded) -> None:
    with place(server, SECOND) as there, connect(there.url) as connection:
        assert there.template is not None
        found = read_schema(connection)
        assert [table.name for table in found.tables] == ["people", "pets"]
        assert [column.name for column in found.table("people").in_order] == ["id", "kind"]
        assert not any(rows for _, rows in read_rows(connection, found).values())
        archive = "select to_regclass('dbgen.archive'), to_regnamespace('dbgen_archive')"
        assert connection.rows(archive) == [(None, None)]


def test_a_proof_says_the_same_from_a_template_as_from_nothing(server: Embedded, template: Path) -> None:
    for new in (FIRST, Schema((replace(PETS, foreign_keys=()),), (KIND,))):
        with place(server, SECOND) as there:
            prepared, from_template = there.template is not None, proven(there, SECOND, new)
        template.rename(server.home.directory / f"aside-{WORKER}")
        with place(server, SECOND) as there:
            anew = proven(there, SECOND, new)
            assert (prepared, there.template) == (True, None)
        (server.home.directory / f"aside-{WORKER}").rename(template)
        assert from_template == anew
        assert anew.rows >= 2 * PLENTY - 1


@pytest.mark.usefixtures("template")
def test_a_failing_rollback_fails_from_a_template_too(server: Embedded) -> None:
    plan, heading = make_plan(SECOND, FIRST, iteration=1), Heading(1, "m", "dbgen", "iter1_m")
    forward, back = migration(plan, heading), "SELECT 1;\n"
    with ExitStack() as stack:
        there = stack.enter_context(place(server, SECOND))
        connection = stack.enter_context(connect(there.url))
        beside = stack.enter_context(connect(str(there.beside)))
        with pytest.raises(WorkError, match="the rollback script leaves another schema") as caught:
            prove(connection, SECOND, FIRST, forward, back, None, there.template is not None, beside)
        assert there.template is not None
        assert caught.value.code == "PROOF_FAILED"


@pytest.mark.usefixtures("template")
def test_another_schema_is_made_anew(server: Embedded) -> None:
    with place(server, FIRST) as there, connect(there.url) as connection:
        assert there.template is None
        assert read_schema(connection) == Schema()


@pytest.mark.parametrize("harm", ["cut", "turned", "no cluster"])
def test_a_template_that_is_no_good_is_removed(
    server: Embedded, template: Path, packed: bytes, harm: str
) -> None:
    data = packed
    match harm:
        case "cut":
            template.write_bytes(data[: len(data) // 2])
        case "turned":
            middle = len(data) // 2
            template.write_bytes(data[:middle] + bytes(64) + data[middle + 64 :])
        case _:
            template.write_bytes(gzip.compress(bytes(10_240)))
    with place(server, SECOND) as there:
        assert there.template is None
        proven(there, SECOND, FIRST)
    assert not template.exists()


def test_two_are_kept_the_latest_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "_AT_MOST", 2)
    folder = tmp_path / "templates"
    folder.mkdir()
    for age, name in enumerate(("c.tar.gz", "b.tar.gz", "a.tar.gz", "a.tar.gz.12", "n.tar.gz.13")):
        (folder / name).touch()
        os.utime(folder / name, (time.time() - 2000 * age,) * 2)
    os.utime(folder / "n.tar.gz.13")
    make_room(folder / "n.tar.gz")
    assert {file.name for file in folder.iterdir()} == {"c.tar.gz", "n.tar.gz.13"}


def test_what_is_used_is_kept_longer(server: Embedded, template: Path) -> None:
    os.utime(template, (1, 1))
    with place(server, SECOND):
        assert template.stat().st_mtime > 1
