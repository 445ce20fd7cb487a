"""includeConstraints: CHECKs from what the inputs say of a field's values.

Limits are judged where the field is read and kept with the module's request, so that the rule can be turned
on when only another module is renewed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from dbgen.inputs.defaults import BadDefault, default_sql
from dbgen.inputs.limits import Limit
from dbgen.inputs.patterns import BadPattern, Untranslatable, translate
from dbgen.inputs.words import text_problem
from dbgen.model import types
from dbgen.model.requests import FieldRequest, Limits, Rules
from dbgen.model.schema import Check
from dbgen.names import derived, snake_case
from dbgen.sql import ident, literal
from dbgen.values import replace

_NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"})
_STAMPS = frozenset({"timestamp with time zone", "timestamp without time zone"})
_TIMES = _STAMPS | {"date", "time without time zone", "time with time zone"}
_TEXTS = frozenset({"text", "character varying", "character", "citext"})
_LENGTHS = ("minLength", "maxLength", "length")
#: How a limit compares, by its attribute.
_SIGNS = {"min": ">=", "max": "<=", "min_length": ">=", "max_length": "<=", "length": "="}
_TURNED = {">=": "<=", "<=": ">="}


class BadLimit(ValueError):
    """A limit does not fit its field; the message says why."""


class LeftOut(ValueError):
    """A limit that no CHECK can say; the message says why."""


def check_name(table: str, column: str, rule: str) -> str:
    """What a rule's CHECK is called; `rule` in snake_case."""
    return derived(f"ck_{table}_{column}_{rule}")


def limits_of(
    said: tuple[Limit, ...], kind: str, enum: bool, report: Callable[[Limit, ValueError], None]
) -> Limits | None:
    """The limits of a field of a type, judged; `report` hears of each that is wrong or left out."""
    found: dict[str, tuple[Any, ...]] = {}
    for limit in said:
        if enum and limit.rule == "maxLength":
            continue
        name = snake_case(limit.rule)
        try:
            more = {**found, name: (*found.get(name, ()), _operand(limit, kind, enum))}
            _contradiction(more, kind)
            found = more
        except (BadLimit, LeftOut) as error:
            report(limit, error)
    patterns = tuple(sorted(found.pop("pattern", ())))
    kept = {name: tuple(one for one in own if not _ensured(kind, name, one)) for name, own in found.items()}
    limits = Limits(**kept, patterns=patterns)
    return None if limits == Limits() else limits


def united(one: Limits | None, other: Limits | None) -> Limits | None:
    """What two modules say of one column: all of it holds."""
    if one is None or other is None or one == other:
        return one or other
    both = {
        name: tuple(sorted({*getattr(one, name), *getattr(other, name)})) for name in (*_SIGNS, "patterns")
    }
    return replace(one, **both)


def checks_of(table: str, wish: FieldRequest, rules: Rules) -> Iterable[Check]:
    """The CHECKs of a column under the rules."""
    column = wish.column.name
    listed = rules.include_constraints or rules.enum_style == "check"
    if wish.values and listed and types.known(wish.column.type):
        yield Check(check_name(table, column, "enum"), _one_of(wish), (column,))
    if not rules.include_constraints or wish.limits is None:
        return
    for name, sign in _SIGNS.items():
        parts = [_compared(wish, sign, one) for one in getattr(wish.limits, name)]
        if parts:
            yield Check(check_name(table, column, name), " AND ".join(parts), (column,))
    matched = [f"{ident(column)} ~ {literal(one)}" for one in _translated(wish.limits.patterns)]
    if matched:
        yield Check(check_name(table, column, "pattern"), " AND ".join(matched), (column,))


def _one_of(wish: FieldRequest) -> str:
    listed = ", ".join(literal(value) for value in wish.values)
    if types.is_array(wish.column.type):
        return f"{ident(wish.column.name)} <@ ARRAY[{listed}]::character varying[]"
    return f"{ident(wish.column.name)} IN ({listed})"


def _compared(wish: FieldRequest, sign: str, operand: str | int) -> str:
    column = ident(wish.column.name)
    if isinstance(operand, int):
        return f"char_length({column}) {sign} {operand}"
    if types.is_array(wish.column.type):
        return f"{operand} {_TURNED[sign]} ALL ({column})"
    return f"{column} {sign} {operand}"


