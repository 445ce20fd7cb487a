"""System calls of a run, counted and struck from outside by strace's injection of signals."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.faults.ground import Place, Work, variables

#: All that write; the rest only read, or make a file that a later one of these fills.
CALLS = (
    "write writev pwrite64 pwritev rename renameat renameat2 fsync fdatasync unlink unlinkat rmdir mkdir "
    "mkdirat ftruncate sendto sendmsg"
).split()
_LINE = re.compile(r"(\d+) +(\w+)\(")


@dataclass(frozen=True, slots=True)
class Moment:
    """The `number`th call of this kind, in the main thread or in the first other thread that makes one.

    strace counts calls for each thread, so a thread other than the main one is struck only where it is the
    first to come so far: that is the one that opens the first connection.
    """

    call: str
    number: int
    main: bool = True


def moments(work: Work, place: Place) -> list[Moment]:
    """All moments of an undisturbed run, in order."""
    with tempfile.NamedTemporaryFile("r") as log:
        done = _traced(["-f", "-o", log.name, "-e", f"trace={','.join(CALLS)}"], work, place)
        assert done.returncode == 0, done.stdout
        found = [match.groups() for line in log if (match := _LINE.match(line))]
    main = found[0][0]
    other = next((thread for thread, _ in found if thread != main), None)
    counted: Counter[tuple[str, str]] = Counter()
    result = []
    for thread, call in found:
        counted[thread, call] += 1
        number = counted[thread, call]
        if thread == main or (thread == other and counted[main, call] < number):
            result.append(Moment(call, number, thread == main))
    return result


def struck(work: Work, place: Place, moment: Moment, signal: str) -> subprocess.CompletedProcess[str]:
    """The run with the signal at that moment, before the call is made."""
    follow = [] if moment.main else ["-f"]
    inject = f"inject={moment.call}:signal={signal}:when={moment.number}"
    words = [*follow, "-o", "/dev/null", "-e", f"trace={moment.call}", "-e", inject]
    return _traced(words, work, place)


def _traced(options: list[str], work: Work, place: Place) -> subprocess.CompletedProcess[str]:
    words = ["strace", *options, *place.words(*work.words())]
    return subprocess.run(
        words, cwd=Path(place.root), env=variables(), capture_output=True, text=True, timeout=60, check=False
    )
