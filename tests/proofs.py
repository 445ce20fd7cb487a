"""Proofs one after the other on one database."""

from __future__ import annotations

from typing import Any

from dbgen.database import proof
from dbgen.database.connection import Connection


def prove(connection: Connection, *given: Any) -> proof.Proof:
    """As the product's, but undone, so that the database is as it was."""
    try:
        return proof.prove(connection, *given)
    finally:
        connection.roll_back()
