"""Versions: the time in a migration's file name, later than all that are taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from dbgen.errors import InputError

_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def next_version(now: datetime, taken: Iterable[str]) -> str:
    """`now` in UTC as 14 digits or, where that is not later than every taken version, the earliest second
    that is.

    Later means: in both orders of the Supabase CLI, which knows versions as texts of digits of any length
    (`pkg/migration/file.go`) and lists files by name, where `20260102_a.sql` stands after
    `20260102093000_b.sql`. Versions that are no digits it does not see, and neither does this.
    Raises `InputError` INPUT_INVALID when no time is later than what is taken.
    """
    versions = [version for version in taken if version.isascii() and version.isdigit()]
    bound = max(versions, default=""), max((f"{version}_" for version in versions), default="")
    first = now.astimezone(UTC).replace(microsecond=0)
    if _later(first, bound):
        return _text(first)
    if not _later(_END, bound):
        raise InputError(
            "INPUT_INVALID",
            f"No migration can be later than version {bound[0]}",
            hint="Give that migration the time at which it was made.",
        )
    return _text(_earliest_after(first, bound))


def _earliest_after(low: datetime, bound: tuple[str, str]) -> datetime:
    """The first second that is later, between `low`, which is not, and the end of time, which is."""
    behind, ahead = 0, int((_END - low).total_seconds())
    while ahead - behind > 1:
        middle = (behind + ahead) // 2
        if _later(low + middle * _SECOND, bound):
            ahead = middle
        else:
            behind = middle
    return low + ahead * _SECOND


def _later(moment: datetime, bound: tuple[str, str]) -> bool:
    text = _text(moment)
    return text > bound[0] and f"{text}_" > bound[1]


def _text(moment: datetime) -> str:
    return moment.strftime("%Y%m%d%H%M%S")
