"""Templates: packed clusters that hold the tables of a schema, and no rows.

A proof ends with the tables of its later schema, found to be what a fresh database has, and the next one
begins with them. A workspace has two at most, beside its cluster.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dbgen import __version__
from dbgen.database.catalog import query
from dbgen.database.cluster import Home, set_up
from dbgen.database.connection import connect
from dbgen.database.embedded import Embedded
from dbgen.database.places import make_directory
from dbgen.errors import WorkError
from dbgen.model.codec import encode
from dbgen.model.schema import Schema
from dbgen.operations.keeper import everything

_AT_MOST = 2
#: Seconds after which a file that is still being written belongs to nobody.
_FORGOTTEN = 3600


def template_of(server: Embedded, schema: Schema) -> Path:
    """The file that the workspace's template with the tables of this schema has, or would have: another one
    for other programs of PostgreSQL or another dbgen.
    """
    said = json.dumps([__version__, server.version(), set_up(), everything(), encode(schema)])
    name = hashlib.sha256(said.encode()).hexdigest()[:32]
    return server.home.directory / "templates" / f"{name}.tar.gz"


@contextmanager
def unpacked(template: Path | None, home: Home) -> Iterator[Path | None]:
    """The cluster in this home, if there is such a template; gives it. One that cannot be unpacked, or whose
    server does not start (WorkError), is removed.
    """
    if template is None or not template.is_file():
        yield None
        return
    make_directory(home.directory)
    command = ["tar", "-xzpf", str(template), "-C", str(home.directory)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, cwd="/", check=False)
    if done.returncode != 0 or not home.exists():
        template.unlink(missing_ok=True)
        shutil.rmtree(home.directory)
        yield None
        return
    os.utime(template)
    try:
        yield template
    except WorkError:
        template.unlink(missing_ok=True)
        raise


def make_room(template: Path) -> None:
    """Make the folder for a template, and leave but the latest beside it."""
    folder = template.parent
    make_directory(folder)
    others = sorted((f for f in folder.glob("*.tar.gz") if f != template), key=_age, reverse=True)
    parts = (f for f in folder.glob("*.tar.gz.*") if time.time() - _age(f) > _FORGOTTEN)
    for file in (*others[_AT_MOST - 1 :], *parts):
        file.unlink(missing_ok=True)


def emptied(admin_url: str) -> None:
    """Takes all rows, and what dbgen kept of any, out of a database. Needs a superuser; raises WorkError."""
    with connect(admin_url) as connection:
        connection.batch(query("empty"))


def _age(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0
