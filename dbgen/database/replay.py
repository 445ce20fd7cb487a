"""Work on a database as one text that runs by itself: for a target that takes a whole transaction a request.

What a caller does step by step is kept, and said again in front of each next step; what was read on the way
must read the same again, so that a decision made of it still holds. A text does everything inside one
PL/pgSQL block that catches what goes wrong and says it as data: it runs whole or leaves nothing behind.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from dbgen.database.failures import Failure
from dbgen.sql import literal
from dbgen.values import dataclass

Row = tuple[Any, ...]

#: SQLSTATE of a read that reads otherwise than before: serialization_failure, which callers try again.
CHANGED = "40001"
_BEFORE = re.compile(r"\A(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)*", re.DOTALL)
_READS = frozenset("SELECT WITH VALUES TABLE".split())
_FETCH = re.compile(r"FETCH\s+ALL\s+FROM\s+(\w+)\s*\Z", re.IGNORECASE)
#: The code of a savepoint, and of the way back to it.
OPEN = "BEGIN"
UNDO = "RAISE EXCEPTION 'undone' USING ERRCODE = 'DGR00';\nEXCEPTION WHEN SQLSTATE 'DGR00' THEN NULL;\nEND;"
_TEXT = """\
DO {tag}
DECLARE
    answers text[] := '{{}}';
    item text;
    place integer;
    cursor refcursor;
    one record;
    failure json;
    said_message text;
    said_state text;
    said_detail text;
    said_hint text;
    said_table text;
    said_column text;
    said_constraint text;
BEGIN
    BEGIN
{body}
    EXCEPTION
        WHEN SQLSTATE 'DGR00' THEN NULL;
        WHEN query_canceled OR OTHERS THEN
            GET STACKED DIAGNOSTICS said_message = MESSAGE_TEXT, said_state = RETURNED_SQLSTATE,
                said_detail = PG_EXCEPTION_DETAIL, said_hint = PG_EXCEPTION_HINT,
                said_table = TABLE_NAME, said_column = COLUMN_NAME, said_constraint = CONSTRAINT_NAME;
            failure := json_build_object('place', place, 'said', ARRAY[said_message, said_state,
                said_detail, said_hint, said_table, said_column, said_constraint]);
    END;
    PERFORM set_config('dbgen.answer',
        json_build_object('answers', answers, 'failure', failure)::text, true);
END
{tag};
SELECT current_setting('dbgen.answer') AS answer"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement as a part of the block. `reads`: it gives rows."""

    code: str
    reads: bool = False

    def again(self, answer: str | None) -> str:
        """The code for a repetition, in which a read must give the same."""
        if answer is None:
            return self.code
        digest = hashlib.md5(answer.encode(), usedforsecurity=False).hexdigest()
        return (
            f"{self.code}\nIF md5(item) <> '{digest}' THEN RAISE EXCEPTION "
            f"'The database was changed meanwhile' USING ERRCODE = '{CHANGED}'; END IF;"
        )

    def asked(self, place: int) -> str:
        """The code for the first time, with its place among the statements and its answer kept."""
        keep = "\nanswers := answers || item;" if self.reads else ""
        return f"place := {place};\n{self.code}{keep}"


def piece(statement: str) -> Piece:
    """A statement as PL/pgSQL: what gives rows leaves them in `item` as JSON, with duplicate keys.

    A savepoint and the ROLLBACK TO that follows in the same text are a block that is left by an exception.
    """
    bare = _BEFORE.sub("", statement)
    words = bare.upper().split(None, 2)
    if words[:1] == ["SAVEPOINT"]:
        return Piece(OPEN)
    if words[:2] == ["ROLLBACK", "TO"]:
        return Piece(UNDO)
    if words[:1] == ["RELEASE"]:
        return Piece("")
    if fetch := _FETCH.match(bare):
        return Piece(_fetch(fetch[1]), reads=True)
    if words[:1] and re.split(r"\W", words[0])[0] in _READS:
        rows = f"SELECT coalesce(json_agg(row_to_json(r)), '[]')::text FROM (\n{bare}\n) r"
        return Piece(f"EXECUTE {literal(rows)} INTO item;", reads=True)
    return Piece(plain(statement))


def plain(statement: str) -> str:
    """A statement as PL/pgSQL, whose rows, if it gives any, nobody wants."""
    return f"EXECUTE {literal(statement)};"


def text_of(before: Iterable[str], now: Iterable[str], *, undo: bool, head: Sequence[str] = ()) -> str:
    """The whole text. `head`: settings of the transaction; `before`: what is repeated; `undo`: in the end
    everything is undone and only the answers are left.
    """
    lines = [*before, *now, *(["RAISE EXCEPTION 'undone' USING ERRCODE = 'DGR00';"] if undo else [])]
    body = "\n".join(line for line in lines if line) or "NULL;"
    tag = "$dbgen$"
    while tag in body:
        tag = f"{tag[:-1]}_$"
    return ";\n".join((*head, _TEXT.format(tag=tag, body=body)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text gave: the answers of its reads as JSON texts, and what went wrong."""

    texts: tuple[str, ...]
    failure: Failure | None


def answer_of(text: str) -> Answer:
    """The answer that the text's last SELECT gave. Raises ValueError or KeyError for anything else."""
    data = json.loads(text)
    failure = data["failure"]
    if failure is None:
        return Answer(tuple(data["answers"]), None)
    message, sqlstate, *others = failure["said"]
    detail, hint, table, column, constraint = (other or None for other in others)
    return Answer(
        (),
        Failure(
            message,
            sqlstate,
            failure["place"],
            detail=detail,
            hint=hint,
            table=table,
            column=column,
            constraint=constraint,
        ),
    )


def rows_of(text: str) -> list[Row]:
    """Rows from their JSON: tuples in the order of the columns, whatever these are called."""
    found: list[list[tuple[str, Any]]] = json.loads(text, object_pairs_hook=_Pairs)
    return [tuple(_plain(value) for _, value in pairs) for pairs in found]


def bound(query: str, parameters: Sequence[Any] | None) -> str:
    """The query with its `%s` in their places."""
    if parameters is None:
        return query
    parts = [part.replace("%%", "%") for part in query.split("%s")]
    pairs = zip(parameters, parts[1:], strict=True)
    return parts[0] + "".join(_constant(value) + part for value, part in pairs)


def _constant(value: Any) -> str:
    match value:
        case None:
            return "NULL"
        case bool() | int():
            return f"({value})".lower()
        case str():
            return literal(value)
        case list() | tuple():
            return f"ARRAY[{', '.join(map(_constant, value))}]::text[]"
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _fetch(name: str) -> str:
    return (
        f"cursor := {literal(name)};\nitem := '';\n"
        "LOOP FETCH cursor INTO one; EXIT WHEN NOT FOUND;\n"
        "item := item || CASE item WHEN '' THEN '' ELSE ',' END || row_to_json(one)::text; END LOOP;\n"
        "CLOSE cursor;\nitem := '[' || item || ']';"
    )


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON with its keys in order, duplicates too."""


def _plain(value: Any) -> Any:
    if isinstance(value, _Pairs):
        return {key: _plain(item) for key, item in value}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
