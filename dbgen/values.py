"""`dataclass(frozen=True, slots=True)` as the standard library's, made quickly.

That one compiles six methods for each class as soon as it is imported, which was two fifths of a short run.
Here a class gets methods that all share, and its `__init__` is compiled when its first value is made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:

    def replace(value: Any, /, **changes: Any) -> Any:
        """The value with some fields changed, as `dataclasses.replace` has it."""
        names, fields = _fields(value.__class__)
        return value.__class__(**(dict(zip(names, fields(value), strict=True)) | changes))

    def dataclass(*, frozen: bool = False, slots: Literal[True]) -> Callable[[type], type]:
        """A class decorator; init, repr, equality, hash and freezing as `dataclasses.dataclass` has them.

        Not for classes with InitVar fields, nor with a base or subclass that the standard decorator made.
        """
        plain = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)

        def made(cls: type) -> type:
            cls.__doc__ = cls.__doc__ or cls.__name__  # else the signature is looked up for one
            return _completed(plain(cls), frozen)

        return made


#: From how many fields on an `__init__` that opens its value is faster.
_MANY = 8
_become: Callable[[Any, type], None] = object.__dict__["__class__"].__set__


@cache
def _fields(cls: type[Any]) -> tuple[tuple[str, ...], Callable[[Any], Any]]:
    names = tuple(field.name for field in dataclasses.fields(cls))
    return names, attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, n) for n in names]


def _completed(cls: type[Any], frozen: bool) -> type[Any]:
    fields = dataclasses.fields(cls)
    own = vars(cls)
    methods: dict[str, Any] = {
        "__init__": _first_init(cls),
        "__repr__": _repr(tuple(f.name for f in fields if f.repr)),
        "__eq__": _eq(compared := _values(tuple(f.name for f in fields if f.compare))),
    }
    if frozen:
        methods |= {"__setattr__": _refuse_set, "__delattr__": _refuse_delete}
        methods |= {"__getstate__": _getstate, "__setstate__": _setstate}
    for name, method in methods.items():
        if name not in own:
            setattr(cls, name, method)
    if own.get("__hash__") is None:
        setattr(cls, "__hash__", _hash(compared) if frozen else None)  # noqa: B010  # None is not its type
    return cls


def _values(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """What equality and hash look at: the values of these attributes."""
    return attrgetter(*names) if names else lambda _: ()


def _eq(compared: Callable[[Any], Any]) -> Callable[[Any, object], bool]:
    def __eq__(self: Any, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or bool(compared(self) == compared(other))

    return __eq__


def _hash(compared: Callable[[Any], Any]) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:
        return hash(compared(self))

    return __hash__


def _repr(names: tuple[str, ...]) -> Callable[[Any], str]:
    def __repr__(self: Any) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({said})"

    return __repr__


def _refuse_set(_: object, name: str, __: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(_: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


def _first_init(cls: type[Any]) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        made = _init(cls)
        cls.__init__ = made
        made(self, *args, **kwargs)

    return __init__


def _init(cls: type[Any]) -> Callable[..., None]:
    """`def __init__(self, a, b=default): set_a(self, a); …`, with each slot's own setter.

    A plain assignment costs a fifth of that, so a value of many fields is of an open class meanwhile.
    """
    names: dict[str, Any] = {}
    placed, named, body = ["self"], list[str](), list[str]()
    opened = cls.__bases__ == (object,) and len(dataclasses.fields(cls)) >= _MANY
    if opened:
        names["open_class"] = type("Open", (), {"__slots__": cls.__slots__})
        names["own_class"], names["become"] = cls, _become
        body.append("    become(self, open_class)")
    for field in dataclasses.fields(cls):
        name, value = field.name, field.name
        if field.default_factory is not dataclasses.MISSING:
            names[f"make_{name}"], names["missing"] = field.default_factory, dataclasses.MISSING
            value = f"make_{name}() if {name} is missing else {name}"
        if opened:
            body.append(f"    self.{name} = {value}")
        else:
            names[f"set_{name}"] = _setter(cls, name)
            body.append(f"    set_{name}(self, {value})")
        (named if field.kw_only else placed).append(_parameter(field, names))
    if opened:
        body.append("    self.__class__ = own_class")
    if hasattr(cls, "__post_init__"):
        body.append("    self.__post_init__()")
    parameters = ", ".join([*placed, *(["*"] if named else []), *named])
    text = "\n".join([f"def __init__({parameters}):", *(body or ["    pass"])])
    exec(text, names)
    made: Callable[..., None] = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _setter(cls: type[Any], name: str) -> Callable[[Any, Any], None]:
    """The slot's; `__setattr__` of a frozen value would refuse."""
    setter: Callable[[Any, Any], None] = getattr(cls, name).__set__
    return setter


def _parameter(field: dataclasses.Field[Any], names: dict[str, Any]) -> str:
    if field.default_factory is not dataclasses.MISSING:
        return f"{field.name}=missing"
    if field.default is dataclasses.MISSING:
        return field.name
    names[f"default_{field.name}"] = field.default
    return f"{field.name}=default_{field.name}"
