"""Runs one program and says what it took. A script of its own, so that the peak memory is the program's:
Linux counts the memory of the process that started it too, and that of servers which it started and ended.
"""

import json
import os
import subprocess
import sys
import threading
import time

#: The peak of the process itself, as /proc last had it; 0 where there is no such thing.
SEEN = [0]


def watch(number: int) -> None:
    """Looks at the process's own peak, hundred times a second, until it is gone."""
    while True:
        try:
            with open(f"/proc/{number}/status", encoding="ascii") as file:  # noqa: PTH123 - as below
                found = [line for line in file if line.startswith("VmHWM")]
        except OSError:
            return
        if not found:
            return
        SEEN.append(int(found[0].split()[1]) * 1024)
        time.sleep(0.01)


def main() -> None:
    """`child.py REPORT WORD…`: the figures of the words' process go to the file REPORT, as JSON."""
    report, words = sys.argv[1], sys.argv[2:]
    begun = time.monotonic()
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL)
    peak = threading.Thread(target=watch, args=(process.pid,), daemon=True)
    peak.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    peak.join()
    figures = {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": SEEN[-1] or usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "status": os.waitstatus_to_exitcode(status),
    }
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be counted too
        json.dump(figures, file)


if __name__ == "__main__":
    main()
