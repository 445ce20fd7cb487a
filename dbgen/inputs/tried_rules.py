"""Rules that a call tries in the place of the config's: `includeRLS=true`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dbgen import names
from dbgen.errors import InputError
from dbgen.inputs.config_keys import RULES, BadValue
from dbgen.inputs.problems import did_you_mean


def tried_rules(given: Sequence[str]) -> dict[str, Any]:
    """The rules of `NAME=VALUE` texts by attribute, the last one of a name; names in any case style.

    Raises `InputError` CONFIG_INVALID for a name that is no rule, and for a value that it does not take.
    """
    known = {names.key(name): name for name in RULES}
    found: dict[str, Any] = {}
    for text in given:
        left, equals, value = (part.strip() for part in text.partition("="))
        if not equals:
            raise _refused(text, "expected NAME=VALUE", "For example --rule includeRLS=true.")
        name = known.get(names.key(left))
        if name is None:
            raise _refused(text, "there is no such rule", did_you_mean(left, list(RULES)))
        try:
            found[RULES[name].attribute] = RULES[name].read(_plain(value), False)
        except BadValue as error:
            raise _refused(text, str(error), RULES[name].hint) from None
    return found


def _plain(text: str) -> Any:
    """The value as the config's YAML would read it."""
    from dbgen.inputs.yaml_events import core

    return core(text) if text else ""


def _refused(text: str, why: str, hint: str | None) -> InputError:
    return InputError("CONFIG_INVALID", f"--rule {text}: {why}", hint=hint)
