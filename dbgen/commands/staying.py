"""What a step should have brought back from `dbgen_archive` and could not: said, never passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbgen.errors import WorkError
from dbgen.model.requests import Notice

if TYPE_CHECKING:
    from dbgen.database.connection import Connection

_SHOWN = 3


def what_stayed(connection: Connection, iteration: int, direction: str) -> tuple[Notice, ...]:
    """A warning for each thing that the iteration's step in this direction kept and that is still there after
    the opposite step has run; none where the connection is gone.
    """
    from dbgen.database.archive import staying

    try:
        found = staying(connection, iteration, direction)
    except WorkError:
        # The step is done: a connection that broke at its COMMIT is no failure of it.
        return ()
    took = f"the rollback of iteration {iteration}" if direction == "rollback" else f"iteration {iteration}"
    said = [
        f"{one.what}: what {took} kept did not come back, or not all of it: it stays in "
        f"dbgen_archive.{one.relation}"
        for one in found[:_SHOWN]
    ]
    if len(found) > _SHOWN:
        said.append(f"and {len(found) - _SHOWN} more that {took} kept: see `dbgen archive list`")
    return tuple(Notice(words, code="STAYS_KEPT") for words in said)
