"""How advice is told: one notice a lint, whatever the number of tables."""

from __future__ import annotations

from dbgen.model.schema import Column, ForeignKey, Grant, Schema, Table
from dbgen.plan.advice import advice, notices


def _many(number: int) -> Schema:
    key = ForeignKey("fk", ("a",), "auth", ("id",))
    tables = (
        Table(f"t{n:03}", (Column("a", "uuid"),), foreign_keys=(key,), grants=(Grant("anon", ("SELECT",)),))
        for n in range(number)
    )
    return Schema(tuple(tables))


def test_each_lint_is_one_notice_that_names_ten_and_holds_all() -> None:
    told = notices(advice(_many(200)))
    assert [(notice.code, notice.level) for notice in told] == [
        ("unindexed_foreign_keys", "notice"),
        ("rls_disabled_in_public", "warning"),
    ]
    for notice in told:
        assert len(notice.details) == 200
        assert "t009" in notice.message
        assert "t010" not in notice.message
        assert "and 190 more" in notice.message


def test_number_and_level_are_the_advisors() -> None:
    (index, access) = notices(advice(_many(1)))
    assert "lint 0001, INFO" in index.message
    assert "lint 0013, ERROR" in access.message
    assert index.details == (("t000", "fk"),)
    assert access.details == (("t000", "anon"),)


def test_a_schema_without_findings_says_nothing() -> None:
    assert notices(advice(Schema((Table("t", (Column("password", "text"),)),)))) == ()
