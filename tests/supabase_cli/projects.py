"""A Supabase project on disk with dbgen in it, and the CLI called there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from dbgen.commands.context import World
from tests.npm import tool

START = datetime(2026, 11, 2, tzinfo=UTC)
MODULE = ".pipeline/modules/shop-phase1.yaml"
_ID = {"type": "uuid", "required": True, "primaryKey": True}
ENTITIES: dict[str, Any] = {
    "Account": {
        "description": 'Who buys; it\'s "them"',
        "fields": {
            "id": _ID,
            "name": {"type": "string", "required": True},
            "email": {"type": "email", "unique": True},
            "userId": {"type": "uuid", "foreignKey": "auth.users.id"},
        },
    },
    "Order": {
        "fields": {
            "id": _ID,
            "accountId": {"type": "uuid", "required": True, "foreignKey": "Account.id"},
            "total": {"type": "currency", "default": 0},
        }
    },
    "Item": {
        "fields": {"id": _ID, "orderId": {"type": "uuid", "foreignKey": "Order.id"}, "note": {"type": "text"}}
    },
}


class Project:
    """A folder with `supabase/config.toml` and a module file that names entities."""

    def __init__(self, root: Path, *, supabase: bool = True, config: str = "") -> None:
        self.root = root
        self.moment = START
        self.put(".pipeline/factory-tools/busm-reader/busm-model.json", json.dumps({"entities": ENTITIES}))
        if supabase:
            self.put("supabase/config.toml", 'project_id = "shop"\n')
        if config:
            self.put("config/dbgen.yaml", config)

    def put(self, name: str, text: str) -> Path:
        """Writes a file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def names(self, *entities: str, fields: str = "") -> None:
        """The module names these entities."""
        self.put(MODULE, f"module: shop\nphase: 1\nentities: [{', '.join(entities)}]\n{fields}")

    def world(self, url: str | None, environment: Mapping[str, str] | None = None) -> World:
        """A call, a minute after the one before."""
        self.moment += timedelta(minutes=1)
        return World(self.root, self.moment, "ann@host", "dbgen", environment or {}, db_url=url)

    @property
    def migrations(self) -> list[Path]:
        """The files that the CLI reads, in its order."""
        return sorted((self.root / "supabase/migrations").glob("*.sql"))

    def cli(self, url: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs a command of the CLI on a database; it must succeed."""
        plain = url + ("&" if "?" in url else "?") + "sslmode=disable"
        done = tool("supabase", *words, f"--remote={plain}", cwd=self.root)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def push(self, url: str) -> None:
        """`supabase db push`."""
        self.cli(url, "db", "push", "--yes")

    def listed(self, url: str) -> list[tuple[str, str]]:
        """`supabase migration list`: local and remote version of each line, "" where there is none."""
        done = self.cli(url, "migration", "list", "--output-format", "json")
        rows = json.loads(done.stdout)["migrations"]
        return [(row["local"] or "", row["remote"] or "") for row in rows]


def history(url: str) -> list[tuple[Any, ...]]:
    """The rows of the CLI's history."""
    query = "select version, name, statements from supabase_migrations.schema_migrations order by version"
    return rows(url, query)


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        return cursor.fetchall() if cursor.description else []
