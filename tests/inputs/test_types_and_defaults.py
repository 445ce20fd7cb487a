from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbgen.inputs import expressions
from dbgen.inputs.defaults import BadDefault, default_sql
from tests.inputs.workspaces import ID, Workspace

TYPES: dict[str, dict[str, Any]] = {
    "uuid": {"type": "uuid"},
    "character varying(255)": {"type": "string"},
    "character varying(40)": {"type": "string", "constraints": {"maxLength": 40, "length": 50}},
    "character varying(50)": {"type": "string", "length": 50},
    "text": {"type": "text"},
    "character varying(99)": {"type": "email", "maxLength": 99},
    "character varying(20)": {"type": "phone"},
    "numeric(10,2)": {"type": "decimal"},
    "numeric(12,3)": {"type": "decimal", "constraints": {"precision": 12, "scale": 3}},
    "numeric(12,0)": {"type": "decimal", "constraints": {"precision": 12, "scale": 0}},
    "numeric": {"type": "number"},
    "double precision": {"type": "float"},
    "real": {"type": "FLOAT(24)"},
    "numeric(12,2)": {"type": "currency"},
    "numeric(5,2)": {"type": "percentage"},
    "time without time zone": {"type": "time"},
    "timestamp with time zone": {"type": "timestamp"},
    "timestamp without time zone": {"type": "TIMESTAMP"},
    "jsonb": {"type": "json"},
    "json": {"type": "JSON"},
    "text[]": {"type": "array"},
    "integer[]": {"type": "array", "items": "integer"},
    "numeric(10,2)[]": {"type": "array", "items": {"type": "decimal"}},
    "character varying(255)[]": {"type": "string[]"},
    "bytea": {"type": "binary"},
    "smallint": {"type": "smallint"},
    "citext": {"type": "citext"},
}


@pytest.mark.parametrize("expected", TYPES)
def test_a_word_has_its_type(workspace: Workspace, expected: str) -> None:
    workspace.entities(Thing={"id": ID, "it": TYPES[expected]})
    workspace.module("entities: [Thing]\n")
    assert workspace.table("things").column("it").type == expected


GUESSES = {
    "owner_id": "uuid",
    "seen_at": "timestamp with time zone",
    "born_on": "date",
    "due_date": "date",
    "is_open": "boolean",
    "has_key": "boolean",
    "item_count": "integer",
    "email": "character varying(255)",
    "workPhone": "character varying(20)",
    "status": "character varying(255)",
}


def test_a_field_that_busm_lacks_has_a_type_by_its_name(workspace: Workspace) -> None:
    workspace.module("fields:\n  Thing:\n" + "".join(f"    - {name}\n" for name in GUESSES))
    table = workspace.table("things")
    from dbgen.names import snake_case

    assert {name: table.column(snake_case(name)).type for name in GUESSES} == GUESSES


DEFAULTS: list[tuple[Any, str, str | None]] = [
    (0, "integer", "0"),
    (-1, "bigint", "-1"),
    ("5", "integer", "5"),
    (Decimal("1.50"), "numeric(5,2)", "1.50"),
    (Decimal("1E3"), "numeric", "1000"),
    (True, "boolean", "true"),
    ("no", "boolean", "false"),
    ("Pending", "character varying(50)", "'Pending'"),
    ("it's", "text", "'it''s'"),
    ("now()", "text", "'now()'"),
    ("NOW()", "timestamp with time zone", "now()"),
    ("current_date", "date", "CURRENT_DATE"),
    ("gen_random_uuid()", "uuid", "gen_random_uuid()"),
    ("auth.uid()", "uuid", "auth.uid()"),
    ({"sql": " a || 'b;c' "}, "text", "a || 'b;c'"),
    ({"b": 1, "a": []}, "jsonb", '\'{"a": [], "b": 1}\''),
    ("{}", "jsonb", "'{}'"),
    ([], "text[]", "'{}'"),
    (["a b", "c"], "text[]", "'{\"a b\",c}'"),
    ("2024-02-29", "date", "'2024-02-29'"),
    (7, "text", "'7'"),
    (None, "text", None),
]


@pytest.mark.parametrize(("value", "type_", "expected"), DEFAULTS)
def test_a_default_has_one_normal_form(value: Any, type_: str, expected: str | None) -> None:
    assert default_sql(value, type_) == expected


UNFIT: list[tuple[Any, str]] = [
    ("abc", "integer"),
    (Decimal("1.5"), "integer"),
    (2**31, "integer"),
    (True, "integer"),
    ("abc", "boolean"),
    (2, "boolean"),
    ("toolong", "character varying(3)"),
    ("{", "jsonb"),
    ("NaN", "jsonb"),
    ("not-a-uuid", "uuid"),
    ("2024-02-30", "date"),
    ("now", "timestamp with time zone"),
    (Decimal("1.234"), "numeric(5,2)"),
    (1000, "numeric(5,2)"),
    ("NaN", "numeric"),
    (["x"], "integer[]"),
    ({"a": 1}, "text"),
    ("a\x00b", "text"),
    ({"sql": "1; drop"}, "text"),
    ({"sql": 1}, "text"),
]


@pytest.mark.parametrize(("value", "type_"), UNFIT)
def test_a_default_that_does_not_fit_is_refused(value: Any, type_: str) -> None:
    with pytest.raises(BadDefault):
        default_sql(value, type_)


def test_an_enum_default_is_one_of_its_values() -> None:
    assert default_sql("a", "character varying(50)", ("a", "b")) == "'a'"
    with pytest.raises(BadDefault, match="a, b"):
        default_sql("c", "character varying(50)", ("a", "b"))


@pytest.mark.parametrize(
    "text",
    [
        "length(name)",
        "score::integer",
        "a IS DISTINCT FROM b",
        "a IS NOT NULL",
        "extract(epoch from x)",
        "E'it\\'s; -- fine'",
        "$x$ ; -- $x$",
        "CASE WHEN a THEN ';' ELSE 'b' END",
        "(SELECT max(x) FROM y)",
        "ARRAY[1, 2]",
        "'--'",
    ],
)
def test_one_expression_is_let_through(text: str) -> None:
    assert expressions.refusal(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1; drop table x",
        "1 -- x",
        "1 /* x */",
        "1) , b int default (1",
        "(1",
        "'a",
        "$$ a",
        "1, 2",
        "0 NOT NULL",
        "0 UNIQUE",
        "0 CHECK (false)",
        "1 WHERE false",
        "a FROM b",
        "SELECT 1",
        "1\x00",
        "[1)",
    ],
)
def test_what_ends_an_expression_is_refused(text: str) -> None:
    assert expressions.refusal(text) is not None


@given(st.text(alphabet="a1 '\"$(),;-/*[]\\eE", max_size=30))
def test_no_text_gets_out_of_its_parentheses(text: str) -> None:
    if expressions.refusal(text) is None:
        assert expressions.refusal(f"({text})") is None
        assert expressions.refusal(f"({text}); drop table x") is not None
