"""Defaults in the model's normal form."""

from __future__ import annotations

import pytest

from dbgen.database.defaults import normal


@pytest.mark.parametrize(
    ("printed", "plain", "full", "expected"),
    [
        ("'Pending'::character varying", "character varying", "character varying(50)", "'Pending'"),
        ("'-1'::integer", "integer", "integer", "-1"),
        ("'-1'::integer", "numeric", "numeric(12,2)", "-1"),
        ("'-1.50'::numeric", "double precision", "double precision", "-1.50"),
        ("'NaN'::numeric", "numeric", "numeric", "'NaN'"),
        ("'-1'::integer", "text", "text", "'-1'::integer"),
        ("'5'::text", "text", "text", "'5'"),
        ("'ab'::bpchar", "bpchar", "character(3)", "'ab'"),
        (r"'a\b''c'::text", "text", "text", r"E'a\\b''c'"),
        ("('a'::text || 'b'::text)", "text", "text", "('a'::text || 'b'::text)"),
        ("'a'::text || 'b'::text", "text", "text", "'a'::text || 'b'::text"),
        ("'a'::public.\"Odd\"", 'public."Odd"', 'public."Odd"', "'a'"),
        ("'{}'::public.status[]", "public.status[]", "public.status[]", "'{}'"),
        ("NULL::character varying", "character varying", "character varying(9)", None),
        ("true", "boolean", "boolean", "true"),
        ("0", "integer", "integer", "0"),
        ("now()", "timestamp with time zone", "timestamp with time zone", "now()"),
        (None, "text", "text", None),
    ],
)
def test_normal(printed: str | None, plain: str, full: str, expected: str | None) -> None:
    assert normal(printed, plain, full) == expected
