"""Bytes on disk: whole files only, flushed before anyone relies on them; texts with LF, whatever git did."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dbgen.errors import InputError, Place, WorkError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_FSYNC = (errno.EINVAL, errno.ENOTSUP)


def encoded(text: str, path: Path) -> bytes:
    """The text as UTF-8.

    Raises `InputError` INPUT_INVALID for half a surrogate pair, which JSON can spell and UTF-8 cannot.
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise InputError(
            "INPUT_INVALID",
            f"{path.name} cannot be written as UTF-8: a text in the inputs holds half a surrogate pair",
            hint="Look for a lone \\ud800 to \\udfff in the inputs.",
        ) from None


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def plain(text: str) -> str:
    """The text with LF for CRLF: a checkout with git's autocrlf is not an edit."""
    return text.replace("\r\n", "\n")


def read_text(path: Path, name: str) -> str:
    """A file that dbgen wrote, as `plain` text; `name` is what messages call it.

    Raises `WorkError` STATE_CORRUPT for a file that is missing, unreadable or not UTF-8.
    """
    try:
        return plain(path.read_bytes().decode())
    except FileNotFoundError:
        raise corrupt(name, "is missing") from None
    except UnicodeDecodeError:
        raise corrupt(name, "is not UTF-8: it was changed after dbgen wrote it") from None
    except OSError as error:
        raise corrupt(name, f"cannot be read: {reason(error)}") from None


def corrupt(name: str, what: str) -> WorkError:
    """STATE_CORRUPT about one artifact."""
    return WorkError(
        "STATE_CORRUPT",
        f"{name} {what}",
        hint="Bring it back from version control, or from the database with `dbgen status --restore`.",
        place=Place(name),
    )


def reason(error: OSError) -> str:
    """What the operating system says, in its words."""
    return (error.strerror or type(error).__name__).lower()


def remedy(error: OSError) -> str:
    """What a person can do about it."""
    if error.errno in _FULL:
        return "Free some space on that disk"
    if error.errno in _DENIED:
        return "Make that place writable for you"
    return "Look at what stands there"


@contextmanager
def guarded(code: str, what: str, after: str, fallback: Path) -> Iterator[None]:
    """Turns an `OSError` of the block into a `WorkError`: `what` opens its message, `after` ends its hint."""
    try:
        yield
    except OSError as error:
        place = error.filename2 or error.filename or fallback
        raise WorkError(
            code, f"{what}: {reason(error)} ({place})", hint=f"{remedy(error)}, then {after}."
        ) from None


def write_flushed(path: Path, data: bytes) -> None:
    """Writes a file and waits until the disk has it. Raises `OSError`."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the folder's entries. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FSYNC:
            raise
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """The folder and those above it, each flushed into the one that holds it. Raises `OSError`."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def move(source: Path, target: Path) -> None:
    """Puts a flushed file in its place in one step, also onto another file system. Raises `OSError`."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_whole(target, source.read_bytes())
        source.unlink()


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that at any moment there is the old one or the new one, whole. Raises `OSError`."""
    make_folder(path.parent)
    beside = path.with_name(f".{path.name}.dbgen-part")
    try:
        write_flushed(beside, data)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def remove_folder(folder: Path) -> None:
    """Removes a folder and all in it, as far as the system lets."""
    shutil.rmtree(folder, ignore_errors=True)
