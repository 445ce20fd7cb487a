"""What of `.pipeline/database/` belongs to one machine and stays out of version control."""

from __future__ import annotations

from dbgen.workspace.files import guarded, write_whole
from dbgen.workspace.paths import Layout

#: History is left out as well: version control keeps what was committed, the ledger keeps the rest.
IGNORED = """\
# What stands here belongs to this machine alone.
/.staging/
/.lock
/.targets.json
/history/
/failed/
/backups/
"""


def ensure_ignored(layout: Layout) -> bool:
    """Writes `.pipeline/database/.gitignore` where there is none; whether it did.

    Raises `WorkError` MIGRATION_FAILED when it cannot be written.
    """
    path = layout.inside(layout.database / ".gitignore")
    if path.exists():
        return False
    with guarded("MIGRATION_FAILED", "Cannot write to the workspace", "run it again", path):
        write_whole(path, IGNORED.encode())
    return True
