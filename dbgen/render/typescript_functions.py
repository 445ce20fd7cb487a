"""Functions as clients of the Data API call them, by the rules of `supabase gen types`.

PostgREST calls by the names of arguments, or with one argument that has none; of functions that a call cannot
tell apart it refuses all (https://docs.postgrest.org/en/stable/references/api/functions.html). A function of
one row of a table is a computed field of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dbgen.model.described import Argument, Described, Function
from dbgen.render.collation import sort_key
from dbgen.render.typescript_layout import Object, key
from dbgen.render.typescript_names import Names
from dbgen.render.typescript_types import text
from dbgen.values import dataclass

#: Types of the one argument without a name that a call's body may be: json, jsonb, text.
_BODIES = frozenset((114, 3802, 25))
_NOTHING = "Record<PropertyKey, never>"
_RENAME = (
    "Try renaming the parameters or the function itself in the database so function overloading can be "
    "resolved"
)


@dataclass(frozen=True, slots=True)
class Callable:
    """The functions of one name. `computed`: the field that they are, by relation."""

    name: str
    overloads: tuple[Object, ...]
    computed: Mapping[int, Object | str]


def callables(described: Described, names: Names) -> tuple[Callable, ...]:
    """All that can be called, by name."""
    found: dict[str, list[Function]] = {}
    for function in described.functions:
        if _is_callable(function, names):
            found.setdefault(function.name, []).append(function)
    writer = _Writer(described.schema, names)
    ordered = sorted(found.items(), key=lambda item: sort_key(item[0]))
    return tuple(writer.all(name, sorted(functions, key=_place)) for name, functions in ordered)


def _place(function: Function) -> tuple[object, ...]:
    return sort_key(function.signature), sort_key(function.result), function.oid


def _given(function: Function) -> list[Argument]:
    return [argument for argument in function.arguments if argument.goes_in]


def _is_callable(function: Function, names: Names) -> bool:
    given = _given(function)
    if all(a.name or (a.has_default and a.type in _BODIES) for a in given):
        return True
    if not any(a.name == "" for a in given):
        return True
    return len(given) == 1 and (given[0].type in _BODIES or _row_of(given[0].type, names) is not None)


def _row_of(kind: int, names: Names) -> int | None:
    """The relation, or composite type, whose rows the type is."""
    found = names.types.get(kind)
    return found.relation if found else None


class _Writer:
    """Writes functions of one schema."""

    def __init__(self, schema: str, names: Names) -> None:
        self._schema = schema
        self._names = names

    def all(self, name: str, functions: Sequence[Function]) -> Callable:
        """The functions of one name, in order."""
        computed: dict[int, Object | str] = {}
        for function in functions:
            relation = self._computed_field_of(function)
            if relation is not None:
                computed.setdefault(relation, self._returned(function))
        return Callable(name, tuple(self._overload(one, functions) for one in functions), computed)

    def _computed_field_of(self, function: Function) -> int | None:
        given = _given(function)
        oid = _row_of(given[0].type, self._names) if len(given) == 1 else None
        relation = self._names.relations.get(oid) if oid else None
        if relation is None or any(column.name == function.name for column in relation.columns):
            return None
        return relation.oid

    def _overload(self, function: Function, functions: Sequence[Function]) -> Object:
        given = sorted(_given(function), key=lambda argument: sort_key(argument.name))
        arguments: Object | str = Object(tuple(map(self._argument, given))) if given else _NOTHING
        fields: list[tuple[str, Object | str]] = [("Args", arguments)]
        error = self._error(function, functions)
        options = self._options(function)
        if error is not None:
            fields.append(("Returns", f"{{ error: true }} & {text(error)}"))
        else:
            single = options is not None and ("isOneToOne", "true") in options.fields
            many = function.returns_set and not single
            fields.append(
                ("Returns", _repeated(self._returned(function)) if many else self._returned(function))
            )
        return Object((*fields, *([("SetofOptions", options)] if options else [])))

    def _argument(self, argument: Argument) -> tuple[str, str]:
        kind = self._names.numbered(argument.type)
        found = self._names.types.get(argument.type)
        place = self._names.place(found.name) if found and argument.name else None
        if place and kind == f'{place}["Row"]':
            kind = f'Omit<{kind}, {place}["ComputedFields"]>'
        return f"{key(argument.name)}{'?' * argument.has_default}", kind

    def _returned(self, function: Function) -> Object | str:
        """What one result is: columns, a row of a relation, or a value."""
        columns = [a for a in function.arguments if a.mode == "t"]
        if columns:
            ordered = sorted(columns, key=lambda column: sort_key(column.name))
            return Object(tuple((key(c.name), self._names.numbered(c.type)) for c in ordered), open=True)
        oid = function.result_relation
        relation = self._names.relations.get(oid) if oid else None
        if relation is None:
            return self._names.numbered(function.result_type)
        fields = sorted(relation.columns, key=lambda column: sort_key(column.name))
        return Object(tuple((key(c.name), self._names.column(c)) for c in fields), open=True)

    def _options(self, function: Function) -> Object | None:
        """What a client may go on with, where the function gives rows of something."""
        target = self._target(function)
        if target is None:
            return None
        only = function.arguments[0] if len(function.arguments) == 1 else None
        source = self._names.types.get(only.type) if only else None
        row = source if source and source.relation else None
        one = (row is not None and not function.returns_set) or not (function.rows or 0) > 1
        fields = {
            "from": text(row.shown if row else "*"),
            "to": text(target),
            "isOneToOne": "true" if one else "false",
            "isSetofReturn": "true" if function.returns_set else "false",
        }
        return Object(tuple(fields.items()), open=True)

    def _target(self, function: Function) -> str | None:
        if function.result_relation is None:
            return None
        relation = self._names.relations.get(function.result_relation)
        found = self._names.types.get(function.result_type)
        named = found.name if found and found.relation else None
        return relation.name if relation else named

    def _error(self, function: Function, functions: Sequence[Function]) -> str | None:
        """Why PostgREST refuses a call."""
        given = _given(function)
        others = [one for one in functions if one is not function]
        name = f"{self._schema}.{function.name}"
        if not given:
            for other in others:
                theirs = _given(other)
                if len(theirs) == 1 and theirs[0].name == "" and theirs[0].has_default:
                    return _cannot_choose([f"{name}()", f"{name}( => {self._bare(other.result_type)})"])
        if len(given) != 1:
            return None
        if given[0].name:
            rivals = [one for one in others if _rivals(given[0], _given(one))]
            ordered = sorted((function, *rivals), key=lambda one: _given(one)[0].type)
            calls = [f"{name}({given[0].name} => {self._bare(_given(one)[0].type)})" for one in ordered]
            return _cannot_choose(calls) if rivals else None
        if _row_of(given[0].type, self._names) is not None:
            return (
                f"the function {name} with parameter or with a single unnamed json/jsonb parameter, "
                "but no matches were found in the schema cache"
            )
        return None

    def _bare(self, oid: int) -> str:
        found = self._names.types.get(oid)
        return found.name if found else "unknown"


def _rivals(argument: Argument, theirs: Sequence[Argument]) -> bool:
    return len(theirs) == 1 and theirs[0].name == argument.name and theirs[0].type != argument.type


def _cannot_choose(calls: Iterable[str]) -> str:
    return f"Could not choose the best candidate function between: {', '.join(calls)}. {_RENAME}"


def _repeated(kind: Object | str) -> Object | str:
    if isinstance(kind, str):
        return f"({kind})[]" if " | " in kind else f"{kind}[]"
    return Object(kind.fields, kind.open, "[]")
