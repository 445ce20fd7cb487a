"""A field's default as SQL, in one normal form, judged against the field's type.

The form is what a careful person writes: `0`, `true`, `'Pending'`, `now()`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from dbgen.inputs import expressions
from dbgen.inputs.words import text_problem
from dbgen.model import types
from dbgen.sql import literal

_STAMPS = ("timestamp with time zone", "timestamp without time zone")
_TIMES = ("time without time zone", "time with time zone")
#: What is a function and no text, by its lower case, and the types that it fits.
FUNCTIONS = {
    "now()": ("now()", (*_STAMPS, "date")),
    "current_timestamp": ("CURRENT_TIMESTAMP", (*_STAMPS, "date")),
    "current_date": ("CURRENT_DATE", ("date", *_STAMPS)),
    "current_time": ("CURRENT_TIME", _TIMES),
    "gen_random_uuid()": ("gen_random_uuid()", ("uuid",)),
    "auth.uid()": ("auth.uid()", ("uuid",)),
}
_RANGES = {"smallint": 15, "integer": 31, "bigint": 63}
_NUMBERS = ("numeric", "double precision", "real")
_TEXTS = ("text", "character varying", "character")
_TRUE = frozenset("true t yes y on 1".split())
_FALSE = frozenset("false f no n off 0".split())
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\Z")
_POINT = re.compile(r"\(\s*[-+\d.eE]+\s*,\s*[-+\d.eE]+\s*\)\Z")
_WHOLE = re.compile(r"[-+]?\d{1,40}\Z")


class BadDefault(ValueError):
    """The default does not fit; the message says why."""


def default_sql(value: Any, column_type: str, values: tuple[str, ...] | None = None) -> str | None:
    """The default as SQL, None for none. `values`: those of the column's enum.

    Raises `BadDefault` for a value that the type cannot hold, and for SQL that is not one expression.
    """
    if value is None:
        return None
    if isinstance(value, dict) and set(value) == {"sql"}:
        return _expression(value["sql"])
    if isinstance(value, str) and (why := text_problem(value)):
        raise BadDefault(f"the default {why}")
    if types.is_array(column_type):
        return _array(value, column_type, values)
    base = types.base(column_type)
    if isinstance(value, str) and value.strip().lower() in FUNCTIONS:
        sql, fitting = FUNCTIONS[value.strip().lower()]
        if base in fitting:
            return sql
    if values is not None:
        return _one_of(value, values)
    return _KINDS.get(base, _any)(value, column_type)


def _expression(text: Any) -> str:
    if not isinstance(text, str):
        raise BadDefault("sql: expected an SQL expression")
    why = expressions.refusal(text)
    if why is not None:
        raise BadDefault(f"sql: {why}")
    return text.strip()


def _one_of(value: Any, values: tuple[str, ...]) -> str:
    text = str(value) if not isinstance(value, bool) else ""
    if isinstance(value, (dict, list)) or text not in values:
        raise BadDefault(f"the default {_shown(value)} is none of the enum's values: {', '.join(values)}")
    return literal(text)


def _shown(value: Any) -> str:
    return (
        ("true" if value else "false")
        if isinstance(value, bool)
        else repr(value)
        if isinstance(value, str)
        else str(value)
    )


def _unfit(value: Any, column_type: str) -> BadDefault:
    return BadDefault(f"the default {_shown(value)} does not fit {types.written(column_type)}")


def _number(value: Any, column_type: str) -> str:
    if isinstance(value, (bool, dict, list)):
        raise _unfit(value, column_type)
    try:
        number = Decimal(value.strip() if isinstance(value, str) else value)
    except InvalidOperation:
        raise _unfit(value, column_type) from None
    if not number.is_finite() or abs(number.adjusted()) > 1000:
        raise _unfit(value, column_type)
    text = format(number, "f").removeprefix("+")
    size = re.search(r"\((\d+),(-?\d+)\)", column_type)
    if size is not None:
        precision, scale = int(size[1]), int(size[2])
        if number != round(number, scale) or abs(number) >= Decimal(10) ** (precision - scale):
            raise _unfit(value, column_type)
    return text


def _integer(value: Any, column_type: str) -> str:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if isinstance(value, Decimal) and abs(value.adjusted()) < 40 and value == int(value):
        value, whole = int(value), True
    if not whole and not (isinstance(value, str) and _WHOLE.match(value.strip())):
        raise _unfit(value, column_type)
    limit = 2 ** _RANGES[types.base(column_type)]
    if not -limit <= int(value) < limit:
        raise _unfit(value, column_type)
    return str(int(value))


def _boolean(value: Any, column_type: str) -> str:
    word = str(value).strip().lower() if isinstance(value, (bool, str)) else None
    if word in _TRUE:
        return "true"
    if word in _FALSE:
        return "false"
    raise _unfit(value, column_type)


def _text(value: Any, column_type: str) -> str:
    if isinstance(value, (bool, dict, list)):
        raise _unfit(value, column_type)
    text = value if isinstance(value, str) else format(value, "f" if isinstance(value, Decimal) else "d")
    size = re.search(r"\((\d+)\)", column_type)
    if size is not None and len(text) > int(size[1]):
        raise BadDefault(f"the default {_shown(value)} is longer than {types.written(column_type)} holds")
    return literal(text)


def _json(value: Any, _column_type: str) -> str:
    if isinstance(value, str):
        try:
            json.loads(value, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise BadDefault(f"the default {_shown(value)} is no JSON") from None
        return literal(value.strip())
    return literal(json.dumps(value, ensure_ascii=False, sort_keys=True, default=float))


def _refuse(word: str) -> None:
    raise ValueError(word)


def _parsed(parse: Callable[[str], Any], *words: str) -> Callable[[Any, str], str]:
    def check(value: Any, column_type: str) -> str:
        try:
            if not isinstance(value, str):
                raise ValueError
            if value.strip().lower() not in words:
                parse(value.strip())
        except ValueError:
            raise _unfit(value, column_type) from None
        return literal(value.strip())

    return check


def _match(pattern: re.Pattern[str]) -> Callable[[str], Any]:
    def check(text: str) -> None:
        if not pattern.match(text):
            raise ValueError

    return check


def _address(text: str) -> None:
    import ipaddress

    ipaddress.ip_interface(text)


def _any(value: Any, column_type: str) -> str:
    if isinstance(value, (dict, list)):
        raise _unfit(value, column_type)
    if isinstance(value, bool):
        return literal("true" if value else "false")
    return literal(
        value if isinstance(value, str) else format(value, "f" if isinstance(value, Decimal) else "d")
    )


def _array(value: Any, column_type: str, values: tuple[str, ...] | None) -> str:
    if isinstance(value, str):
        text = value.strip()
        if not (text.startswith("{") and text.endswith("}")):
            raise _unfit(value, column_type)
        return literal(text)
    if not isinstance(value, list):
        raise _unfit(value, column_type)
    items = []
    for item in value:
        default_sql(item, types.element(column_type), values)
        items.append(_item(item))
    return literal("{" + ",".join(items) + "}")


def _item(item: Any) -> str:
    if item is None:
        return "NULL"
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, (dict, list)):
        item = json.dumps(item, ensure_ascii=False, sort_keys=True, default=float)
    text = item if isinstance(item, str) else format(item, "f" if isinstance(item, Decimal) else "d")
    if re.fullmatch(r"[A-Za-z0-9_.+-]+", text) and text.lower() != "null":
        return str(text)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_KINDS: dict[str, Callable[[Any, str], str]] = {
    **dict.fromkeys(_RANGES, _integer),
    **dict.fromkeys(_NUMBERS, _number),
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(("json", "jsonb"), _json),
    **dict.fromkeys(_STAMPS, _parsed(datetime.fromisoformat, "infinity", "-infinity", "epoch")),
    **dict.fromkeys(_TIMES, _parsed(time.fromisoformat)),
    "date": _parsed(date.fromisoformat, "infinity", "-infinity", "epoch"),
    "boolean": _boolean,
    "uuid": _parsed(_match(_UUID)),
    "point": _parsed(_match(_POINT)),
    "inet": _parsed(_address),
    "cidr": _parsed(_address),
}
