"""Identifier rules: case, plurals, 63 bytes, derived names."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

#: PostgreSQL cuts identifiers at NAMEDATALEN - 1 bytes.
MAX_BYTES = 63

_WORD_BREAK = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
#: JSON can spell them alone, and UTF-8 cannot.
_HALVES = re.compile("[\ud800-\udfff]")
_SEPARATORS = re.compile(r"[\s\-.]+")


@lru_cache(maxsize=65536)
def snake_case(name: str) -> str:
    """`addressLine2` → `address_line2`, `AccountID` → `account_id`, `HTMLBody` → `html_body`.

    White space, hyphens and dots part words; every other character is kept.
    """
    parted = _SEPARATORS.sub("_", name.strip())
    return re.sub(r"_{2,}", "_", _WORD_BREAK.sub("_", parted)).lower() if parted.strip("_") else parted


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """What two spellings of one name share: `account_id`, `accountId`, `AccountId` → `accountid`."""
    return snake_case(name).replace("_", "")


@lru_cache(maxsize=65536)
def plural(name: str) -> str:
    """The plural of a snake_case name's last word: `sales_person` → `sales_people`."""
    import inflection

    head, _, last = name.rpartition("_")
    return f"{head}_{inflection.pluralize(last)}" if head else str(inflection.pluralize(last))


def styled(name: str, style: str) -> str:
    """A snake_case name in `camelCase` or `PascalCase`; in any other style as it is."""
    if style not in ("camelCase", "PascalCase"):
        return name
    head, *rest = name.split("_")
    first = head if style == "camelCase" else head[:1].upper() + head[1:]
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def table_name(entity: str) -> str:
    """The table of an entity that names none: `SalesOrder` → `sales_orders`."""
    return plural(snake_case(entity))


def fits(name: str) -> bool:
    """Whether PostgreSQL keeps the name whole."""
    return len(name.encode()) <= MAX_BYTES


@lru_cache(maxsize=65536)
def refusal(name: str) -> str | None:
    """Why PostgreSQL cannot take this as an identifier, or None."""
    if not name or not name.strip():
        return "is empty"
    if not name.isascii() and _HALVES.search(name):
        return "holds half of a surrogate pair"
    if not fits(name):
        return f"is {len(name.encode())} bytes long; PostgreSQL keeps {MAX_BYTES}"
    if _CONTROLS.search(name):
        return "holds a control character"
    return None


def derived(name: str) -> str:
    """A name made from others, cut to 63 bytes with a hash of the whole, so that two never meet."""
    if fits(name):
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    head = name.encode()[: MAX_BYTES - len(digest) - 1].decode(errors="ignore")
    return f"{head}_{digest}"


def from_pattern(pattern: str, table: str, columns: tuple[str, ...]) -> str:
    """A derived name from a pattern with `{table}` and `{column}` (columns joined by `_`)."""
    return derived(pattern.replace("{table}", table).replace("{column}", "_".join(columns)))