def _ensured(kind: str, name: str, operand: str | int) -> bool:
    """Whether the type, or any text, keeps the limit by itself."""
    width = _width(kind)
    if name == "max_length":
        return width is not None and isinstance(operand, int) and width <= operand
    return name == "min_length" and operand == 0


def _width(kind: str) -> int | None:
    inside = kind.partition("(")[2].partition(")")[0]
    return int(inside) if types.base(kind) in _TEXTS and inside.isdigit() else None


def _translated(patterns: Iterable[str]) -> Iterable[str]:
    """Those that this version can say; the others were reported when they were read."""
    for pattern in patterns:
        try:
            yield translate(pattern)
        except (BadPattern, Untranslatable):
            continue


def _operand(limit: Limit, kind: str, enum: bool) -> Any:
    """The value of a limit as a CHECK has it: SQL, a number of characters, or a pattern as it is written."""
    base, array = types.base(kind), types.is_array(kind)
    if enum:
        raise LeftOut("an enum's values are listed; no other CHECK is made")
    fitting = _TEXTS if limit.rule in (*_LENGTHS, "pattern") else _NUMBERS | _TIMES
    if base not in fitting:
        expected = "texts" if fitting is _TEXTS else "numbers, dates and times"
        raise BadLimit(f"it is for {expected}, and the field is {types.written(kind)}")
    if (
        array
        and fitting is _TEXTS
        and not (limit.rule == "maxLength" and _ensured(kind, "max_length", _characters(limit)))
    ):
        raise LeftOut("no CHECK can look at each text of an array")
    if limit.rule in _LENGTHS:
        return _characters(limit)
    return _pattern(limit.value) if limit.rule == "pattern" else _bound(limit.value, base)


def _characters(limit: Limit) -> int:
    value = limit.value
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadLimit("expected a whole number")
    return value


def _bound(value: Any, base: str) -> str:
    try:
        sql = default_sql(value, "numeric" if base in _NUMBERS else base)
    except BadDefault:
        sql = None
    plain = (
        sql is not None and not isinstance(value, (dict, list)) and (base in _NUMBERS or sql.startswith("'"))
    )
    if sql is None or not plain:
        raise BadLimit(f"expected {'a number' if base in _NUMBERS else 'a date or time'}, found {value}")
    if base == "timestamp with time zone":
        return _with_zone(str(value).strip())
    # A number as it is written is numeric, which is not what 0.1 is in a real.
    return f"{sql}::{types.written(base)}" if base in ("real", "double precision") else sql


def _with_zone(text: str) -> str:
    """The moment said in full: without a zone it would be the server's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return literal(text)
    return literal(moment.replace(tzinfo=moment.tzinfo or UTC).isoformat())


def _pattern(value: Any) -> str:
    if not isinstance(value, str):
        raise BadLimit("expected a pattern, a text")
    why = text_problem(value)
    if why is not None:
        raise BadLimit(f"the pattern {why}")
    try:
        translate(value)
    except BadPattern as error:
        raise BadLimit(f"{value} is no pattern of JavaScript: {error}") from None
    except Untranslatable as error:
        raise LeftOut(f"PostgreSQL has nothing that matches the same as {error}") from None
    return value


def _contradiction(found: Mapping[str, tuple[Any, ...]], kind: str) -> None:
    """Raises `BadLimit` where no value can keep all limits."""
    low, high = (next(iter(found.get(name, ())), None) for name in ("min", "max"))
    if low is not None and high is not None and _rank(low) > _rank(high):
        raise BadLimit(f"the least, {low}, is above the most, {high}")
    width = _width(kind)
    longest = min(
        [*found.get("max_length", ()), *found.get("length", ()), *([width] if width else [])], default=None
    )
    shortest = max([*found.get("min_length", ()), *found.get("length", ())], default=0)
    if longest is not None and shortest > longest:
        raise BadLimit(f"at least {shortest} characters, and at most {longest}: no text can be both")


def _rank(operand: str) -> Any:
    """What two operands of one type compare by."""
    bare = operand.partition("::")[0]
    return bare.strip("'") if bare.startswith("'") else Decimal(bare)
