"""dbgen as a process of its own, at a terminal or without, with a command in the place of a real one."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_START = "from dbgen.cli.main import main; main()"


def environment(**others: str) -> dict[str, str]:
    """Little of this process's environment, so that results are the same everywhere."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "LANG": "C.UTF-8", **others}


def program(prelude: str, *arguments: str) -> list[str]:
    """Python that runs the prelude, in which commands can be replaced, and then dbgen."""
    return [sys.executable, "-c", f"{prelude}\n{_START}", *arguments]


def dbgen(
    *arguments: str,
    prelude: str = "",
    cwd: Path = ROOT,
    variables: Mapping[str, str] | None = None,
    out: IO[bytes] | int = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """Runs it to its end, nobody at a terminal."""
    return subprocess.run(
        program(prelude, *arguments),
        cwd=cwd,
        env=environment(**(variables or {})),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )


class Person:
    """Someone at a terminal of 80 columns."""

    def __init__(
        self,
        *arguments: str,
        prelude: str = "",
        cwd: Path = ROOT,
        variables: Mapping[str, str] | None = None,
        columns: int = 80,
    ) -> None:
        self._seen = b""
        words = program(prelude, *arguments)
        values = environment(**(variables or {}))
        self.process, self._terminal = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            os.chdir(cwd)
            os.execvpe(words[0], words, values)

    @property
    def raw(self) -> str:
        """All that was shown, with its colours."""
        return self._seen.decode(errors="replace").replace("\r\n", "\n")

    @property
    def seen(self) -> str:
        """All that was shown."""
        return _ESCAPES.sub("", self.raw)

    def waits_for(self, text: str) -> None:
        """Reads until the text is there."""
        until = time.monotonic() + 30
        while text not in self.seen:
            assert time.monotonic() < until, self.seen
            assert self._read(1.0), f"ended before {text!r}: {self.seen}"

    def types(self, text: str) -> None:
        """Types it; the answer's line end has to be in it."""
        os.write(self._terminal, text.encode())

    def leaves(self) -> int:
        """Reads to the end; gives the exit status."""
        until = time.monotonic() + 30
        while self._read(1.0):
            assert time.monotonic() < until, self.seen
        _, status = os.waitpid(self.process, 0)
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(status)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # Linux says EIO when the other end is closed
            return False
        self._seen += data
        return bool(data)
