"""The quick `dataclass` makes what the standard library's makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any, ClassVar

import pytest

from dbgen import values

MAKERS = {"standard": dataclasses.dataclass, "own": values.dataclass}


@values.dataclass(frozen=True, slots=True)
class Kept:
    """At the module's top, so that pickle finds it."""

    name: str
    lengths: tuple[int, ...] = ()


def _frozen(maker: Any) -> Any:
    @maker(frozen=True, slots=True)
    class Value:
        kind: ClassVar[str] = "value"
        name: str
        size: int = 3
        items: list[int] = dataclasses.field(default_factory=list)
        place: int = dataclasses.field(default=0, compare=False)
        secret: str = dataclasses.field(default="x", repr=False)
        last: int = dataclasses.field(default=7, kw_only=True)

        def __post_init__(self) -> None:
            object.__setattr__(self, "name", self.name.strip())

    return Value


def _made(kind: Any, *words: Any) -> Any:
    return kind(*words)


def _seen(act: Any) -> Any:
    try:
        return act()
    except (TypeError, AttributeError) as error:
        return type(error)


def _facts(kind: Any) -> list[Any]:
    one, same, other = kind(" a "), kind("a", place=9), kind("a", 4, [1], last=8)
    return [
        [getattr(other, field.name) for field in dataclasses.fields(kind)],
        repr(one),
        repr(other),
        (one == same, one == other, one == "a", one != same),
        kind("a", items=()).__hash__() == kind("a", items=(), place=1).__hash__(),
        one.items is same.items,
        dataclasses.replace(other, name="b") == kind("b", 4, [1], last=8),
        values.replace(other, name="b") == kind("b", 4, [1], last=8),
        _seen(lambda: values.replace(other, unknown=1)),
        copy.deepcopy(other) == other,
        kind.__match_args__,
        hasattr(one, "__dict__"),
        kind.kind,
        _seen(lambda: setattr(one, "name", "b")),
        _seen(lambda: delattr(one, "name")),
        _seen(lambda: hash(one)),
        _seen(kind),
        _seen(lambda: kind("a", 1, [], 2, "", 3)),
        _seen(lambda: kind("a", unknown=1)),
    ]


def test_frozen_values_are_as_the_standard_ones() -> None:
    assert _facts(_frozen(values.dataclass)) == _facts(_frozen(dataclasses.dataclass))


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_what_is_not_frozen_changes_and_has_no_hash(maker: Any) -> None:
    @maker(slots=True)
    class Draft:
        names: dict[str, int] = dataclasses.field(default_factory=dict)

    one = _made(Draft)
    one.names = {"a": 1}
    assert one == _made(Draft, {"a": 1}) != _made(Draft)
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_a_class_of_another_name_is_another_value(maker: Any) -> None:
    @maker(frozen=True, slots=True)
    class Base:
        name: str

        def __hash__(self) -> int:
            return 5

    @maker(frozen=True, slots=True)
    class Derived(Base):
        size: int = 1

    base, derived = _made(Base, "a"), _made(Derived, "a")
    assert base != derived
    assert repr(derived).endswith("Derived(name='a', size=1)")
    assert hash(base) == 5
    assert hash(derived) == hash(("a", 1))


def test_values_are_pickled() -> None:
    assert pickle.loads(pickle.dumps(Kept("a", (1, 2)))) == Kept("a", (1, 2))


def test_a_value_of_many_fields_is_like_others() -> None:
    made = []
    for maker in MAKERS.values():
        fields = [(f"field_{number}", int, dataclasses.field(default=number)) for number in range(12)]
        space = {name: default for name, _, default in fields}
        kind = type("Wide", (), {"__annotations__": {name: shape for name, shape, _ in fields}, **space})
        wide: Any = maker(frozen=True, slots=True)(kind)
        value = wide(7, field_3=9)
        assert type(value) is wide
        assert value == wide(7, field_3=9) != wide()
        for name in ("field_0", "other"):
            with pytest.raises((dataclasses.FrozenInstanceError, TypeError, AttributeError)):
                setattr(value, name, 1)
        made.append((repr(value), hash(value)))
    assert made[0] == made[1]
