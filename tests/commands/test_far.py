"""Ten iterations with rows, rolled back to nothing and generated again: every row comes home."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from dbgen.commands import rollback, status
from dbgen.database.catalog import read_schema
from dbgen.database.comparison import first_difference
from dbgen.database.rows import Rows, read_rows
from dbgen.model.schema import Schema
from tests.commands.conftest import Shop

_CONFIG = "prototype: {rules: {enumStyle: native}}\n"
_ID = {"type": "uuid", "required": True, "primaryKey": True}


def _text(length: int, **more: Any) -> dict[str, Any]:
    return {"type": "string", "constraints": {"maxLength": length}, **more}


_CODE = _text(12, required=True, primaryKey=True)
_ACCOUNT: dict[str, Any] = {
    "code": _CODE,
    "name": {"type": "text"},
    "phone": _text(20),
    "score": {"type": "number"},
}
_NOTE = {"id": _ID, "body": {"type": "text"}}
_CONTACT = {"id": _ID, "email": {"type": "text"}, "accountCode": _text(12, foreignKey="Account.code")}
_TITLED = {"code": _CODE, "title": {"type": "text"}, "phone": _text(20), "score": {"type": "number"}}
_MARKED = {**_TITLED, "status": {"type": "enum", "enum": "Status"}}
_SHORT = {**_MARKED, "phone": _text(5)}
_COUNTED = {**_SHORT, "score": {"type": "integer"}}
_MAILED = {**_CONTACT, "email": {"type": "text", "unique": True}}
_OF_CUSTOMERS = {**_MAILED, "accountCode": _text(12, foreignKey="Customer.code")}
_REQUIRED = {**_COUNTED, "title": {"type": "text", "required": True}}
_KEYED = {
    "id": _ID,
    "code": _text(12, required=True, unique=True),
    "title": _REQUIRED["title"],
    "phone": _text(4),
    "score": {"type": "integer"},
}


@dataclass(frozen=True, slots=True)
class Iteration:
    """Its inputs, what is said of rows in the way, and what people write after it."""

    entities: dict[str, dict[str, Any]]
    module: str = ""
    mode: str = "stop"
    values: tuple[str, ...] = ("Pending", "Active")
    written: str = "select"

    def write(self, shop: Shop) -> None:
        """Makes it the workspace's."""
        shop.entities = self.entities
        shop.write()
        busm = shop.root / ".pipeline/factory-tools/busm-reader/busm-model.json"
        enums = {"Status": {"values": self.values}}
        busm.write_text(json.dumps({**json.loads(busm.read_text()), "enums": enums}))
        module = shop.root / ".pipeline/modules/shop-phase1.yaml"
        module.write_text(module.read_text() + self.module)

    def generate(self, shop: Shop) -> None:
        """The next iteration, which is this."""
        self.write(shop)
        assert shop.generate(on_conflict=self.mode).changed


ITERATIONS = (
    Iteration(
        {"Account": _ACCOUNT, "Note": _NOTE},
        written="insert into accounts (code, name, phone, score) "
        "select 'c' || n, nullif('name ' || n, 'name 2'), '+49 30 123' || n, n + 0.25 "
        "from generate_series(1, 5) n; "
        "insert into notes select gen_random_uuid(), n from generate_series(1, 3) n",
    ),
    Iteration(
        {"Account": _TITLED, "Note": _NOTE},
        "fields: {Account: [code, {name: title, renamed_from: name}, phone, score]}\n",
    ),
    Iteration({"Account": _TITLED}, written="insert into accounts (code, title) values ('c6', 'later')"),
    Iteration({"Account": _MARKED}, written="update accounts set status = 'Active' where code < 'c4'"),
    Iteration(
        {"Account": _MARKED, "Contact": _CONTACT},
        values=("Pending", "Active", "Closed"),
        written="insert into contacts "
        "select gen_random_uuid(), 'mail' || n % 3, 'c' || n from generate_series(1, 5) n",
    ),
    Iteration({"Account": _SHORT, "Contact": _CONTACT}, mode="fill", values=("Pending", "Active", "Closed")),
    Iteration(
        {"Account": _COUNTED, "Contact": _MAILED}, mode="quarantine", values=("Pending", "Active", "Closed")
    ),
    Iteration(
        {"Customer": _COUNTED, "Contact": _OF_CUSTOMERS},
        "renames: {entities: {Account: Customer}}\n",
        values=("Pending", "Active", "Closed"),
        written="insert into customers (code, status) values ('c7', 'Pending')",
    ),
    Iteration(
        {"Customer": _REQUIRED, "Contact": _OF_CUSTOMERS},
        "fields:\n  Customer: [code, {name: title, backfill: code}, phone, score, status]\n",
        values=("Pending", "Active", "Closed"),
        written="insert into customers (code, title) values ('c8', 'eighth')",
    ),
    Iteration(
        {"Customer": _KEYED, "Contact": _OF_CUSTOMERS},
        mode="fill",
        written="insert into customers (code, title) values ('c9', 'ninth')",
    ),
)


def level(shop: Shop) -> tuple[Schema, Rows]:
    """What is there."""
    schema = read_schema(shop.connection)
    return schema, read_rows(shop.connection, schema)


def same(shop: Shop, expected: tuple[Schema, Rows]) -> None:
    """It is what was there before."""
    catalog, rows = level(shop)
    assert catalog == expected[0]
    assert first_difference(expected[1], rows) is None, first_difference(expected[1], rows)


@pytest.mark.slow
def test_ten_iterations_back_and_forth(shop: Shop) -> None:
    (shop.root / "config/dbgen.yaml").write_text(_CONFIG)
    above = [level(shop)]
    for iteration in ITERATIONS:
        iteration.generate(shop)
        shop.sql(iteration.written)
        above.append(level(shop))
    back = [above[-1]]
    for number in range(len(ITERATIONS) - 1, -1, -1):
        rollback(shop.world, yes=True, to=number)
        back.insert(0, level(shop))
        catalog, rows = above[number]
        assert back[0][0] == catalog
        # What was written above is there too.
        for table, (_, values) in rows.items():
            assert set(values) <= set(back[0][1][table][1]), (number, table)
    for way in ("forth", "and once more, after all in one"):
        for iteration, reached in zip(ITERATIONS, back[1:], strict=True):
            iteration.generate(shop)
            same(shop, reached)
        assert rollback(shop.world, yes=True, to=0).iteration == 0, way
        same(shop, back[0])
    assert status(shop.world).findings == ()
