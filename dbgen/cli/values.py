"""Numbers of the command line, read strictly: a wrong one is an error of the contract, not of the parser."""

from __future__ import annotations

from datetime import date

from dbgen.errors import InputError

_DIGITS = 9  # PostgreSQL's integer holds any number of nine digits


def iteration(text: str | None, *, lowest: int = 1) -> int | None:
    """An iteration's number; None where none was given.

    Raises `InputError` INVALID_ITERATION when it is no whole number from `lowest` up.
    """
    if text is None:
        return None
    number = _whole(text)
    if number is None or number < lowest:
        raise InputError(
            "INVALID_ITERATION",
            f"Iteration {text!r} cannot be applied: it is no whole number from {lowest} up",
            hint="Iterations are counted 1, 2, 3, …; `dbgen status` says which one is current.",
            details={"given": text},
        )
    return number


def count(text: str | None, option: str) -> int | None:
    """A number from 1 up; None where none was given. Raises `InputError` INPUT_INVALID for anything else."""
    if text is None:
        return None
    number = _whole(text)
    if number is None or number < 1:
        raise InputError("INPUT_INVALID", f"{option} {text!r} is no whole number from 1 up")
    return number


def day(text: str | None) -> date | None:
    """A day; None where none was given. Raises `InputError` INPUT_INVALID for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("INPUT_INVALID", f"--before {text!r} is no day", hint="As in 2026-01-31.") from None


def _whole(text: str) -> int | None:
    fits = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    return int(text) if fits else None
