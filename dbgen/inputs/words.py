"""The words of BUSM and of the modules: types, what a name tells about a type, ON DELETE, relationships."""

from __future__ import annotations

import re

#: ON DELETE in any case style, by `names.key`.
ON_DELETE = {
    "cascade": "CASCADE",
    "delete": "CASCADE",
    "restrict": "RESTRICT",
    "noaction": "NO ACTION",
    "none": "NO ACTION",
    "setnull": "SET NULL",
    "nullify": "SET NULL",
    "setdefault": "SET DEFAULT",
}

#: Relationships by `names.key`.
RELATIONSHIPS = {
    "manytoone": "many-to-one",
    "onetomany": "one-to-many",
    "onetoone": "one-to-one",
    "manytomany": "many-to-many",
}

#: BUSM's words with a type that nothing else decides.
PLAIN_TYPES = {
    "uuid": "uuid",
    "text": "text",
    "integer": "integer",
    "smallint": "smallint",
    "bigint": "bigint",
    "number": "numeric",
    "float": "double precision",
    "currency": "numeric(12,2)",
    "percentage": "numeric(5,2)",
    "boolean": "boolean",
    "date": "date",
    "time": "time without time zone",
    "datetime": "timestamp with time zone",
    "timestamp": "timestamp with time zone",
    "json": "jsonb",
    "binary": "bytea",
    "inet": "inet",
    "point": "point",
}
#: BUSM's words whose type depends on the field's lengths, items or values.
SIZED_TYPES = frozenset("string email url phone decimal array enum".split())
BUSM_TYPES = frozenset(PLAIN_TYPES) | SIZED_TYPES

#: Types of extensions that Supabase offers; a server must know them, so they are no misspelling.
EXTENSION_TYPES = frozenset(
    """citext hstore ltree lquery ltxtquery cube vector halfvec sparsevec geometry geography box2d box3d
    raster semver earth isbn seg""".split()
)

_GUESSES = (
    (re.compile(r".+_at\Z"), "datetime"),
    (re.compile(r"(?:.+_on|(?:.*_)?date)\Z"), "date"),
    (re.compile(r"(?:is|has)_."), "boolean"),
    (re.compile(r"(?:.*_)?count\Z"), "integer"),
    (re.compile(r"(?:.*_)?email\Z"), "email"),
    (re.compile(r"(?:.*_)?phone\Z"), "phone"),
    (re.compile(r"(?:.*_)?(?:url|website)\Z"), "url"),
)


def guess(column: str, *, uuids: bool) -> str:
    """BUSM's word for a column that nothing gives a type, from its snake_case name."""
    if column == "id" or column.endswith("_id"):
        return "uuid" if uuids else "bigint"
    for pattern, word in _GUESSES:
        if pattern.match(column):
            return word
    return "string"


def text_problem(text: str) -> str | None:
    """Why PostgreSQL cannot hold the text, or None."""
    if "\x00" in text:
        return "holds a NUL character, which PostgreSQL cannot store"
    if not text.isascii() and any(0xD800 <= ord(char) < 0xE000 for char in text):
        return "holds half of a surrogate pair"
    return None
