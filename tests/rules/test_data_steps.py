"""dbgen's own work on rows leaves no entry in the log, moves no time, and deletes what it deletes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from dbgen.commands import generate, preview, rollback
from dbgen.commands.questions import Questions
from dbgen.errors import DbgenError
from dbgen.plan import Ambiguity
from tests.commands.conftest import Shop, shop  # noqa: F401  # the fixture lives there

_LOG = "SELECT count(*) FROM audit_log"
_TIMES = "SELECT id, created_at, updated_at, created_by, updated_by, deleted_at FROM notes ORDER BY id"
_WORDS = ("same", "same", "longer", "42")


def rules(shop: Shop, **said: Any) -> None:  # noqa: F811  # the fixture
    (shop.root / "config/dbgen.yaml").write_text(json.dumps({"prototype": {"rules": said}}))


@pytest.fixture
def watched(shop: Shop) -> Shop:  # noqa: F811  # the fixture
    """A table under both rules, with rows, one of them softly deleted."""
    rules(shop, includeAudit=True, includeSoftDelete=True)
    shop.entity("Note", word="text", other="text")
    shop.generate()
    for word in _WORDS:
        shop.sql(f"INSERT INTO notes (word, other) VALUES ('{word}', '1')")
    shop.sql("BEGIN; SET LOCAL ROLE service_role; DELETE FROM notes WHERE word = '42'; COMMIT")
    assert shop.sql("SELECT count(*) FROM notes WHERE deleted_at IS NOT NULL") == [1]
    return shop


@pytest.mark.parametrize(
    ("changes", "options", "left"),
    [
        ({"more": {"type": "text", "required": True, "default": "x"}}, {}, 4),
        ({"word": {"type": "VARCHAR(5)"}}, {"on_conflict": "fill"}, 4),
        ({"word": {"type": "text", "unique": True}}, {"on_conflict": "quarantine"}, 3),
        ({"word": {"type": "integer"}}, {"on_conflict": "quarantine"}, 1),
        ({"other": {"type": "integer"}}, {}, 4),
        ({"other": None}, {}, 4),
    ],
    ids=["default", "fill", "duplicates", "cast", "converted", "dropped"],
)
def test_nothing_is_noticed(
    watched: Shop, changes: dict[str, Any], options: dict[str, Any], left: int
) -> None:
    rows, entries = watched.sql(_TIMES), watched.sql(_LOG)
    words = watched.sql("SELECT id, word, other FROM notes ORDER BY id")
    watched.entity("Note", **changes)
    watched.generate(**options)
    assert watched.sql(_LOG) == entries
    kept = watched.sql(_TIMES)
    assert len(kept) == left
    assert set(kept) <= set(rows)
    rollback(watched.world, yes=True)
    assert watched.sql(_TIMES) == rows
    assert watched.sql("SELECT id, word, other FROM notes ORDER BY id") == words
    assert watched.sql(_LOG) == entries


def test_the_rules_go_and_come_with_their_rows(watched: Shop) -> None:
    rows = watched.sql(_TIMES)
    entries = watched.sql("SELECT * FROM audit_log ORDER BY id")
    rules(watched)
    result = watched.generate()
    assert "DELETED_ROWS_SHOWN" in [notice.code for notice in result.warnings]
    assert watched.sql("SELECT count(*) FROM notes") == [4]
    assert watched.sql("DELETE FROM notes WHERE word = 'longer'; SELECT count(*) FROM notes") == [3]
    rollback(watched.world, yes=True)
    assert watched.sql(_TIMES) == [row for row in rows if row in watched.sql(_TIMES)]
    assert len(watched.sql(_TIMES)) == 3
    assert watched.sql("SELECT * FROM audit_log ORDER BY id") == entries
    watched.sql("INSERT INTO notes (word) VALUES ('after')")
    assert len(watched.sql("SELECT id FROM audit_log")) == len(entries) + 1


def test_a_rollback_that_takes_soft_delete_away_says_so_before(shop: Shop) -> None:  # noqa: F811  # the fixture
    shop.entity("Note", word="text")
    shop.generate()
    rules(shop, includeSoftDelete=True)
    shop.generate()
    shop.entity("Other", word="text")
    shop.generate()
    for goal, told in ((2, []), (1, ["notes"]), (0, [])):
        said = rollback(shop.world, to=goal, dry_run=True).warnings
        assert [(one.code, one.message.rpartition(" in ")[2]) for one in said] == [
            ("DELETED_ROWS_SHOWN", table) for table in told
        ]
    assert [one.code for one in rollback(shop.world, to=1, yes=True).warnings] == ["DELETED_ROWS_SHOWN"]


def test_a_whole_table_goes_and_comes_unnoticed(watched: Shop) -> None:
    rows, entries = watched.sql(_TIMES), watched.sql(_LOG)
    watched.entity("Other", word="text")
    watched.drop("Note")
    watched.generate()
    assert watched.sql(_LOG) == entries
    rollback(watched.world, yes=True)
    assert watched.sql(_TIMES) == rows
    assert watched.sql(_LOG) == entries
    watched.sql("UPDATE notes SET word = 'x' WHERE word = 'longer'")
    watched.sql("BEGIN; SET LOCAL ROLE authenticated; DELETE FROM notes WHERE word = 'x'; COMMIT")
    assert watched.sql("SELECT operation FROM audit_log ORDER BY id DESC LIMIT 2") == [
        "SOFT_DELETE",
        "UPDATE",
    ]


def test_a_backfill_is_no_change_of_anybodys(watched: Shop) -> None:
    rows, entries = watched.sql(_TIMES), watched.sql(_LOG)
    module = watched.root / ".pipeline/modules/shop-phase1.yaml"
    field = '{name: size, type: integer, required: true, backfill: "length(word)"}'
    module.write_text(f"module: shop\nentities: [Note]\nfields: {{Note: [id, word, other, {field}]}}\n")
    watched.generate()
    assert watched.sql("SELECT DISTINCT size FROM notes ORDER BY size") == [2, 4, 6]
    assert (watched.sql(_TIMES), watched.sql(_LOG)) == (rows, entries)


class _Never(Questions):
    def rename(self, ambiguity: Ambiguity, others: Sequence[Ambiguity] = ()) -> str | None:
        raise AssertionError(ambiguity, others)


def test_what_rules_add_is_no_rename(shop: Shop) -> None:  # noqa: F811  # the fixture
    """Neither are tables alike that share no more than the rules' columns."""
    shop.entity("Note", word="text", at="datetime")
    shop.entity("Old", only="integer")
    shop.generate()
    shop.entity("Note", at=None)
    rules(shop, includeAudit=True, includeSoftDelete=True)
    generate(shop.asked(_Never()), yes=True, verify=False)
    shop.drop("Old")
    shop.entity("New", different="point")
    shop.entities["New"]["number"] = {"type": "uuid", "required": True, "primaryKey": True}
    del shop.entities["New"]["id"]
    shop.write()
    assert preview(shop.asked(_Never())).changed
    shop.entity("Note", word=None, text="text")
    with pytest.raises(DbgenError) as raised:
        preview(shop.world)
    assert raised.value.code == "AMBIGUOUS_RENAME"
    assert raised.value.details["candidates"] == ["text"]
