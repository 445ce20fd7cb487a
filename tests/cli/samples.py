"""Results as commands give them, for what is shown of them."""

from __future__ import annotations

from dbgen.commands.results import (
    Applied,
    Archived,
    Difference,
    EmbeddedState,
    Generated,
    History,
    HistoryEntry,
    Initialised,
    Kept,
    OperationView,
    RolledBack,
    Status,
    Step,
    Types,
)
from dbgen.model.requests import Notice

URL = "postgresql://postgres:hunter2hunter2@db.example.com:5432/shop"


def operation(kind: str, on: str, description: str, **others: object) -> OperationView:
    values: dict[str, object] = {
        "sql": f"-- {description};",
        "inverse_sql": "",
        "reversibility": "exact",
        "lock": "",
        "rewrites": False,
        "warnings": (),
        **others,
    }
    return OperationView(kind=kind, object=on, description=description, **values)  # type: ignore[arg-type]


CREATE = """CREATE TABLE public.accounts (
    id UUID NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX idx_accounts_id ON public.accounts (id);"""

GENERATED = Generated(
    iteration=2,
    previous_iteration=1,
    modules=("account-management",),
    phase=1,
    changed=True,
    applied=True,
    target="embedded PostgreSQL of this workspace",
    counts={"tables": 1, "columns": 2, "indexes": 1},
    operations=(
        operation("create_table", "accounts", "create table accounts", sql=CREATE),
        operation("add_column", "contacts.email", "add column contacts.email VARCHAR(255)"),
        operation(
            "drop_column",
            "contacts.fax",
            "drop column contacts.fax",
            reversibility="lossy",
            warnings=("drops the values of contacts.fax",),
        ),
        operation("drop_table", "old_things", "drop table old_things", reversibility="data-kept"),
    ),
    warnings=(Notice("Entity 'Lead' not found in BUSM model", code="MISSING_ENTITY", place="a.yaml:3"),),
    busmUpdates={"entities": {"Lead": {}}},
    artifacts={"migration": "migrations/x.sql", "types": "types/x.ts"},
    proof="forward, back and forward again on PostgreSQL 18.4",
    migration_sql="CREATE TABLE accounts ();\n",
    rollback_sql="DROP TABLE accounts;\n",
)
UNCHANGED = Generated(1, 1, ("account-management",), 1, changed=False)
STEP = Step(2, "20260102030405_iter2_account", "DROP TABLE accounts;\n", ("drop table accounts",))
APPLIED = Applied(2, 1, "embedded PostgreSQL", (STEP,))
ROLLED_BACK = RolledBack(1, 2, "embedded PostgreSQL", steps=(STEP,), lost=("drop table accounts",))
ARCHIVED = Archived(
    2,
    "embedded PostgreSQL",
    (
        Kept(
            3, 2, "forward", "table", "notes", (), 1204, "2026-01-02", "dbgen_archive.notes_iter2_3", "gone"
        ),
        Kept(4, 2, "forward", "columns", "accounts", ("phone",), 2, "2026-01-02", "dbgen_archive.accounts_4"),
    ),
    1204,
)
STATUS = Status(
    iteration=2,
    workspace="/home/ada/shop",
    target="postgresql://postgres:***@db.example.com:5432/shop",
    database="reachable",
    database_iteration=1,
    server_version="17.6",
    pending={"tables": 1},
    artifacts={"migration": "migrations/x.sql"},
    relaxed=("accounts.email",),
    findings=("migrations/x.sql was changed after it was applied",),
    notices=("the database is 1 iteration(s) behind the files",),
)
HISTORY = History(
    1, (HistoryEntry(1, "x.sql", "account", "2026-01-02", "ada@host", "dbgen 1", ("accounts: table added",)),)
)
DIFFERENCE = Difference(2, "iteration 1", "iteration 2", ("accounts: table added",))
TYPES = Types(2, "export type Json = 'ä'\n", None)
INITIALISED = Initialised("/home/ada/shop", ("config/dbgen.yaml",), (".gitignore",), ("db:types",))
STARTED = EmbeddedState(True, "postgresql://postgres:local@127.0.0.1:5555/postgres", "18.4")
