"""Runs one program and says what it took. A script of its own, so that the peak memory is the program's:
Linux counts the memory of the process that started it too.
"""

import json
import os
import subprocess
import sys
import time


def main() -> None:
    """`child.py REPORT WORD…`: the figures of the words' process go to the file REPORT, as JSON."""
    report, words = sys.argv[1], sys.argv[2:]
    begun = time.monotonic()
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    figures = {
        "wall": time.monotonic() - begun,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "status": os.waitstatus_to_exitcode(status),
    }
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be counted too
        json.dump(figures, file)


if __name__ == "__main__":
    main()
