"""Frozen dataclasses as plain JSON values and back: a field that equals its default is left out."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from sys import intern
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
#: Reads a value; beside it the objects that were read before, by what was said of them.
Codec = Callable[[Any, dict[Any, Any]], Any]
#: Types of values that stand for themselves; most values are of one.
_PLAIN = frozenset({str, int, bool, float, type(None)})


def encode(value: Any) -> Any:
    """A dataclass as a dict, a tuple as a list, all else as it is."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if not is_dataclass(value):
        return value
    result = {}
    for name, default in _defaults(kind):
        item = getattr(value, name)
        if default is MISSING or item != default:
            result[name] = encode(item)
    return result


def decode(kind: type[T], value: Any) -> T:
    """The reverse of `encode`; equal small objects become one. Raises `ValueError` or `TypeError` where the
    value has another shape.
    """
    shape: Any = kind
    return cast(T, _decoder(shape)(value, {}))


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default) for f in fields(kind))


@cache
def _decoder(kind: Any) -> Codec:
    if is_dataclass(kind):
        return _object(cast(type, kind))
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        if args[-1] is Ellipsis:
            item = _decoder(args[0])
            return lambda value, known: tuple([item(one, known) for one in _expect(list, value)])
        items = [_decoder(arg) for arg in args]
        return lambda value, known: tuple([one(part, known) for one, part in zip(items, value, strict=True)])
    if origin in (Union, types.UnionType):
        (inner,) = [arg for arg in args if arg is not type(None)]
        some = _decoder(inner)
        return lambda value, known: None if value is None else some(value, known)
    return lambda value, _: _expect(kind, value)


def _object(kind: type) -> Codec:
    hints = get_type_hints(kind)
    allowed = {f.name: _kinds(hints[f.name]) for f in fields(kind)}
    nested = {f.name: _decoder(hints[f.name]) for f in fields(kind) if allowed[f.name] is None}

    def read(value: Any, known: dict[Any, Any]) -> Any:
        given = dict(_expect(dict, value))
        for name, item in given.items():
            kinds = allowed.get(name)
            if kinds is not None:
                shape = type(item)
                if shape is str and str in kinds:
                    given[name] = intern(item)
                elif shape not in kinds:
                    _expect(kinds[0], item)
            elif name in nested:
                given[name] = nested[name](item, known)
            else:
                raise ValueError(f"{kind.__name__} has no '{name}'")
        return kind(**given)

    def recognised(value: Any, known: dict[Any, Any]) -> Any:
        # A table's column is its request's column again; 1 and True would be one key without the types.
        said = _expect(dict, value).values()
        key = (kind, *value, *map(type, said), *said)
        found = known.get(key)
        if found is None:
            found = known[key] = read(value, known)
        return found

    return read if nested else recognised


def _kinds(shape: Any) -> tuple[type, ...] | None:
    """The types that a value which stands for itself may have; None for all that is read further."""
    kinds = get_args(shape) if get_origin(shape) in (Union, types.UnionType) else (shape,)
    return kinds if _PLAIN.issuperset(kinds) else None


def _expect(kind: Any, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value
