"""An existing Supabase project, as somebody comes to it who tries dbgen for the first time: both tools as
programs, side by side, over two databases.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbgen.database.embedded import create_throwaway, drop_throwaway
from tests.npm import tool
from tests.supabase_cli.projects import rows

LEGACY = "create table public.legacy (id bigint primary key);\ninsert into public.legacy values (1), (2);\n"


class Desk:
    """A folder and a database; the two programs are called in it."""

    def __init__(self, root: Path, url: str) -> None:
        self.root = root
        self.url = url

    def dbgen(self, *words: str) -> dict[str, object]:
        """What `dbgen … --json` says; it must succeed."""
        known = {**os.environ, "SUPABASE_DB_URL": self.url, "PYTHONPATH": str(Path(__file__).parents[2])}
        command = [sys.executable, "-m", "dbgen", *words, "--json"]
        done = subprocess.run(command, cwd=self.root, env=known, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        said = json.loads(done.stdout)
        assert isinstance(said, dict)
        return said

    def supabase(self, *words: str) -> str:
        """What the Supabase CLI prints; it must succeed."""
        done = tool("supabase", *words, cwd=self.root)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def push(self, url: str) -> None:
        self.supabase("db", "push", f"--remote={url}?sslmode=disable", "--yes")

    def difference(self, url: str) -> list[str]:
        """The lines of SQL that another database's `public` differs by."""
        ends = (f"--from={self.url}?sslmode=disable", f"--to={url}?sslmode=disable")
        lines = self.supabase("db", "diff", "--schema", "public", *ends).splitlines()
        return [line for line in lines if line.strip() and not line.startswith(("Target:", "Connecting"))]

    def in_step(self) -> list[str]:
        """The versions that files and database have, which must be the same."""
        words = (f"--remote={self.url}?sslmode=disable", "--output-format", "json")
        lines = json.loads(self.supabase("migration", "list", *words))["migrations"]
        assert [line["local"] for line in lines] == [line["remote"] for line in lines]
        return [line["local"] for line in lines]

    def edit(self, before: str, after: str) -> None:
        """Changes the example's module."""
        module = self.root / ".pipeline/modules/account-management-phase1.yaml"
        text = module.read_text("utf-8")
        assert before in text
        module.write_text(text.replace(before, after), "utf-8")


@pytest.fixture
def other_url(server_url: str) -> Iterator[str]:
    url = create_throwaway(server_url)
    yield url
    drop_throwaway(url)


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Desk:
    """A project that had a life before dbgen."""
    made = Desk(tmp_path, database_url)
    made.supabase("init")
    (tmp_path / "supabase/migrations").mkdir(exist_ok=True)
    (tmp_path / "supabase/migrations/20240101000000_legacy.sql").write_text(LEGACY)
    made.push(database_url)
    return made


@pytest.mark.slow
def test_three_iterations_beside_the_cli(desk: Desk, other_url: str) -> None:
    desk.dbgen("init")
    first = desk.dbgen("generate", "--yes")
    assert (first["iteration"], first["applied"]) == (1, True)
    assert len(desk.in_step()) == 2

    desk.supabase("migration", "new", "by_hand")
    (by_hand,) = (desk.root / "supabase/migrations").glob("*_by_hand.sql")
    by_hand.write_text("create view public.names as select name from public.accounts;\n")
    desk.push(desk.url)
    desk.edit("entities: [Account]", "entities: [Account, Contact]")
    desk.dbgen("generate", "--yes")
    versions = desk.in_step()
    assert versions == sorted(versions)
    assert versions.index(by_hand.name.partition("_")[0]) == 2

    desk.edit("    - status\n", "    - status\n    - email\n")
    desk.dbgen("generate", "--yes")
    assert len(desk.in_step()) == 5
    desk.push(other_url)
    assert desk.difference(other_url) == []
    assert rows(other_url, "select count(*) from legacy") == [(2,)]

    desk.dbgen("rollback", "--yes")
    assert len(desk.in_step()) == 4
    assert any('ADD COLUMN "email"' in line for line in desk.difference(other_url))
    assert desk.dbgen("status")["findings"] == []
