"""What pg_dump says about `public`, as a sorted list of statements that two databases can be compared by."""

from __future__ import annotations

import re
import subprocess

from dbgen.database.embedded import tool

_NOISE = re.compile(r"(?:--|SET |SELECT pg_catalog\.set_config|\\).*")
_TABLE = re.compile(r"(CREATE TABLE .*? \(\n)(.*)(\n\).*)", re.DOTALL)
# Names that PostgreSQL makes up and that a rename leaves as they were.
_NOT_NULL = re.compile(r"CONSTRAINT (?:\"(?:[^\"]|\"\")+\"|\S+) NOT NULL")
_SEQUENCE = re.compile(r"SEQUENCE NAME .*")


def dump(url: str) -> list[str]:
    """The statements of `pg_dump -s`, columns sorted."""
    words = [str(tool("pg_dump")), "--schema-only", "--schema=public", f"--dbname={url}"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if not _NOISE.match(line)]
    parts = re.split(r";\n\n+", "\n".join(lines))
    return sorted(_plain(part.strip()) for part in parts if part.strip())


def _plain(statement: str) -> str:
    text = _SEQUENCE.sub("SEQUENCE NAME", _NOT_NULL.sub("NOT NULL", statement))
    table = _TABLE.fullmatch(text)
    if table is None:
        return text
    columns = sorted(line.removesuffix(",") for line in table[2].split("\n"))
    return "\n".join((table[1].rstrip(), *columns, table[3].lstrip()))
