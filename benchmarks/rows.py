"""Undoing and making again an iteration over many rows, beside the least that PostgreSQL can do for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Figures, Job, medians, once, run_plainly
from benchmarks.stage import Stage, dbgen_words, serving
from benchmarks.workspaces import BUSM, MODULES

_FIELDS = {
    "id": {"type": "uuid", "required": True, "primaryKey": True},
    "accountName": {"type": "string", "required": True},
    "createdAt": {"type": "datetime", "required": True, "system": True},
    "email": {"type": "email"},
    "creditLimit": {"type": "decimal"},
    "accountId": {"type": "uuid", "required": True, "foreignKey": "Account.id"},
    "total": {"type": "decimal"},
}
_FIRST: dict[str, tuple[str, ...]] = {"Account": ("id", "accountName", "createdAt")}
_SECOND = {"Account": (*_FIRST["Account"], "email", "creditLimit"), "Order": ("id", "accountId", "total")}
_ROWS = """
INSERT INTO accounts (account_name, email, credit_limit)
    SELECT 'Account ' || n, n || '@example.org', n * 1.25 FROM generate_series(1, {count}) n;
INSERT INTO orders (account_id, total) SELECT id, credit_limit FROM accounts;
"""
_TABLES = """
CREATE SCHEMA aside;
CREATE TABLE accounts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), account_name varchar(255) NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(), email varchar(255), credit_limit numeric(10,2));
CREATE TABLE orders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id uuid NOT NULL CONSTRAINT fk_orders_account_id REFERENCES accounts, total numeric(10,2));
CREATE INDEX idx_orders_account_id ON orders (account_id);
"""
#: The same by hand: the values of two columns and the table aside, and back.
_BARE_BACK = """
CREATE TABLE aside.kept AS SELECT id, email, credit_limit FROM accounts;
ALTER TABLE orders DROP CONSTRAINT fk_orders_account_id;
ALTER TABLE orders SET SCHEMA aside;
ALTER TABLE accounts DROP COLUMN email, DROP COLUMN credit_limit;
"""
_BARE_FORWARD = """
ALTER TABLE aside.orders SET SCHEMA public;
ALTER TABLE accounts ADD COLUMN email varchar(255), ADD COLUMN credit_limit numeric(10,2);
UPDATE accounts a SET email = k.email, credit_limit = k.credit_limit FROM aside.kept k WHERE a.id = k.id;
ALTER TABLE orders ADD CONSTRAINT fk_orders_account_id FOREIGN KEY (account_id) REFERENCES accounts;
DROP TABLE aside.kept;
"""
#: Neither way pays for the dead rows of the one before it.
_SETTLE = ("VACUUM FULL accounts", "ANALYZE accounts")


@dataclass(frozen=True, slots=True)
class Pair:
    """A command beside the bare statements that do its work."""

    name: str
    dbgen: Figures
    bare: Figures


def measure_rows(base: Path, count: int, runs: int) -> tuple[Pair, ...]:
    """The rollback of an iteration that added a table and two columns, and its `generate` again, `count` rows
    in either table; the bare statements work on a database of their own. Raises `Failed`.
    """
    stage = Stage(base, None)
    with serving(stage), _databases(stage, count) as (url, bare):
        own = _Side(stage, url, dbgen_words("rollback", "--yes"), dbgen_words("generate", "--yes"))
        hand = _Side(stage, bare, _psql(bare, _BARE_BACK), _psql(bare, _BARE_FORWARD))
        (back, forth), (bare_back, bare_forth) = own.measured(runs), hand.measured(runs)
    return Pair("rollback", back, bare_back), Pair("generate", forth, bare_forth)


@dataclass(frozen=True, slots=True)
class _Side:
    """One way of undoing and making again, in turns."""

    stage: Stage
    url: str
    back: Sequence[str]
    forth: Sequence[str]

    def measured(self, runs: int) -> tuple[Figures, Figures]:
        taken = [(self._once(self.back), self._once(self.forth)) for _ in range(runs)]
        return medians([back for back, _ in taken]), medians([forth for _, forth in taken])

    def _once(self, words: Sequence[str]) -> Figures:
        for sql in _SETTLE:
            run_plainly(_psql(self.url, sql), self.stage.base, {})
        return once(Job(" ".join(words[:4]), words, self.stage.main, self.stage.environment))


def _psql(url: str, sql: str) -> list[str]:
    """The call that runs `sql` in one transaction."""
    from dbgen.database.embedded import tool

    return [str(tool("psql")), "-qX", "-v", "ON_ERROR_STOP=1", "-c", sql, url]


@contextmanager
def _databases(stage: Stage, count: int) -> Iterator[tuple[str, str]]:
    """The workspace's database with both iterations, and another with the same tables, both with rows."""
    from dbgen.database.embedded import create_throwaway, drop_throwaway, embedded

    for wanted in (_FIRST, _SECOND):
        _write(stage.main, wanted)
        stage.dbgen(stage.main, "generate", "--yes", "--no-verify")
    url = embedded(stage.main.resolve()).url()
    bare = create_throwaway(url)
    try:
        run_plainly(_psql(bare, _TABLES), stage.base, {})
        for one in (url, bare):
            run_plainly(_psql(one, _ROWS.format(count=count)), stage.base, {})
        yield url, bare
    finally:
        drop_throwaway(bare)


def _write(root: Path, wanted: Mapping[str, Sequence[str]]) -> None:
    """The inputs with these fields of these entities."""
    entities = {name: {"fields": {one: _FIELDS[one] for one in fields}} for name, fields in wanted.items()}
    texts = {
        BUSM: json.dumps({"version": "1.0.0", "entities": entities, "relationships": {}, "enums": {}}),
        f"{MODULES}/shop-phase1.yaml": f"module: shop\nphase: 1\nentities: [{', '.join(wanted)}]\n",
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
