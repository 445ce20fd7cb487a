"""Enums as BUSM and the module builder write them."""

from __future__ import annotations

from typing import Any

from dbgen import names
from dbgen.inputs.columntypes import EnumSpec
from dbgen.inputs.fields import enum_values, printable
from dbgen.inputs.problems import Path, Problems, Source, did_you_mean


def read_enum(name: str, raw: Any, source: Source, path: Path, problems: Problems) -> EnumSpec | None:
    """An enum from a list of values, or from a mapping with `values` and `default`."""
    values = enum_values(raw.get("values") if isinstance(raw, dict) else raw, source, path, problems)
    default = raw.get("default") if isinstance(raw, dict) else None
    why = names.refusal(names.snake_case(name))
    if why is not None:
        problems.add(f'The enum name "{printable(name)}" {why}', source, path)
        return None
    if values is None:
        return None
    if default is not None and str(default) not in values:
        problems.add(
            f"The default of {name} is none of its values: {', '.join(values)}",
            source,
            (*path, "default"),
            did_you_mean(str(default), values),
        )
        return None
    return EnumSpec(name, values, None if default is None else str(default))
